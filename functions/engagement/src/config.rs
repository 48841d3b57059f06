//! Configuration of the three binaries.

use headgate_domain::agents::Agents;
use headgate_domain::environment::Environments;
use headgate_engagements::Kinds;
use headgate_http::AuthConfig;
use headgate_outbox::{ConsumerConfig, FlowConfig};
use headgate_runtime::config::{ConfigError, Vars};
use headgate_runtime::variables;

/// Settings of `engagement-api`.
#[derive(Debug, Clone)]
pub struct ApiConfig {
    /// Ledger, bus.
    pub flow: FlowConfig,
    /// Token verification.
    pub auth: AuthConfig,
    /// Bucket with the documents that people send.
    pub bucket: String,
    /// Environments that are served.
    pub environments: Environments,
    /// Known agents.
    pub agents: Agents,
    /// Known types of engagements.
    pub kinds: Kinds,
}

/// Settings of `engagement`.
#[derive(Debug, Clone)]
pub struct ConsumeConfig {
    /// Queue, ledger, bus.
    pub consumer: ConsumerConfig,
}

/// Settings of `engagement-sweep`.
#[derive(Debug, Clone)]
pub struct SweepConfig {
    /// Ledger, bus.
    pub flow: FlowConfig,
}

impl ApiConfig {
    /// Reads the settings from environment variables.
    ///
    /// # Errors
    /// Names every missing or invalid variable.
    pub fn from_env() -> Result<Self, ConfigError> {
        let mut vars = Vars::from_env();
        let flow = FlowConfig::from_vars(&mut vars);
        let auth = AuthConfig::from_vars(&mut vars);
        let bucket = vars.string(variables::ARTIFACT_BUCKET);
        let environments = vars.parsed(variables::ENVIRONMENTS);
        let agents = vars.parsed(variables::AGENTS);
        let kinds = vars.parsed_or(variables::ENGAGEMENT_TYPES, Kinds::default());
        vars.finish(environments.zip(agents).map(|(environments, agents)| Self {
            flow,
            auth,
            bucket,
            environments,
            agents,
            kinds,
        }))
    }
}

impl ConsumeConfig {
    /// Reads the settings from environment variables.
    ///
    /// # Errors
    /// Names every missing or invalid variable.
    pub fn from_env() -> Result<Self, ConfigError> {
        let mut vars = Vars::from_env();
        let consumer = ConsumerConfig::from_vars(&mut vars);
        vars.finish(Some(Self { consumer }))
    }
}

impl SweepConfig {
    /// Reads the settings from environment variables.
    ///
    /// # Errors
    /// Names every missing or invalid variable.
    pub fn from_env() -> Result<Self, ConfigError> {
        let mut vars = Vars::from_env();
        let flow = FlowConfig::from_vars(&mut vars);
        vars.finish(Some(Self { flow }))
    }
}
