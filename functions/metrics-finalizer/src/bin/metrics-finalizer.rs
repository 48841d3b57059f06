//! Lambda: SQS ← every fact about a change.

use aws_lambda_events::event::sqs::SqsEvent;
use headgate_flow::consume;
use headgate_ledger::Ledger;
use headgate_metrics_finalizer::{Config, Finalizer, handle};
use headgate_runtime::{aws, telemetry};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};

const FUNCTION: &str = "metrics-finalizer";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    telemetry::init(FUNCTION);
    let config = Config::from_env()?;
    let sdk = aws::config().await;
    let dead_letters = config.consumer.dead_letters(&sdk, FUNCTION);
    let finalizer = Finalizer {
        flow: config.consumer.flow.connect(&sdk, FUNCTION),
        metrics: Ledger::connect(&sdk, config.metrics_table),
    };
    run(service_fn(async |event: LambdaEvent<SqsEvent>| {
        let handle = async |d| handle(&finalizer, d).await;
        Ok::<_, Error>(consume(event.payload, &dead_letters, handle).await)
    }))
    .await
}
