//! Lambda behind API Gateway: permits.

use std::sync::Arc;

use headgate_artifacts::Artifacts;
use headgate_clients::{Roles, Secrets, SigningKeys};
use headgate_events::FunctionName;
use headgate_http::{Verifier, serve};
use headgate_permits::{Api, Config, PermitKeys, router};
use headgate_review::{Served, bundle_digest, from_archive};
use headgate_runtime::{aws, telemetry};
use lambda_runtime::Error;

const FUNCTION: FunctionName = FunctionName::new("permits-api");

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    telemetry::init(FUNCTION.as_str());
    let config = Config::from_env()?;
    let sdk = aws::config().await;
    let team = match &config.team.0 {
        Some(archive) => {
            from_archive(&Artifacts::connect(&sdk, config.bucket).get(archive).await?)?
        }
        None => Vec::new(),
    };
    let api = Api {
        flow: config.flow.connect(&sdk, FUNCTION),
        verifier: Verifier::new(config.auth)?,
        keys: Arc::new(PermitKeys::new(
            Secrets::connect(&sdk),
            SigningKeys::connect(&sdk),
            config.permit_keys,
        )),
        served: Served { environments: config.environments, bundle_digest: bundle_digest(&team) },
        roles: Roles::connect(&sdk),
        permit_seconds: config.permit_seconds,
    };
    serve(router(api)).await
}
