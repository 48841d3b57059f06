//! Lambda: SQS ← `change.proposed.v*`.

use aws_lambda_events::event::sqs::SqsEvent;
use headgate_artifacts::Artifacts;
use headgate_flow::consume;
use headgate_intake::{Intake, IntakeConfig, handle};
use headgate_runtime::{aws, telemetry};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};

const FUNCTION: &str = "intake";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    telemetry::init(FUNCTION);
    let config = IntakeConfig::from_env()?;
    let sdk = aws::config().await;
    let dead_letters = config.consumer.dead_letters(&sdk, FUNCTION);
    let intake = Intake {
        flow: config.consumer.flow.connect(&sdk, FUNCTION),
        artifacts: Artifacts::connect(&sdk, config.bucket),
        environments: config.environments,
        agents: config.agents,
    };
    run(service_fn(async |event: LambdaEvent<SqsEvent>| {
        Ok::<_, Error>(
            consume(event.payload, &dead_letters, async |d| handle(&intake, d).await).await,
        )
    }))
    .await
}
