//! Lambda, every minute: publishes events that were committed but not published.

use headgate_bus::Bus;
use headgate_events::FunctionName;
use headgate_ledger::Ledger;
use headgate_outbox::Flow;
use headgate_outbox_sweeper::{SweeperConfig, sweep};
use headgate_runtime::{aws, remaining, telemetry};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use serde::de::IgnoredAny;

const FUNCTION: FunctionName = FunctionName::new("outbox-sweeper");

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    telemetry::init(FUNCTION.as_str());
    let SweeperConfig { tables, bus } = SweeperConfig::from_env()?;
    let sdk = aws::config().await;
    let flow = |table: &String| Flow {
        ledger: Ledger::connect(&sdk, table),
        bus: Bus::connect(&sdk, &bus),
        function: FUNCTION,
        clock: jiff::Timestamp::now,
    };
    let tables: Vec<_> = tables.0.iter().map(flow).collect();
    run(service_fn(async |event: LambdaEvent<IgnoredAny>| {
        sweep(&tables, remaining(event.context.deadline)).await
    }))
    .await
}
