//! Every read over mocked services.
#![allow(clippy::unwrap_used, missing_docs)]

mod api;
mod deliverables;
mod evidence;
mod files;
mod sight;

use axum::Router;
use headgate_artifacts::Artifacts;
use headgate_log_store::LogBucket;
use headgate_query_api::{Api, router};
use headgate_test_support::{Aws, LogFiles, environments, verifier};

/// The API over these items and this bucket, with an empty log.
fn over(aws: &Aws, artifacts: Artifacts) -> Router {
    router(Api {
        ledger: aws.ledger("ledger"),
        metrics: aws.ledger("metrics"),
        quarantine: aws.ledger("quarantine"),
        log_table: Aws::new().ledger("log"),
        log_bucket: LogBucket::new(LogFiles::default().client(), "log"),
        environments: environments(),
        artifacts,
        verifier: verifier(),
    })
}
