//! Configuration.

use headgate_outbox::{ConsumerConfig, Sources};
use headgate_runtime::config::{ConfigError, Vars};
use headgate_runtime::variables;

use crate::senders::Senders;
use crate::standing_rules::StandingRules;

/// Settings of `metrics-finalizer`.
#[derive(Debug, Clone)]
pub struct Config {
    /// Queue, ledger, bus.
    pub consumer: ConsumerConfig,
    /// Name of the table of metrics, evaluation runs and their cases.
    pub metrics_table: String,
    /// How evaluations become standings.
    pub standing: StandingRules,
    /// Sources whose measurements are trusted.
    pub signals: Sources,
    /// What is known of senders.
    pub senders: Senders,
}

impl Config {
    /// Reads the settings from environment variables.
    ///
    /// # Errors
    /// Names every missing or invalid variable.
    pub fn from_env() -> Result<Self, ConfigError> {
        let mut vars = Vars::from_env();
        let consumer = ConsumerConfig::from_vars(&mut vars);
        let metrics_table = vars.string(variables::METRICS_TABLE);
        let standing = vars.parsed(variables::STANDING).unwrap_or_default();
        let signals = vars.parsed(variables::SIGNAL_SOURCES).unwrap_or_default();
        let issuer = vars.string(variables::OIDC_ISSUER);
        let senders = vars.parsed::<Senders>(variables::SENDER_ROLES);
        let senders = senders.unwrap_or_default().with_issuer(issuer);
        vars.finish(Some(Self { consumer, metrics_table, standing, signals, senders }))
    }
}
