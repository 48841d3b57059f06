//! Configuration of the two binaries.

use headgate_domain::environment::Environments;
use headgate_http::AuthConfig;
use headgate_outbox::{ConsumerConfig, FlowConfig};
use headgate_runtime::config::{ConfigError, Vars};
use headgate_runtime::variables;

use headgate_domain::agents::Agents;

/// Settings of `intake`.
#[derive(Debug, Clone)]
pub struct IntakeConfig {
    /// Queue, ledger, bus.
    pub consumer: ConsumerConfig,
    /// Environments that are served.
    pub environments: Environments,
    /// Known agents.
    pub agents: Agents,
    /// Artifact bucket.
    pub bucket: String,
}

/// Settings of `intake-api`.
#[derive(Debug, Clone)]
pub struct ApiConfig {
    /// Ledger, bus.
    pub flow: FlowConfig,
    /// Token verification.
    pub auth: AuthConfig,
    /// Environments that are served.
    pub environments: Environments,
    /// Known agents.
    pub agents: Agents,
    /// Artifact bucket.
    pub bucket: String,
}

impl IntakeConfig {
    /// Reads the settings from environment variables.
    ///
    /// # Errors
    /// Names every missing or invalid variable.
    pub fn from_env() -> Result<Self, ConfigError> {
        let mut vars = Vars::from_env();
        let consumer = ConsumerConfig::from_vars(&mut vars);
        let bucket = vars.string(variables::ARTIFACT_BUCKET);
        let environments = vars.parsed(variables::ENVIRONMENTS);
        let agents = vars.parsed(variables::AGENTS);
        vars.finish(environments.zip(agents).map(|(environments, agents)| Self {
            consumer,
            environments,
            agents,
            bucket,
        }))
    }
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
        vars.finish(environments.zip(agents).map(|(environments, agents)| Self {
            flow,
            auth,
            environments,
            agents,
            bucket,
        }))
    }
}
