//! Lambda, every minute: looks after the open approvals.

use headgate_approval_gate::{SweepConfig, Sweeper, sweep};
use headgate_events::FunctionName;
use headgate_runtime::{aws, remaining, telemetry};
use headgate_workflow::{Approvals, Workflow};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use serde::de::IgnoredAny;

const FUNCTION: FunctionName = FunctionName::new("approval-gate-sweep");

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    telemetry::init(FUNCTION.as_str());
    let config = SweepConfig::from_env()?;
    let sdk = aws::config().await;
    let flow = config.flow.connect(&sdk, FUNCTION);
    let sweeper = Sweeper {
        approvals: Approvals::connect(&sdk, flow.ledger.clone()),
        flow,
        workflow: Workflow::connect(&sdk, config.state_machine_arn),
    };
    run(service_fn(async |event: LambdaEvent<IgnoredAny>| {
        sweep(&sweeper, remaining(event.context.deadline)).await
    }))
    .await
}
