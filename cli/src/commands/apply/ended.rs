//! The outcome of an apply.

use std::time::Duration;

use headgate_events::latest::ExecutionOutcome;

/// The outcome of the command: success, description, and duration.
pub(super) struct Ended {
    succeeded: bool,
    said: String,
    took: Duration,
}

impl Ended {
    /// An apply whose end was observed.
    pub(super) fn told(succeeded: bool, said: String, took: Duration) -> Self {
        Self { succeeded, said, took }
    }

    /// An apply whose end was not observed. It counts as failed.
    pub(super) fn unseen(took: Duration) -> Self {
        let said = "the executor died during the apply; the outcome is unknown".to_owned();
        Self { succeeded: false, said, took }
    }

    pub(super) fn succeeded(&self) -> bool {
        self.succeeded
    }

    pub(super) fn outcome(&self) -> ExecutionOutcome {
        if self.succeeded() { ExecutionOutcome::Succeeded } else { ExecutionOutcome::Failed }
    }

    pub(super) fn said(&self) -> &str {
        &self.said
    }

    pub(super) fn duration_ms(&self) -> u64 {
        u64::try_from(self.took.as_millis()).unwrap_or(u64::MAX)
    }
}
