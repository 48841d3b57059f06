//! Lambda: SQS ← `change.accepted.v*`, `phase.submitted.v*`.

use aws_lambda_events::event::sqs::SqsEvent;
use headgate_artifacts::{Artifacts, MemoryBudget};
use headgate_events::FunctionName;
use headgate_pm_review::{Config, PmReview, handle};
use headgate_review::{Bundle, from_archive};
use headgate_runtime::{aws, remaining, telemetry};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};

/// Megabytes of plans that are reviewed at the same time: the largest alone, or several small ones.
const MEMORY: u32 = 20;
const FUNCTION: FunctionName = FunctionName::new("pm-review");

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    telemetry::init(FUNCTION.as_str());
    let config = Config::from_env()?;
    let sdk = aws::config().await;
    let consumer = config.consumer.connect(&sdk, FUNCTION);
    let artifacts = Artifacts::connect(&sdk, config.bucket);
    let team = match &config.team.0 {
        Some(archive) => from_archive(&artifacts.get(archive).await?)?,
        None => Vec::new(),
    };
    let pm = PmReview {
        flow: consumer.flow.clone(),
        artifacts,
        memory: MemoryBudget::new(MEMORY),
        environments: config.environments,
        bundle: Bundle::with(&team)?,
        unproven: config.unproven,
    };
    run(service_fn(async |event: LambdaEvent<SqsEvent>| {
        let remaining = remaining(event.context.deadline);
        let handle = async |d| handle(&pm, d).await;
        Ok::<_, Error>(consumer.run(event.payload, remaining, handle).await)
    }))
    .await
}
