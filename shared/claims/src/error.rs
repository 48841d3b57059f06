//! What can go wrong.

use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_s3::operation::get_object::GetObjectError;
use aws_sdk_s3::operation::put_object::PutObjectError;
use jiff::Timestamp;

/// A run that did not end well.
#[derive(Debug, thiserror::Error)]
pub enum RunError<E: std::error::Error + 'static> {
    /// The effect itself failed. The claim was released.
    #[error("the claimed effect failed")]
    Effect(#[source] E),
    /// The claim could not be made or kept.
    #[error("the claim failed")]
    Claim(#[from] ClaimError),
}

/// Why a claim could not be made or kept.
#[derive(Debug, thiserror::Error)]
pub enum ClaimError {
    /// The key was used before, for another payload. No further try can heal that.
    #[error("idempotency key `{key}` was used before with another payload")]
    KeyReused {
        /// The key.
        key: String,
    },
    /// An owner timed out and the caller chose [`crate::OnTimeout::Quarantine`], or
    /// [`crate::OnTimeout::QuarantineOnceBegun`] and its effect had begun.
    #[error(
        "attempt {attempt} at `{key}` timed out at {since}; whether its effect happened is not known"
    )]
    Abandoned {
        /// The key.
        key: String,
        /// The attempt that never came back.
        attempt: u64,
        /// When its lease ended.
        since: Timestamp,
    },
    /// The lease had ended. If the effect ran, somebody else holds or held the claim since: this result is not
    /// saved, theirs stands. If it was to begin, it must not: somebody else may at any moment.
    #[error("attempt {attempt} at `{key}` outlived its lease, and the next one takes its place")]
    Lost {
        /// The key.
        key: String,
        /// The attempt that was too slow.
        attempt: u64,
    },
    /// A saved result is not of the type that is asked for.
    #[error("the saved result of `{key}` cannot be read")]
    Result {
        /// The key.
        key: String,
        /// What does not fit.
        #[source]
        source: serde_json::Error,
    },
    /// An item is not what this crate writes.
    #[error("the claim item of `{key}` lacks {member}")]
    Corrupt {
        /// The key.
        key: String,
        /// What is missing.
        member: &'static str,
    },
    /// A saved result in S3 is not the one that was saved.
    #[error("the saved result of `{key}` in S3 has another SHA-256")]
    Tampered {
        /// The key.
        key: String,
    },
    /// `UpdateItem` failed for another reason than its condition.
    #[error("writing the claim failed")]
    Write(#[source] Box<SdkError<UpdateItemError>>),
    /// A large result could not be saved.
    #[error("saving a large result failed")]
    Save(#[source] Box<SdkError<PutObjectError>>),
    /// A large result could not be fetched.
    #[error("fetching a large result failed")]
    Fetch(#[source] Box<SdkError<GetObjectError>>),
    /// The body of a large result broke off.
    #[error("reading a large result failed")]
    Body(#[source] aws_sdk_s3::primitives::ByteStreamError),
}

impl ClaimError {
    /// Whether another try, later, can succeed.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        matches!(
            self,
            Self::Lost { .. } | Self::Write(_) | Self::Save(_) | Self::Fetch(_) | Self::Body(_)
        )
    }
}
