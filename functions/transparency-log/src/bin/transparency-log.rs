//! Lambda, every minute: appends timelines to the transparency log.

use headgate_clients::Secrets;
use headgate_ledger::Ledger;
use headgate_log::Signer;
use headgate_log_store::LogBucket;
use headgate_runtime::{aws, remaining, telemetry};
use headgate_transparency_log::{Log, LogConfig, run as append};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use serde::de::IgnoredAny;

// As many threads as there are processors: entries of several timelines are checked at the same time.
#[tokio::main]
async fn main() -> Result<(), Error> {
    telemetry::init("transparency-log");
    let config = LogConfig::from_env()?;
    let sdk = aws::config().await;
    let secrets = Secrets::connect(&sdk);
    // At every run, because there may be no key yet when the function is deployed.
    let log = async || {
        Ok::<_, Error>(Log {
            ledger: Ledger::connect(&sdk, &config.ledger_table),
            ledger_table: config.ledger_table.clone(),
            table: Ledger::connect(&sdk, &config.log_table),
            bucket: LogBucket::connect(&sdk, &config.bucket),
            signer: Signer::parse(&secrets.get(&config.secret).await?)?,
            clock: jiff::Timestamp::now,
        })
    };
    run(service_fn(async |event: LambdaEvent<IgnoredAny>| {
        Ok::<_, Error>(append(&log().await?, remaining(event.context.deadline)).await?)
    }))
    .await
}
