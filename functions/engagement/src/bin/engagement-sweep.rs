//! Lambda, every minute: looks at the engagements at which something is due.

use headgate_engagement::{SweepConfig, sweep};
use headgate_events::FunctionName;
use headgate_runtime::{aws, remaining, telemetry};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use serde::de::IgnoredAny;

const FUNCTION: FunctionName = FunctionName::new("engagement-sweep");

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    telemetry::init(FUNCTION.as_str());
    let config = SweepConfig::from_env()?;
    let sdk = aws::config().await;
    let flow = config.flow.connect(&sdk, FUNCTION);
    run(service_fn(async |event: LambdaEvent<IgnoredAny>| {
        sweep(&flow, remaining(event.context.deadline)).await
    }))
    .await
}
