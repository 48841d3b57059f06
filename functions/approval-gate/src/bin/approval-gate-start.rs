//! Lambda: SQS ← `review.completed.v*` with verdict `pass`, `change.accepted.v*` of later revisions.

use aws_lambda_events::event::sqs::SqsEvent;
use headgate_approval_gate::{Gate, StartConfig, handle};
use headgate_events::FunctionName;
use headgate_runtime::{aws, remaining, telemetry};
use headgate_workflow::{Approvals, Workflow};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};

const FUNCTION: FunctionName = FunctionName::new("approval-gate-start");

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    telemetry::init(FUNCTION.as_str());
    let config = StartConfig::from_env()?;
    let sdk = aws::config().await;
    let consumer = config.consumer.connect(&sdk, FUNCTION);
    let gate = Gate {
        flow: consumer.flow.clone(),
        workflow: Workflow::connect(&sdk, config.state_machine_arn),
        approvals: Approvals::connect(&sdk, consumer.flow.ledger.clone()),
    };
    run(service_fn(async |event: LambdaEvent<SqsEvent>| {
        let remaining = remaining(event.context.deadline);
        let handle = async |d| handle(&gate, d).await;
        Ok::<_, Error>(consumer.run(event.payload, remaining, handle).await)
    }))
    .await
}
