//! Lambda: SQS ← every dead-letter queue.

use aws_lambda_events::event::sqs::SqsEvent;
use headgate_artifacts::Artifacts;
use headgate_batch::{Record, run as run_batch};
use headgate_bus::Bus;
use headgate_dlq_handler::{Config, Quarantine, handle};
use headgate_flow::Flow;
use headgate_ledger::Ledger;
use headgate_runtime::{aws, telemetry};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};

const FUNCTION: &str = "dlq-handler";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    telemetry::init(FUNCTION);
    let config = Config::from_env()?;
    let sdk = aws::config().await;
    let quarantine = Quarantine {
        flow: Flow {
            ledger: Ledger::connect(&sdk, config.table),
            bus: Bus::connect(&sdk, config.bus),
            function: FUNCTION,
            clock: jiff::Timestamp::now,
        },
        bodies: Artifacts::connect(&sdk, config.bucket),
        name_prefix: config.name_prefix,
    };
    run(service_fn(async |event: LambdaEvent<SqsEvent>| {
        let handle = async |r: &Record| handle(&quarantine, r).await;
        Ok::<_, Error>(run_batch(event.payload, None, handle).await)
    }))
    .await
}
