//! Lambda: SQS ← `change.accepted.v*`.

use aws_lambda_events::event::sqs::SqsEvent;
use headgate_artifacts::Artifacts;
use headgate_flow::consume;
use headgate_pm_review::{Config, PmReview, handle};
use headgate_review::Bundle;
use headgate_runtime::{aws, telemetry};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};

const FUNCTION: &str = "pm-review";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    telemetry::init(FUNCTION);
    let config = Config::from_env()?;
    let sdk = aws::config().await;
    let dead_letters = config.consumer.dead_letters(&sdk, FUNCTION);
    let pm = PmReview {
        flow: config.consumer.flow.connect(&sdk, FUNCTION),
        artifacts: Artifacts::connect(&sdk, config.bucket),
        environments: config.environments,
        bundle: Bundle::embedded()?,
    };
    run(service_fn(async |event: LambdaEvent<SqsEvent>| {
        Ok::<_, Error>(consume(event.payload, &dead_letters, async |d| handle(&pm, d).await).await)
    }))
    .await
}
