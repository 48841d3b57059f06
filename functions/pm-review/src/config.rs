//! Configuration.

use headgate_domain::environment::Environments;
use headgate_events::Lane;
use headgate_outbox::ConsumerConfig;
use headgate_review::TeamPolicies;
use headgate_runtime::config::{ConfigError, Vars};
use headgate_runtime::variables;

/// Settings of `pm-review`.
#[derive(Debug, Clone)]
pub struct Config {
    /// Queue, ledger, bus.
    pub consumer: ConsumerConfig,
    /// Environments that are served.
    pub environments: Environments,
    /// Artifact bucket.
    pub bucket: String,
    /// The team's own policies.
    pub team: TeamPolicies,
    /// Lane of a model that has no standing yet.
    pub unproven: Lane,
}

impl Config {
    /// Reads the settings from environment variables.
    ///
    /// # Errors
    /// Names every missing or invalid variable.
    pub fn from_env() -> Result<Self, ConfigError> {
        let mut vars = Vars::from_env();
        let consumer = ConsumerConfig::from_vars(&mut vars);
        let bucket = vars.string(variables::ARTIFACT_BUCKET);
        let team = vars.parsed_or(variables::TEAM_POLICIES, TeamPolicies::default());
        let environments = vars.parsed(variables::ENVIRONMENTS);
        let unproven = vars.parsed_or(variables::UNPROVEN_LANE, Lane::Execute);
        vars.finish(environments.map(|environments| Self {
            consumer,
            environments,
            bucket,
            team,
            unproven,
        }))
    }
}
