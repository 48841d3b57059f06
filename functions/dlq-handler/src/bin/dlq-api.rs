//! Lambda behind API Gateway: operators redrive and discard quarantined messages.

use headgate_dlq_handler::{Api, ApiConfig, router};
use headgate_events::FunctionName;
use headgate_http::{Verifier, serve};
use headgate_runtime::{aws, telemetry};
use lambda_runtime::Error;

const FUNCTION: FunctionName = FunctionName::new("dlq-api");

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    telemetry::init(FUNCTION.as_str());
    let config = ApiConfig::from_env()?;
    let sdk = aws::config().await;
    let api = Api {
        flow: config.common.connect(&sdk, FUNCTION),
        consumers: config.common.consumers,
        cap: config.cap,
        verifier: Verifier::new(config.auth)?,
    };
    serve(router(api)).await
}
