//! Lambda behind API Gateway: votes, withdrawals, delegations, promotions.

use headgate_approval_gate::{Api, DecideConfig, router};
use headgate_artifacts::Artifacts;
use headgate_events::FunctionName;
use headgate_http::{Verifier, serve};
use headgate_review::{Served, bundle_digest, from_archive};
use headgate_runtime::{aws, telemetry};
use headgate_workflow::Approvals;
use lambda_runtime::Error;

const FUNCTION: FunctionName = FunctionName::new("approval-gate-decide");

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    telemetry::init(FUNCTION.as_str());
    let config = DecideConfig::from_env()?;
    let sdk = aws::config().await;
    let flow = config.flow.connect(&sdk, FUNCTION);
    let team = match &config.team.0 {
        Some(archive) => {
            from_archive(&Artifacts::connect(&sdk, config.bucket).get(archive).await?)?
        }
        None => Vec::new(),
    };
    let api = Api {
        approvals: Approvals::connect(&sdk, flow.ledger.clone()),
        flow,
        verifier: Verifier::new(config.auth)?,
        served: Served { environments: config.environments, bundle_digest: bundle_digest(&team) },
    };
    serve(router(api)).await
}
