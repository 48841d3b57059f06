//! Lambda, a workflow task: ends a waiting slice.

use headgate_approval_gate::{SliceEnd, TaskConfig, end_slice};
use headgate_events::FunctionName;
use headgate_runtime::{aws, telemetry};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};

const FUNCTION: FunctionName = FunctionName::new("approval-gate-expire");

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    telemetry::init(FUNCTION.as_str());
    let config = TaskConfig::from_env()?;
    let sdk = aws::config().await;
    let flow = config.flow.connect(&sdk, FUNCTION);
    run(service_fn(async |event: LambdaEvent<SliceEnd>| {
        end_slice(&flow, event.payload).await.inspect_err(|e| {
            tracing::error!(error = telemetry::chain(e), "failed");
        })
    }))
    .await
}
