//! Configuration of the two binaries.

use headgate_flow::{ConsumerConfig, FlowConfig, Sources};
use headgate_http::AuthConfig;
use headgate_runtime::config::{ConfigError, Vars};

use crate::standing::StandingRules;

/// What `metrics-finalizer` is told.
#[derive(Debug, Clone)]
pub struct Config {
    /// Queue, ledger, bus.
    pub consumer: ConsumerConfig,
    /// Table of figures.
    pub metrics_table: String,
    /// What evaluations buy.
    pub standing: StandingRules,
    /// Whose measurements are believed.
    pub signals: Sources,
}

/// What `query-api` is told.
#[derive(Debug, Clone)]
pub struct QueryConfig {
    /// Ledger; nothing is published.
    pub flow: FlowConfig,
    /// Table of figures.
    pub metrics_table: String,
    /// Bucket of evidence.
    pub bucket: String,
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
        let standing = vars.parsed("HEADGATE_STANDING").unwrap_or_default();
        let signals = vars.parsed("HEADGATE_SIGNAL_SOURCES").unwrap_or_default();
        vars.finish(Some(Self { consumer, metrics_table, standing, signals }))
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
        let bucket = vars.string("HEADGATE_ARTIFACT_BUCKET");
        let auth = AuthConfig::from_vars(&mut vars);
        vars.finish(Some(Self { flow, metrics_table, bucket, auth }))
    }
}
