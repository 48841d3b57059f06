//! Lambda behind API Gateway: engagements, the work of their phases, questions, and what people do about failures.

use headgate_artifacts::Artifacts;
use headgate_engagement::{Api, ApiConfig, router};
use headgate_events::FunctionName;
use headgate_http::{Verifier, serve};
use headgate_runtime::{aws, telemetry};
use lambda_runtime::Error;

const FUNCTION: FunctionName = FunctionName::new("engagement-api");

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    telemetry::init(FUNCTION.as_str());
    let config = ApiConfig::from_env()?;
    let sdk = aws::config().await;
    let api = Api {
        flow: config.flow.connect(&sdk, FUNCTION),
        artifacts: Artifacts::connect(&sdk, config.bucket),
        environments: config.environments,
        agents: config.agents,
        kinds: config.kinds,
        verifier: Verifier::new(config.auth)?,
    };
    serve(router(api)).await
}
