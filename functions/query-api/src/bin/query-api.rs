//! Lambda behind API Gateway: the read side.

use headgate_artifacts::Artifacts;
use headgate_events::FunctionName;
use headgate_http::{Verifier, serve};
use headgate_ledger::Ledger;
use headgate_log_store::LogBucket;
use headgate_query_api::{Api, Config, router};
use headgate_runtime::{aws, telemetry};
use lambda_runtime::Error;

const FUNCTION: FunctionName = FunctionName::new("query-api");

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    telemetry::init(FUNCTION.as_str());
    let config = Config::from_env()?;
    let sdk = aws::config().await;
    let api = Api {
        ledger: Ledger::connect(&sdk, config.ledger_table),
        metrics: Ledger::connect(&sdk, config.metrics_table),
        quarantine: Ledger::connect(&sdk, config.quarantine_table),
        artifacts: Artifacts::connect(&sdk, config.bucket),
        log_table: Ledger::connect(&sdk, config.log_table),
        log_bucket: LogBucket::connect(&sdk, config.log_bucket),
        environments: config.environments,
        verifier: Verifier::new(config.auth)?,
    };
    serve(router(api)).await
}
