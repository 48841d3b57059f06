//! Errors of a lease.

use aws_sdk_dynamodb::error::{ProvideErrorMetadata as _, SdkError};
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_s3::operation::get_object::GetObjectError;
use aws_sdk_s3::operation::put_object::PutObjectError;
use jiff::Timestamp;

/// Why a run failed.
#[derive(Debug, thiserror::Error)]
pub enum RunError<E: std::error::Error + 'static> {
    /// The effect itself failed. The lease was released; if even that failed, the lease times out later.
    #[error("the leased effect failed")]
    Effect(#[source] E),
    /// The lease could not be acquired or kept.
    #[error("the lease could not be acquired or kept")]
    Lease(#[from] LeaseError),
}

/// Why a lease could not be acquired or kept.
#[derive(Debug, thiserror::Error)]
pub enum LeaseError {
    /// The key was already used for a different payload. A retry cannot succeed.
    #[error("idempotency key `{key}` was already used with a different payload; use a new key")]
    KeyReused {
        /// The idempotency key.
        key: String,
    },
    /// An owner timed out, and the caller chose [`crate::OnTimeout::Quarantine`], or
    /// [`crate::OnTimeout::QuarantineOnceBegun`] after the effect had begun.
    #[error("attempt {attempt} at `{key}` timed out at {since}; check whether its effect happened")]
    Abandoned {
        /// The idempotency key.
        key: String,
        /// Number of the attempt that timed out.
        attempt: u64,
        /// When its lease ended.
        since: Timestamp,
    },
    /// The lease has ended. If the effect already ran, a newer owner has taken over: its result counts, and
    /// this one is not saved. If the effect has not begun, it must not begin, because another owner may
    /// take over at any moment.
    #[error("the lease of attempt {attempt} at `{key}` has ended; a newer attempt may take over")]
    Lost {
        /// The idempotency key.
        key: String,
        /// Number of the attempt that was too slow.
        attempt: u64,
    },
    /// A result cannot be written as JSON, or a saved result is not of the expected type.
    #[error("the result of `{key}` cannot be converted to or from JSON")]
    Result {
        /// The idempotency key.
        key: String,
        /// The JSON error.
        #[source]
        source: serde_json::Error,
    },
    /// The item does not have the form that this crate writes.
    #[error("the lease item of `{key}` has no valid attribute `{member}`")]
    Corrupt {
        /// The idempotency key.
        key: String,
        /// The attribute that is missing or invalid.
        member: &'static str,
    },
    /// The object in S3 is not the result that was saved.
    #[error("the saved result of `{key}` in S3 does not match its SHA-256")]
    Tampered {
        /// The idempotency key.
        key: String,
    },
    /// `UpdateItem` failed for a reason other than its condition.
    #[error("writing the lease failed")]
    Write(#[source] Box<SdkError<UpdateItemError>>),
    /// A large result could not be saved.
    #[error("saving a large result failed")]
    Save(#[source] Box<SdkError<PutObjectError>>),
    /// A large result could not be fetched.
    #[error("fetching a large result failed")]
    Fetch(#[source] Box<SdkError<GetObjectError>>),
    /// The body of a large result could not be read to the end.
    #[error("reading a large result failed")]
    Body(#[source] aws_sdk_s3::primitives::ByteStreamError),
}

impl LeaseError {
    /// Whether a later retry can succeed.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            // DynamoDB can never accept the request, for example because the key is too long.
            Self::Write(error) => error.code() != Some("ValidationException"),
            Self::Lost { .. } | Self::Save(_) | Self::Fetch(_) | Self::Body(_) => true,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use aws_sdk_dynamodb::error::{ErrorMetadata, SdkError};
    use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
    use aws_smithy_runtime_api::http::{Response, StatusCode};
    use aws_smithy_types::body::SdkBody;

    use super::LeaseError;

    fn written(code: &str) -> LeaseError {
        let error = UpdateItemError::generic(ErrorMetadata::builder().code(code).build());
        let response = Response::new(StatusCode::try_from(400).unwrap(), SdkBody::empty());
        LeaseError::Write(Box::new(SdkError::service_error(error, response)))
    }

    /// A key that is too long is refused for ever; a retry would only keep the message for days.
    #[test]
    fn what_dynamodb_can_never_accept_is_not_retried() {
        assert!(!written("ValidationException").is_transient());
        assert!(written("ProvisionedThroughputExceededException").is_transient());
    }
}
