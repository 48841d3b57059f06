#![doc = include_str!("../README.md")]

mod workflow;

use aws_config::SdkConfig;
use aws_sdk_sfn::Client;
use aws_sdk_sfn::error::SdkError;
use aws_sdk_sfn::operation::send_task_success::SendTaskSuccessError;
use headgate_events::{ChangeId, Outcome};
use headgate_ledger::{Key, Ledger, LedgerError, Transition};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub use workflow::{ListError, StartError, Workflow};

/// Attempts to store a token.
const TRIES: u32 = 8;

/// A task token as stored. `Debug` does not print the token.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskToken {
    /// Token from Step Functions, up to 2,048 characters.
    pub token: String,
    /// Number of the waiting slice that holds the token, starting at 1.
    pub slice: u32,
}

impl headgate_events::Versioned for TaskToken {}

impl std::fmt::Debug for TaskToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TaskToken").field("slice", &self.slice).finish_non_exhaustive()
    }
}

/// Why a slice ends. The workflow reads the ledger anyway; this is for people who look at its history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The approval is decided, or has expired.
    Decided(Outcome),
    /// A newer revision supersedes the one that awaits a decision.
    Superseded,
}

impl From<Outcome> for Ended {
    fn from(outcome: Outcome) -> Self {
        Self::Decided(outcome)
    }
}

/// Result of a wake-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wake {
    /// The workflow continues.
    Delivered,
    /// The slice had already ended. The next slice finds the decision in the ledger.
    TimedOut,
    /// No token is stored: no workflow is waiting yet, or none is needed.
    NoToken,
}

/// Why a token was not stored, or a wake-up did not reach Step Functions. The decision is not affected.
#[derive(Debug, thiserror::Error)]
pub enum WakeError {
    /// The token could not be read or stored.
    #[error("the task token cannot be read or stored")]
    Ledger(#[from] LedgerError),
    /// Every attempt to store the token met a concurrent write.
    #[error("the task token was not stored: {TRIES} attempts failed because of concurrent writes")]
    Contention,
    /// Step Functions failed.
    #[error("SendTaskSuccess failed")]
    Send(#[source] Box<SdkError<SendTaskSuccessError>>),
}

/// Stores task tokens and wakes the workflows that wait for a decision.
#[derive(Debug, Clone)]
pub struct Approvals {
    ledger: Ledger,
    client: Client,
}

impl Approvals {
    /// Connects with the process's SDK configuration.
    #[must_use]
    pub fn connect(sdk: &SdkConfig, ledger: Ledger) -> Self {
        Self::new(ledger, Client::new(sdk))
    }

    /// Stores tokens in `ledger` and calls Step Functions with `client`.
    #[must_use]
    pub fn new(ledger: Ledger, client: Client) -> Self {
        Self { ledger, client }
    }

    /// Stores the token of the slice that is waiting now, and replaces any older token.
    ///
    /// # Errors
    /// [`WakeError::Ledger`], or [`WakeError::Contention`] if every attempt met a concurrent write.
    pub async fn keep(
        &self,
        change_id: &ChangeId,
        revision: u32,
        token: &TaskToken,
    ) -> Result<(), WakeError> {
        let key = Key::token(change_id, revision);
        // Only another slice of the same workflow writes this item, so a second attempt is rare.
        for _ in 0..TRIES {
            let known = self.ledger.get::<TaskToken>(&key).await?;
            // A late retry of an older slice must not replace a newer token.
            if known.as_ref().is_some_and(|k| k.value.slice > token.slice) {
                return Ok(());
            }
            let put = Transition::new().put(&key, token, known.map(|k| k.version), None)?;
            if self.ledger.commit(&put).await? == headgate_ledger::Commit::Applied {
                return Ok(());
            }
        }
        Err(WakeError::Contention)
    }

    /// Wakes the workflow that waits for a decision on a revision, because it need not wait any more.
    ///
    /// # Errors
    /// [`WakeError::Ledger`] if the token cannot be read; [`WakeError::Send`] if Step Functions failed.
    pub async fn wake(
        &self,
        change_id: &ChangeId,
        revision: u32,
        ended: impl Into<Ended>,
    ) -> Result<Wake, WakeError> {
        match self.ledger.get::<TaskToken>(&Key::token(change_id, revision)).await? {
            Some(token) => self.send(&token.value, ended).await,
            None => Ok(Wake::NoToken),
        }
    }

    /// Sends the reason to the slice that holds `token`, which ends the slice.
    ///
    /// # Errors
    /// [`WakeError::Send`].
    pub async fn send(
        &self,
        token: &TaskToken,
        ended: impl Into<Ended>,
    ) -> Result<Wake, WakeError> {
        let output = match ended.into() {
            Ended::Decided(outcome) => json!({ "state": "decided", "outcome": outcome }),
            Ended::Superseded => json!({ "state": "superseded" }),
        };
        let token = &token.token;
        let request = self.client.send_task_success().task_token(token).output(output.to_string());
        let Err(error) = request.send().await else { return Ok(Wake::Delivered) };
        match error.as_service_error() {
            // AWS distinguishes a task that timed out, a task that is gone and an invalid token; emulators do
            // not. In all three cases this slice is no longer waiting.
            Some(
                SendTaskSuccessError::TaskTimedOut(_)
                | SendTaskSuccessError::TaskDoesNotExist(_)
                | SendTaskSuccessError::InvalidToken(_),
            ) => Ok(Wake::TimedOut),
            _ => Err(WakeError::Send(Box::new(error))),
        }
    }
}
