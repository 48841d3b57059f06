//! Lambda: SQS ← every event that belongs on a timeline or changes a standing.

use aws_lambda_events::event::sqs::SqsEvent;
use headgate_events::FunctionName;
use headgate_ledger::Ledger;
use headgate_metrics_finalizer::{Config, Finalizer, handle, handle_together};
use headgate_runtime::{aws, remaining, telemetry};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};

const FUNCTION: FunctionName = FunctionName::new("metrics-finalizer");

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    telemetry::init(FUNCTION.as_str());
    let config = Config::from_env()?;
    let sdk = aws::config().await;
    let consumer = config.consumer.connect(&sdk, FUNCTION).and_others();
    let finalizer = Finalizer {
        flow: consumer.flow.clone(),
        metrics: Ledger::connect(&sdk, config.metrics_table),
        standing: config.standing,
        signals: config.signals,
        senders: config.senders,
        logs: true,
    };
    run(service_fn(async |event: LambdaEvent<SqsEvent>| {
        let remaining = remaining(event.context.deadline);
        let together = async |all| handle_together(&finalizer, all).await;
        let handle = async |d| handle(&finalizer, d).await;
        Ok::<_, Error>(consumer.run_together(event.payload, remaining, together, handle).await)
    }))
    .await
}
