//! Dependencies of the API, and how it reads them.

use axum::extract::FromRef;
use headgate_artifacts::Artifacts;
use headgate_domain::environment::Environments;
use headgate_events::Versioned;
use headgate_http::{ApiError, Json, Verifier};
use headgate_ledger::{Key, Ledger};
use headgate_log_store::LogBucket;

/// Dependencies of the API.
#[derive(Clone)]
pub struct Api {
    /// The ledger.
    pub ledger: Ledger,
    /// Table of metrics, evaluation runs and their cases.
    pub metrics: Ledger,
    /// Table of quarantined messages.
    pub quarantine: Ledger,
    /// Bucket with the evidence of cases.
    pub artifacts: Artifacts,
    /// The transparency log's table.
    pub log_table: Ledger,
    /// The transparency log's bucket.
    pub log_bucket: LogBucket,
    /// Environments that the fleet serves.
    pub environments: Environments,
    /// Verifies callers' tokens.
    pub verifier: Verifier,
}

impl FromRef<Api> for Verifier {
    fn from_ref(api: &Api) -> Self {
        api.verifier.clone()
    }
}

/// A successful answer, or an error.
pub(crate) type Answer<T> = Result<Json<T>, ApiError>;

/// The value of an item, if it exists.
pub(crate) async fn read<T: Versioned>(ledger: &Ledger, key: &Key) -> Result<Option<T>, ApiError> {
    Ok(ledger.get::<T>(key).await?.map(|stored| stored.value))
}
