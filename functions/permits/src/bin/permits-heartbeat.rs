//! Lambda behind API Gateway: heartbeats of applies.

use headgate_events::FunctionName;
use headgate_http::{Verifier, serve};
use headgate_ledger::Ledger;
use headgate_permits::{HeartbeatConfig, Heartbeats, heartbeat_router};
use headgate_runtime::{aws, telemetry};
use jiff::Timestamp;
use lambda_runtime::Error;

const FUNCTION: FunctionName = FunctionName::new("permits-heartbeat");

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    telemetry::init(FUNCTION.as_str());
    let config = HeartbeatConfig::from_env()?;
    let sdk = aws::config().await;
    let deps = Heartbeats {
        ledger: Ledger::connect(&sdk, config.ledger_table),
        verifier: Verifier::new(config.auth)?,
        clock: Timestamp::now,
    };
    serve(heartbeat_router(deps)).await
}
