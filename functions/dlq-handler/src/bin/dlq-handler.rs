//! Lambda: SQS ← every dead-letter queue.

use aws_lambda_events::event::sqs::SqsEvent;
use headgate_artifacts::Artifacts;
use headgate_batch::Record;
use headgate_clients::Topic;
use headgate_dlq_handler::{Config, Quarantine, handle};
use headgate_events::FunctionName;
use headgate_lease::Leases;
use headgate_runtime::{aws, remaining, telemetry};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};

const FUNCTION: FunctionName = FunctionName::new("dlq-handler");

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    telemetry::init(FUNCTION.as_str());
    let config = Config::from_env()?;
    let sdk = aws::config().await;
    let runner = config.runner.connect(&sdk, FUNCTION);
    let quarantine = Quarantine {
        flow: config.common.connect(&sdk, FUNCTION),
        bodies: Artifacts::connect(&sdk, &config.bucket),
        leases: Leases::connect(&sdk, config.leases_table, config.bucket),
        topic: Topic::connect(&sdk, config.topic_arn),
        name_prefix: config.name_prefix,
        consumers: config.common.consumers,
    };
    run(service_fn(async |event: LambdaEvent<SqsEvent>| {
        let left = remaining(event.context.deadline);
        let handle = async |r: &Record| handle(&quarantine, r, left).await;
        Ok::<_, Error>(runner.run(event.payload, left, handle).await)
    }))
    .await
}
