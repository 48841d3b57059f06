//! Starts the workflow that waits for a decision.

use std::collections::HashSet;

use aws_config::SdkConfig;
use aws_sdk_sfn::Client;
use aws_sdk_sfn::error::SdkError;
use aws_sdk_sfn::operation::describe_execution::DescribeExecutionError;
use aws_sdk_sfn::operation::list_executions::ListExecutionsError;
use aws_sdk_sfn::operation::start_execution::StartExecutionError;
use aws_sdk_sfn::types::ExecutionStatus;
use headgate_domain::ids::{MAX_RUNS, execution_name, first_run};
use headgate_events::ChangeId;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

/// More slices than one execution can have: each needs several of its 25,000 history events.
const SLICES: u32 = 25_000;

/// The approval workflow.
#[derive(Debug, Clone)]
pub struct Workflow {
    client: Client,
    arn: String,
}

/// What is known of an execution by its name.
enum State {
    Missing,
    Running,
    Ended(Timestamp),
}

/// How long after the end of the run before it a run may begin: 0 for the second, then 2, 4, 8 minutes and so on.
fn pause(run: u32) -> SignedDuration {
    let minutes = if run <= 2 { 0 } else { 1_i64 << (run - 2).min(9) };
    SignedDuration::from_mins(minutes.min(360))
}

/// The workflow could not be started.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Step Functions failed.
    #[error("StartExecution failed")]
    Call(#[source] Box<SdkError<StartExecutionError>>),
    /// Step Functions could not tell what became of an execution.
    #[error("DescribeExecution failed")]
    Describe(#[source] Box<SdkError<DescribeExecutionError>>),
    /// Every execution of this revision has ended without a decision.
    #[error("all {MAX_RUNS} executions of this revision have ended; propose a new revision")]
    Exhausted,
}

/// The running executions could not be listed.
#[derive(Debug, thiserror::Error)]
#[error("ListExecutions failed")]
pub struct ListError(#[source] Box<SdkError<ListExecutionsError>>);

impl Workflow {
    /// Creates a workflow from a client and the ARN of its state machine.
    #[must_use]
    pub fn new(client: Client, arn: impl Into<String>) -> Self {
        Self { client, arn: arn.into() }
    }

    /// Connects with the process's SDK configuration.
    #[must_use]
    pub fn connect(sdk: &SdkConfig, arn: impl Into<String>) -> Self {
        Self::new(Client::new(sdk), arn)
    }

    /// Starts the workflow of a revision and returns whether this call started it. The execution name
    /// consists of change id and revision, so a second call does not start a second workflow.
    ///
    /// # Errors
    /// [`StartError`] if Step Functions failed.
    pub async fn start(&self, change_id: &ChangeId, revision: u32) -> Result<bool, StartError> {
        self.run(change_id, revision, 1).await
    }

    /// Starts the workflow of a revision again, under the next free name, because its execution is gone. Returns whether this call
    /// started it: not if one is running, and not yet if the last one ended a short time ago. Each further run waits twice as long, up
    /// to six hours, so that a cause that ends executions at once does not use up all names.
    ///
    /// # Errors
    /// [`StartError`] if Step Functions failed, or if all [`MAX_RUNS`] names are taken.
    pub async fn start_again(
        &self,
        change_id: &ChangeId,
        revision: u32,
        now: Timestamp,
    ) -> Result<bool, StartError> {
        // Names are given without gaps, so the first free one is found by halving: in at most seven calls.
        let (mut taken, mut free) = (0, MAX_RUNS + 1);
        let mut ended = None;
        while free - taken > 1 {
            let run = taken + (free - taken) / 2;
            match self.state(&execution_name(change_id, revision, run)).await? {
                State::Running => return Ok(false),
                State::Ended(at) => (taken, ended) = (run, Some(at)),
                State::Missing => free = run,
            }
        }
        if free > MAX_RUNS {
            return Err(StartError::Exhausted);
        }
        if ended.is_some_and(|at| now < at + pause(free)) {
            return Ok(false);
        }
        self.run(change_id, revision, free).await
    }

    async fn state(&self, name: &str) -> Result<State, StartError> {
        let arn = format!("{}:{name}", self.arn.replace(":stateMachine:", ":execution:"));
        match self.client.describe_execution().execution_arn(arn).send().await {
            Ok(found) if found.status() == &ExecutionStatus::Running => Ok(State::Running),
            Ok(found) => {
                let seconds = found.stop_date().map_or(0, aws_sdk_sfn::primitives::DateTime::secs);
                Ok(State::Ended(Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH)))
            }
            Err(e)
                if e.as_service_error()
                    .is_some_and(DescribeExecutionError::is_execution_does_not_exist) =>
            {
                Ok(State::Missing)
            }
            Err(e) => Err(StartError::Describe(Box::new(e))),
        }
    }

    /// Returns whether an execution with the name of this run is new or running; `false` if it has ended.
    async fn run(&self, change_id: &ChangeId, revision: u32, run: u32) -> Result<bool, StartError> {
        // A token of a slice with a higher number replaces older ones, so each run counts on from where no run
        // before it can have come. A number belongs to one run for ever: the input must be the same each time.
        let slice = (run - 1) * SLICES + 1;
        let input = json!({ "change_id": change_id, "revision": revision, "slice": slice });
        let request = self
            .client
            .start_execution()
            .state_machine_arn(&self.arn)
            .name(execution_name(change_id, revision, run))
            .input(input.to_string());
        match request.send().await {
            Ok(_) => Ok(true),
            Err(e)
                if matches!(
                    e.as_service_error(),
                    Some(StartExecutionError::ExecutionAlreadyExists(_))
                ) =>
            {
                Ok(false)
            }
            Err(e) => Err(StartError::Call(Box::new(e))),
        }
    }

    /// Names of the running executions, each without the number of its run. Step Functions may list an
    /// execution some seconds after it started.
    ///
    /// # Errors
    /// [`ListError`] if Step Functions failed.
    pub async fn running(&self) -> Result<HashSet<String>, ListError> {
        let mut pages = self
            .client
            .list_executions()
            .state_machine_arn(&self.arn)
            .status_filter(ExecutionStatus::Running)
            .into_paginator()
            .page_size(1_000)
            .items()
            .send();
        let mut names = HashSet::new();
        while let Some(execution) = pages.next().await {
            let execution = execution.map_err(|e| ListError(Box::new(e)))?;
            names.insert(first_run(execution.name()).to_owned());
        }
        Ok(names)
    }
}
