//! Starts the workflow that waits for a decision.

use aws_config::SdkConfig;
use aws_sdk_sfn::Client;
use aws_sdk_sfn::error::SdkError;
use aws_sdk_sfn::operation::start_execution::StartExecutionError;
use headgate_domain::ids::execution_name;
use headgate_events::ChangeId;

/// The approval workflow.
#[derive(Debug, Clone)]
pub struct Workflow {
    client: Client,
    arn: String,
}

/// The workflow could not be started.
#[derive(Debug, thiserror::Error)]
#[error("StartExecution failed")]
pub struct StartError(#[source] Box<SdkError<StartExecutionError>>);

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
        let input = serde_json::json!({ "change_id": change_id, "revision": revision, "slice": 1 });
        let request = self
            .client
            .start_execution()
            .state_machine_arn(&self.arn)
            .name(execution_name(change_id, revision))
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
            Err(e) => Err(StartError(Box::new(e))),
        }
    }
}
