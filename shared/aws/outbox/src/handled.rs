//! Errors of a handler, and what happens to the message.

use std::time::Duration;

use headgate_batch::{Poison, RecordOutcome};
use headgate_events::split_version;
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
            Self::Retry(error) => RecordOutcome::retry(chain(&*error)),
            Self::Busy(after) => RecordOutcome::Retry {
                after: Some(after),
                reason: "another owner holds the lease".to_owned(),
            },
            Self::Poison(Refusal { code, reason }) => poison(code, reason, kind),
        }
    }
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
