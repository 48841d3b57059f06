//! Configuration of the two binaries.

use std::collections::BTreeMap;
use std::str::FromStr;

use headgate_domain::environment::Environments;
use headgate_flow::{ConsumerConfig, FlowConfig};
use headgate_http::AuthConfig;
use headgate_runtime::config::{ConfigError, Vars};

/// Known agents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Agents(pub BTreeMap<String, Registered>);

/// What is on record of an agent.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Registered {
    /// Who answers for it.
    pub human_owner: String,
    /// Models that it may say it runs with, by the names that evaluations use; any, if nothing is said.
    #[serde(default)]
    pub models: Option<Vec<String>>,
}

impl FromStr for Agents {
    type Err = serde_json::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        serde_json::from_str(text).map(Self)
    }
}

/// What `intake` is told.
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

/// What `intake-api` is told.
#[derive(Debug, Clone)]
pub struct ApiConfig {
    /// Ledger, bus.
    pub flow: FlowConfig,
    /// Tokens.
    pub auth: AuthConfig,
    /// Environments that are served.
    pub environments: Environments,
    /// Artifact bucket.
    pub bucket: String,
}

impl IntakeConfig {
    /// Reads the environment of the process.
    ///
    /// # Errors
    /// Every missing or bad variable.
    pub fn from_env() -> Result<Self, ConfigError> {
        let mut vars = Vars::from_env();
        let consumer = ConsumerConfig::from_vars(&mut vars);
        let bucket = vars.string("HEADGATE_ARTIFACT_BUCKET");
        let environments = vars.parsed("HEADGATE_ENVIRONMENTS");
        let agents = vars.parsed("HEADGATE_AGENTS");
        vars.finish(environments.zip(agents).map(|(environments, agents)| Self {
            consumer,
            environments,
            agents,
            bucket,
        }))
    }
}

impl ApiConfig {
    /// Reads the environment of the process.
    ///
    /// # Errors
    /// Every missing or bad variable.
    pub fn from_env() -> Result<Self, ConfigError> {
        let mut vars = Vars::from_env();
        let flow = FlowConfig::from_vars(&mut vars);
        let auth = AuthConfig::from_vars(&mut vars);
        let bucket = vars.string("HEADGATE_ARTIFACT_BUCKET");
        let environments = vars.parsed("HEADGATE_ENVIRONMENTS");
        vars.finish(environments.map(|environments| Self { flow, auth, environments, bucket }))
    }
}
