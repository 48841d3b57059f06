//! Configuration of the two binaries.

use headgate_flow::{ConsumerConfig, FlowConfig};
use headgate_http::AuthConfig;
use headgate_runtime::config::{ConfigError, Vars};

/// What `metrics-finalizer` is told.
#[derive(Debug, Clone)]
pub struct Config {
    /// Queue, ledger, bus.
    pub consumer: ConsumerConfig,
    /// Table of figures.
    pub metrics_table: String,
}

/// What `query-api` is told.
#[derive(Debug, Clone)]
pub struct QueryConfig {
    /// Ledger; nothing is published.
    pub flow: FlowConfig,
    /// Table of figures.
    pub metrics_table: String,
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
        let consumer = ConsumerConfig::from_vars(&mut vars);
        let metrics_table = vars.string("HEADGATE_METRICS_TABLE");
        vars.finish(Some(Self { consumer, metrics_table }))
    }
}

impl QueryConfig {
    /// Reads the environment of the process.
    ///
    /// # Errors
    /// Every missing or bad variable.
    pub fn from_env() -> Result<Self, ConfigError> {
        let mut vars = Vars::from_env();
        let flow = FlowConfig::from_vars(&mut vars);
        let metrics_table = vars.string("HEADGATE_METRICS_TABLE");
        let auth = AuthConfig::from_vars(&mut vars);
        vars.finish(Some(Self { flow, metrics_table, auth }))
    }
}
