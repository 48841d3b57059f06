//! Lambda: API Gateway, the read side.

use headgate_artifacts::Artifacts;
use headgate_http::{Verifier, serve};
use headgate_ledger::Ledger;
use headgate_metrics_finalizer::{Api, QueryConfig, router};
use headgate_runtime::{aws, telemetry};
use lambda_runtime::Error;

const FUNCTION: &str = "query-api";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    telemetry::init(FUNCTION);
    let config = QueryConfig::from_env()?;
    let sdk = aws::config().await;
    let api = Api {
        ledger: config.flow.connect(&sdk, FUNCTION).ledger,
        metrics: Ledger::connect(&sdk, config.metrics_table),
        artifacts: Artifacts::connect(&sdk, config.bucket),
        verifier: Verifier::new(config.auth)?,
    };
    serve(router(api)).await
}
