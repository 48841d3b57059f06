//! Lambda: SQS ← `review.completed.v*` with verdict `pass`.

use aws_lambda_events::event::sqs::SqsEvent;
use headgate_approval_gate::{Gate, StartConfig, handle};
use headgate_approvals::Workflow;
use headgate_flow::consume;
use headgate_runtime::{aws, telemetry};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};

const FUNCTION: &str = "approval-gate-start";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    telemetry::init(FUNCTION);
    let config = StartConfig::from_env()?;
    let sdk = aws::config().await;
    let dead_letters = config.consumer.dead_letters(&sdk, FUNCTION);
    let gate = Gate {
        flow: config.consumer.flow.connect(&sdk, FUNCTION),
        workflow: Workflow::connect(&sdk, config.state_machine_arn),
    };
    run(service_fn(async |event: LambdaEvent<SqsEvent>| {
        Ok::<_, Error>(
            consume(event.payload, &dead_letters, async |d| handle(&gate, d).await).await,
        )
    }))
    .await
}
