//! Lambda, a workflow task: begins a waiting slice.

use headgate_approval_gate::{OpenGate, TaskConfig, open};
use headgate_events::FunctionName;
use headgate_runtime::{aws, telemetry};
use headgate_workflow::Approvals;
use lambda_runtime::{Error, LambdaEvent, run, service_fn};

const FUNCTION: FunctionName = FunctionName::new("approval-gate-open");

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    telemetry::init(FUNCTION.as_str());
    let config = TaskConfig::from_env()?;
    let sdk = aws::config().await;
    let flow = config.flow.connect(&sdk, FUNCTION);
    let approvals = Approvals::connect(&sdk, flow.ledger.clone());
    run(service_fn(async |event: LambdaEvent<OpenGate>| {
        open(&flow, &approvals, event.payload).await.inspect_err(|e| {
            tracing::error!(error = telemetry::chain(e), "failed");
        })
    }))
    .await
}
