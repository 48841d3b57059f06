//! Errors of a handler, and what happens to the message.

use std::error::Error;
use std::time::Duration;

use headgate_batch::{Poison, RecordOutcome};
use headgate_bus::PublishError;
use headgate_events::split_version;
use headgate_lease::LeaseError;
use headgate_ledger::LedgerError;
use headgate_runtime::telemetry::chain;

/// An error that no retry can fix. The message goes to quarantine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Stable code of the error.
    pub code: &'static str,
    /// Reason, as text. It must not quote the message body.
    pub reason: String,
}

/// Why a handler did not succeed, and what happens to the message.
#[derive(Debug)]
pub enum Handled {
    /// A retry may succeed. Unless the error is known to be about the message, it is taken for an outage, which
    /// never makes a message a dead letter.
    Retry(Box<dyn Error + Send + Sync>),
    /// Handling this message fails, however healthy every service is. It becomes a dead letter after some retries, in
    /// case this build is about to be replaced.
    Fails(Box<dyn Error + Send + Sync>),
    /// Another delivery holds the lease. Retry after this delay.
    Busy(Duration),
    /// A retry cannot succeed.
    Poison(Refusal),
}

impl<E: Error + Send + Sync + 'static> From<E> for Handled {
    fn from(error: E) -> Self {
        Self::Retry(Box::new(error))
    }
}

impl Handled {
    /// Creates a refusal with a stable code and a reason.
    pub fn poison(code: &'static str, reason: impl Into<String>) -> Self {
        Self::Poison(Refusal { code, reason: reason.into() })
    }

    /// An error that depends only on the message and on this build.
    pub fn fails(error: impl Error + Send + Sync + 'static) -> Self {
        Self::Fails(Box::new(error))
    }

    /// Refuses an event of a type that no EventBridge rule should send to this consumer.
    #[must_use]
    pub fn unexpected(kind: &str) -> Self {
        Self::poison("event_unexpected", format!("this consumer does not accept `{kind}` events"))
    }

    /// Converts this into an outcome for the batch runner. `kind` is the event type, if the message is an
    /// event.
    #[must_use]
    pub fn outcome(self, kind: Option<&str>) -> RecordOutcome {
        match self {
            Self::Retry(error) if is_too_large(&*error) => {
                poison("too_large", chain(&*error), kind)
            }
            Self::Retry(error) if is_about_the_message(&*error) => {
                RecordOutcome::retry(chain(&*error))
            }
            Self::Retry(error) => RecordOutcome::Unavailable { reason: chain(&*error) },
            Self::Fails(error) => RecordOutcome::retry(chain(&*error)),
            Self::Busy(after) => RecordOutcome::Retry {
                after: Some(after),
                reason: "another owner holds the lease".to_owned(),
            },
            Self::Poison(Refusal { code, reason }) => poison(code, reason, kind),
        }
    }
}

/// The first error of this type among the error and its causes.
fn find<'a, T: Error + 'static>(error: &'a (dyn Error + 'static)) -> Option<&'a T> {
    let mut next = Some(error);
    std::iter::from_fn(move || {
        let error = next?;
        next = error.source();
        Some(error)
    })
    .find_map(|error| error.downcast_ref())
}

