//! Configuration.

use std::str::FromStr;

use headgate_domain::environment::Environments;
use headgate_http::AuthConfig;
use headgate_outbox::FlowConfig;
use headgate_permit_tokens::LIFETIME_SECONDS;
use headgate_review::TeamPolicies;
use headgate_runtime::config::{ConfigError, Vars};
use headgate_runtime::variables;

use crate::keys::Place;

/// Settings of `permits-api`.
#[derive(Debug, Clone)]
pub struct Config {
    /// Ledger, bus.
    pub flow: FlowConfig,
    /// Token verification.
    pub auth: AuthConfig,
    /// Where the permit keys are.
    pub permit_keys: Place,
    /// Environments that are served.
    pub environments: Environments,
    /// Lifetime of a permit, in seconds.
    pub permit_seconds: i64,
    /// Artifact bucket.
    pub bucket: String,
    /// The team's own policies. A review under other policies is void.
    pub team: TeamPolicies,
}

/// A JSON array.
#[derive(Debug, Default)]
struct Arns(Vec<String>);

impl FromStr for Arns {
    type Err = serde_json::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        serde_json::from_str(text).map(Self)
    }
}

impl Config {
    /// Reads the settings from environment variables.
    ///
    /// # Errors
    /// Names every missing or invalid variable.
    pub fn from_env() -> Result<Self, ConfigError> {
        let mut vars = Vars::from_env();
        let flow = FlowConfig::from_vars(&mut vars);
        let auth = AuthConfig::from_vars(&mut vars);
        let kms: Arns = vars.parsed_or(variables::PERMIT_KEYS, Arns::default());
        let permit_keys = match kms.0 {
            arns if arns.is_empty() => Place::Secret(vars.string(variables::PERMIT_SECRET)),
            arns => Place::Kms(arns),
        };
        let environments = vars.parsed(variables::ENVIRONMENTS);
        let bucket = vars.string(variables::ARTIFACT_BUCKET);
        let team = vars.parsed_or(variables::TEAM_POLICIES, TeamPolicies::default());
        let permit_seconds = vars.parsed_or(variables::PERMIT_SECONDS, LIFETIME_SECONDS);
        let config = environments.map(|environments| Self {
            flow,
            auth,
            permit_keys,
            environments,
            bucket,
            team,
            permit_seconds: permit_seconds.clamp(1, LIFETIME_SECONDS),
        });
        vars.finish(config)
    }
}

/// Settings of `permits-heartbeat`.
#[derive(Debug, Clone)]
pub struct HeartbeatConfig {
    /// Name of the ledger table.
    pub ledger_table: String,
    /// Token verification.
    pub auth: AuthConfig,
}

impl HeartbeatConfig {
    /// Reads the settings from environment variables.
    ///
    /// # Errors
    /// Names every missing or invalid variable.
    pub fn from_env() -> Result<Self, ConfigError> {
        let mut vars = Vars::from_env();
        let ledger_table = vars.string(variables::LEDGER_TABLE);
        let auth = AuthConfig::from_vars(&mut vars);
        vars.finish(Some(Self { ledger_table, auth }))
    }
}
