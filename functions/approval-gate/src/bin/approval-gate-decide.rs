//! Lambda: API Gateway, votes and permits.

use std::sync::Arc;

use headgate_approval_gate::{Api, DecideConfig, PermitKeys, router};
use headgate_approvals::Approvals;
use headgate_artifacts::Artifacts;
use headgate_http::{Verifier, serve};
use headgate_review::{bundle_digest, from_archive};
use headgate_runtime::{aws, telemetry};
use headgate_secrets::Secrets;
use lambda_runtime::Error;

const FUNCTION: &str = "approval-gate-decide";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    telemetry::init(FUNCTION);
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
        bundle_digest: bundle_digest(&team),
        approvals: Approvals::connect(&sdk, flow.ledger.clone()),
        flow,
        verifier: Verifier::new(config.auth)?,
        keys: Arc::new(PermitKeys::new(Secrets::connect(&sdk), config.permit_secret)),
        environments: config.environments,
        permit_seconds: config.permit_seconds,
    };
    serve(router(api)).await
}