/// Whether the cause is a write or an event that is larger than AWS takes. It stays as large as it is.
fn is_too_large(error: &(dyn Error + 'static)) -> bool {
    matches!(find(error), Some(LedgerError::TooLarge { .. }))
}

/// Whether the error is known to be about the message or the state that it concerns. All other errors are taken for those of
/// services; handlers say so themselves if they are not ([`Handled::fails`]).
fn is_about_the_message(error: &(dyn Error + 'static)) -> bool {
    find(error).is_some_and(LedgerError::is_about_the_request)
        || find(error).is_some_and(|lease: &LeaseError| !lease.is_transient())
        || matches!(find(error), Some(PublishError::Oversized { .. } | PublishError::Json { .. }))
        || find::<serde_json::Error>(error).is_some()
}

pub(crate) fn poison(code: &str, reason: String, kind: Option<&str>) -> RecordOutcome {
    let (event_type, event_version) = kind.map(split_version).unzip();
    RecordOutcome::Poison(Poison {
        code: code.to_owned(),
        reason,
        event_type: event_type.map(str::to_owned),
        event_version: event_version.flatten().map(str::to_owned),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use aws_sdk_dynamodb::error::{ErrorMetadata, SdkError};
    use aws_sdk_dynamodb::operation::get_item::GetItemError;
    use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
    use aws_sdk_dynamodb::types::CancellationReason;
    use aws_sdk_dynamodb::types::error::TransactionCanceledException;
    use aws_sdk_eventbridge::operation::put_events::PutEventsError;
    use aws_smithy_runtime_api::http::{Response, StatusCode};
    use aws_smithy_types::body::SdkBody;
    use headgate_bus::PublishError;
    use headgate_lease::LeaseError;
    use headgate_ledger::LedgerError;

    use super::{Handled, RecordOutcome};
    use crate::FlowError;

    fn response() -> Response {
        Response::new(StatusCode::try_from(400).unwrap(), SdkBody::empty())
    }

    #[test]
    fn what_aws_can_never_take_is_not_retried() {
        let error = LedgerError::TooLarge {
            what: "item CHANGE#c/HEAD".to_owned(),
            found: 409_601,
            limit: 409_600,
            unit: "bytes",
        };
        let outcome = Handled::from(FlowError::Ledger(error)).outcome(Some("change.proposed.v2"));
        let RecordOutcome::Poison(poison) = outcome else { panic!("retried: {outcome:?}") };
        assert_eq!(poison.code, "too_large");
        assert!(poison.reason.contains("item CHANGE#c/HEAD has 409601 bytes"), "{}", poison.reason);
        assert_eq!(poison.event_version.as_deref(), Some("v2"));
    }

    fn outcome(error: impl std::error::Error + Send + Sync + 'static) -> RecordOutcome {
        Handled::from(error).outcome(None)
    }

    /// A transaction that DynamoDB canceled for this reason.
    fn canceled(reason: &str) -> LedgerError {
        let reasons = ["None", reason].map(|code| CancellationReason::builder().code(code).build());
        let canceled = TransactionCanceledException::builder()
            .set_cancellation_reasons(Some(reasons.into()))
            .build();
        let error = TransactWriteItemsError::TransactionCanceledException(canceled);
        LedgerError::Transact(Box::new(SdkError::service_error(error, response())))
    }

    fn code(name: &str) -> ErrorMetadata {
        ErrorMetadata::builder().code(name).build()
    }

    /// Every error that DynamoDB and EventBridge document for an overload, an outage, or a wrong setup.
    #[test]
    fn an_outage_is_not_the_fault_of_a_message() {
        for name in [
            "ThrottlingException",
            "ProvisionedThroughputExceededException",
            "RequestLimitExceeded",
            "InternalServerError",
            "ServiceUnavailable",
            "AccessDeniedException",
            "KMSDisabledException",
            "ResourceNotFoundException",
            "ExpiredTokenException",
            "UnrecognizedClientException",
        ] {
            let get = LedgerError::Get(Box::new(SdkError::service_error(
                GetItemError::generic(code(name)),
                response(),
            )));
            let found = outcome(FlowError::Ledger(get));
            assert!(matches!(found, RecordOutcome::Unavailable { .. }), "{name}: {found:?}");
            let put = PublishError::Call(Box::new(SdkError::service_error(
                PutEventsError::generic(code(name)),
                response(),
            )));
            let found = outcome(FlowError::Publish(put));
            assert!(matches!(found, RecordOutcome::Unavailable { .. }), "{name}: {found:?}");
        }
        // The other reasons that DynamoDB documents for a canceled transaction, besides conflicts.
        for reason in
            ["ThrottlingError", "ProvisionedThroughputExceeded", "ItemCollectionSizeLimitExceeded"]
        {
            let found = outcome(canceled(reason));
            assert!(matches!(found, RecordOutcome::Unavailable { .. }), "{reason}: {found:?}");
        }
        let late = LedgerError::Get(Box::new(SdkError::timeout_error("late")));
        assert!(matches!(outcome(late), RecordOutcome::Unavailable { .. }));
        let rejected = PublishError::Failed {
            failed: 1,
            id: "e".to_owned(),
            code: "InternalFailure".to_owned(),
        };
        assert!(matches!(outcome(rejected), RecordOutcome::Unavailable { .. }));
        let contention = FlowError::Contention { attempts: 10 };
        assert!(matches!(outcome(contention), RecordOutcome::Unavailable { .. }));
        let newer = LedgerError::NewerItem { key: "k".to_owned(), found: 2, known: 1 };
        assert!(matches!(outcome(newer), RecordOutcome::Unavailable { .. }));
        // An error of a service that this crate does not know.
        let other = std::io::Error::other("S3 answered 503");
        assert!(matches!(outcome(other), RecordOutcome::Unavailable { .. }));
    }

    #[test]
    fn what_fails_by_itself_is_retried_only_so_often() {
        let get = LedgerError::Get(Box::new(SdkError::service_error(
            GetItemError::generic(code("ValidationException")),
            response(),
        )));
        assert!(matches!(outcome(FlowError::Ledger(get)), RecordOutcome::Retry { .. }));
        assert!(matches!(outcome(canceled("ValidationError")), RecordOutcome::Retry { .. }));
        let own = Handled::fails(std::io::Error::other("a rule failed")).outcome(None);
        assert!(matches!(own, RecordOutcome::Retry { .. }));
        let reused = LeaseError::KeyReused { key: "k".to_owned() };
        assert!(matches!(outcome(reused), RecordOutcome::Retry { .. }));
        let json = || serde_json::from_str::<u8>("x").unwrap_err();
        let corrupt = LedgerError::Corrupt { key: "k".to_owned(), source: json() };
        assert!(matches!(outcome(FlowError::Ledger(corrupt)), RecordOutcome::Retry { .. }));
        assert!(matches!(outcome(json()), RecordOutcome::Retry { .. }));
    }
}
