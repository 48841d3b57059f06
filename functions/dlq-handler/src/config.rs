//! Configuration of the two binaries.

use headgate_http::AuthConfig;
use headgate_runtime::config::{ConfigError, Vars};

/// What `dlq-handler` is told.
#[derive(Debug, Clone)]
pub struct Config {
    /// Table of entries.
    pub table: String,
    /// Bucket of bodies.
    pub bucket: String,
    /// Event bus.
    pub bus: String,
    /// Prefix of queue names.
    pub name_prefix: String,
}

/// What `dlq-api` is told.
#[derive(Debug, Clone)]
pub struct ApiConfig {
    /// Table of entries.
    pub table: String,
    /// Tokens.
    pub auth: AuthConfig,
}

impl Config {
    /// Reads the environment of the process.
    ///
    /// # Errors
    /// Every missing or bad variable.
    pub fn from_env() -> Result<Self, ConfigError> {
        let mut vars = Vars::from_env();
        let config = Self {
            table: vars.string("HEADGATE_QUARANTINE_TABLE"),
            bucket: vars.string("HEADGATE_QUARANTINE_BUCKET"),
            bus: vars.string("HEADGATE_BUS"),
            name_prefix: vars.string("HEADGATE_NAME_PREFIX"),
        };
        vars.finish(Some(config))
    }
}

impl ApiConfig {
    /// Reads the environment of the process.
    ///
    /// # Errors
    /// Every missing or bad variable.
    pub fn from_env() -> Result<Self, ConfigError> {
        let mut vars = Vars::from_env();
        let table = vars.string("HEADGATE_QUARANTINE_TABLE");
        let auth = AuthConfig::from_vars(&mut vars);
        vars.finish(Some(Self { table, auth }))
    }
}
