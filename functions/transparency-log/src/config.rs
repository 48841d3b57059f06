//! Configuration.

use headgate_runtime::config::{ConfigError, Vars};
use headgate_runtime::variables;

/// Settings of `transparency-log`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogConfig {
    /// Name of the ledger table.
    pub ledger_table: String,
    /// Name of the log's table.
    pub log_table: String,
    /// Name of the log's bucket.
    pub bucket: String,
    /// ARN of the secret with the log's key.
    pub secret: String,
}

impl LogConfig {
    /// Reads the settings from environment variables.
    ///
    /// # Errors
    /// Names every missing or invalid variable.
    pub fn from_env() -> Result<Self, ConfigError> {
        let mut vars = Vars::from_env();
        let ledger_table = vars.string(variables::LEDGER_TABLE);
        let log_table = vars.string(variables::LOG_TABLE);
        let bucket = vars.string(variables::LOG_BUCKET);
        let secret = vars.string(variables::LOG_SECRET);
        vars.finish(Some(Self { ledger_table, log_table, bucket, secret }))
    }
}
