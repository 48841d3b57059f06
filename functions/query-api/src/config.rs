//! Configuration.

use headgate_domain::environment::Environments;
use headgate_http::AuthConfig;
use headgate_runtime::config::{ConfigError, Vars};
use headgate_runtime::variables;

/// Settings of `query-api`.
#[derive(Debug, Clone)]
pub struct Config {
    /// Name of the ledger table.
    pub ledger_table: String,
    /// Name of the table of metrics, evaluation runs and their cases.
    pub metrics_table: String,
    /// Name of the table of quarantined messages.
    pub quarantine_table: String,
    /// Bucket with the evidence of cases.
    pub bucket: String,
    /// Name of the transparency log's table.
    pub log_table: String,
    /// Name of the transparency log's bucket.
    pub log_bucket: String,
    /// Environments that the fleet serves.
    pub environments: Environments,
    /// Token verification.
    pub auth: AuthConfig,
}

impl Config {
    /// Reads the settings from environment variables.
    ///
    /// # Errors
    /// Names every missing or invalid variable.
    pub fn from_env() -> Result<Self, ConfigError> {
        let mut vars = Vars::from_env();
        let ledger_table = vars.string(variables::LEDGER_TABLE);
        let metrics_table = vars.string(variables::METRICS_TABLE);
        let quarantine_table = vars.string(variables::QUARANTINE_TABLE);
        let bucket = vars.string(variables::ARTIFACT_BUCKET);
        let log_table = vars.string(variables::LOG_TABLE);
        let log_bucket = vars.string(variables::LOG_BUCKET);
        let environments = vars.parsed(variables::ENVIRONMENTS);
        let auth = AuthConfig::from_vars(&mut vars);
        vars.finish(environments.map(|environments| Self {
            ledger_table,
            metrics_table,
            quarantine_table,
            bucket,
            log_table,
            log_bucket,
            environments,
            auth,
        }))
    }
}
