//! Errors of a handler, and what happens to the message.

use std::time::Duration;

use headgate_batch::{Poison, RecordOutcome};
use headgate_events::split_version;
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
    /// A retry may succeed.
    Retry(Box<dyn std::error::Error + Send + Sync>),
    /// Another delivery holds the lease. Retry after this delay.
    Busy(Duration),
    /// A retry cannot succeed.
    Poison(Refusal),
}

impl<E: std::error::Error + Send + Sync + 'static> From<E> for Handled {
    fn from(error: E) -> Self {
        Self::Retry(Box::new(error))
    }
}

impl Handled {
    /// Creates a refusal with a stable code and a reason.
    pub fn poison(code: &'static str, reason: impl Into<String>) -> Self {
        Self::Poison(Refusal { code, reason: reason.into() })
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
            Self::Retry(error) => RecordOutcome::retry(chain(&*error)),
            Self::Busy(after) => RecordOutcome::Retry {
                after: Some(after),
                reason: "another owner holds the lease".to_owned(),
            },
            Self::Poison(Refusal { code, reason }) => poison(code, reason, kind),
        }
    }
}

/// Whether the cause is a write or an event that is larger than AWS takes. It stays as large as it is.
fn is_too_large(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        if matches!(error.downcast_ref(), Some(LedgerError::TooLarge { .. })) {
            return true;
        }
        next = error.source();
    }
    false
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
    use super::{Handled, RecordOutcome};
    use crate::FlowError;
    use headgate_ledger::LedgerError;

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

    #[test]
    fn what_may_pass_is_retried() {
        let outcome = Handled::from(FlowError::Contention { attempts: 10 }).outcome(None);
        assert!(matches!(outcome, RecordOutcome::Retry { .. }), "{outcome:?}");
    }
}
