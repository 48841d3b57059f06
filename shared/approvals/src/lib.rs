#![doc = include_str!("../README.md")]

mod workflow;

use aws_config::SdkConfig;
use aws_sdk_sfn::Client;
use aws_sdk_sfn::error::SdkError;
use aws_sdk_sfn::operation::send_task_success::SendTaskSuccessError;
use headgate_events::Outcome;
use headgate_ledger::{Key, Ledger, LedgerError, Transition};
use serde::{Deserialize, Serialize};

pub use workflow::{StartError, Workflow};

/// Tries to keep a token.
const TRIES: u32 = 8;

/// A task token as stored. `Debug` hides it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskToken {
    /// What Step Functions gave; up to 2,048 characters.
    pub token: String,
    /// The slice of waiting that it belongs to, from 1.
    pub slice: u32,
}

impl std::fmt::Debug for TaskToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TaskToken").field("slice", &self.slice).finish_non_exhaustive()
    }
}

/// What became of a wake-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wake {
    /// The workflow goes on.
    Delivered,
    /// The slice had ended: the next one looks into the ledger and finds the decision.
    TimedOut,
    /// No workflow waits yet, or none is needed.
    NoToken,
}

/// A wake-up that did not reach Step Functions. The decision stands nevertheless.
#[derive(Debug, thiserror::Error)]
pub enum WakeError {
    /// The token could not be read or stored.
    #[error("the task token cannot be read or stored")]
    Ledger(#[from] LedgerError),
    /// Others kept writing the token.
    #[error("{TRIES} attempts to keep the task token met other writes")]
    Contention,
    /// Step Functions failed.
    #[error("SendTaskSuccess failed")]
    Send(#[source] Box<SdkError<SendTaskSuccessError>>),
}

/// Task tokens and the workflow service.
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

    /// Tokens in `ledger`, workflows behind `client`.
    #[must_use]
    pub fn new(ledger: Ledger, client: Client) -> Self {
        Self { ledger, client }
    }

    /// Keeps the token of the slice that waits now, in place of any older one.
    ///
    /// # Errors
    /// [`WakeError::Ledger`].
    pub async fn keep(
        &self,
        change_id: &str,
        revision: u32,
        token: &TaskToken,
    ) -> Result<(), WakeError> {
        let key = Key::token(change_id, revision);
        // Only another slice of the same workflow writes here, so there is hardly ever a second try.
        for _ in 0..TRIES {
            let known = self.ledger.get::<TaskToken>(&key).await?;
            // A late retry of an older slice must not displace a newer token.
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

    /// Wakes the workflow that waits for a decision on a revision.
    ///
    /// # Errors
    /// [`WakeError`].
    pub async fn wake(
        &self,
        change_id: &str,
        revision: u32,
        outcome: Outcome,
    ) -> Result<Wake, WakeError> {
        match self.ledger.get::<TaskToken>(&Key::token(change_id, revision)).await? {
            Some(token) => self.send(&token.value, outcome).await,
            None => Ok(Wake::NoToken),
        }
    }

    /// Ends the slice that holds `token` with the decision.
    ///
    /// # Errors
    /// [`WakeError::Send`].
    pub async fn send(&self, token: &TaskToken, outcome: Outcome) -> Result<Wake, WakeError> {
        let output = serde_json::json!({ "state": "decided", "outcome": outcome }).to_string();
        let request = self.client.send_task_success().task_token(&token.token).output(output);
        let Err(error) = request.send().await else { return Ok(Wake::Delivered) };
        match error.as_service_error() {
            // AWS tells a timed-out task from one that is gone and from a token it cannot read;
            // emulators do not. All three mean that this slice waits no more.
            Some(
                SendTaskSuccessError::TaskTimedOut(_)
                | SendTaskSuccessError::TaskDoesNotExist(_)
                | SendTaskSuccessError::InvalidToken(_),
            ) => Ok(Wake::TimedOut),
            _ => Err(WakeError::Send(Box::new(error))),
        }
    }
}
