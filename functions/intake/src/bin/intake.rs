//! Lambda: SQS ← `change.proposed.v*`.

use aws_lambda_events::event::sqs::SqsEvent;
use headgate_artifacts::{Artifacts, MemoryBudget};
use headgate_events::FunctionName;
use headgate_intake::{Intake, IntakeConfig, handle};
use headgate_runtime::{aws, remaining, telemetry};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};

/// Megabytes of artifacts that are checked at the same time: the largest alone, or several small ones.
const MEMORY: u32 = 20;
const FUNCTION: FunctionName = FunctionName::new("intake");

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    telemetry::init(FUNCTION.as_str());
    let config = IntakeConfig::from_env()?;
    let sdk = aws::config().await;
    let consumer = config.consumer.connect(&sdk, FUNCTION).and_others();
    let intake = Intake {
        flow: consumer.flow.clone(),
        artifacts: Artifacts::connect(&sdk, config.bucket),
        memory: MemoryBudget::new(MEMORY),
        environments: config.environments,
        agents: config.agents,
    };
    run(service_fn(async |event: LambdaEvent<SqsEvent>| {
        let remaining = remaining(event.context.deadline);
        let handle = async |d| handle(&intake, d).await;
        Ok::<_, Error>(consumer.run(event.payload, remaining, handle).await)
    }))
    .await
}
