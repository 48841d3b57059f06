//! Lambda: API Gateway, votes and permits.

use std::sync::Arc;

use headgate_approval_gate::{Api, DecideConfig, PermitKeys, router};
use headgate_approvals::Approvals;
use headgate_http::{Verifier, serve};
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
    let api = Api {
        approvals: Approvals::connect(&sdk, flow.ledger.clone()),
        flow,
        verifier: Verifier::new(config.auth)?,
        keys: Arc::new(PermitKeys::new(Secrets::connect(&sdk), config.permit_secret)),
        environments: config.environments,
        permit_seconds: config.permit_seconds,
    };
    serve(router(api)).await
}
