//! Configuration.

use headgate_domain::environment::Environments;
use headgate_events::Lane;
use headgate_flow::ConsumerConfig;
use headgate_review::TeamPolicies;
use headgate_runtime::config::{ConfigError, Vars};

/// What `pm-review` is told.
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
    /// What a model may touch of which nothing is known.
    pub unproven: Lane,
}

impl Config {
    /// Reads the environment of the process.
    ///
    /// # Errors
    /// Every missing or bad variable.
    pub fn from_env() -> Result<Self, ConfigError> {
        let mut vars = Vars::from_env();
        let consumer = ConsumerConfig::from_vars(&mut vars);
        let bucket = vars.string("HEADGATE_ARTIFACT_BUCKET");
        let team = vars.parsed_or("HEADGATE_TEAM_POLICIES", TeamPolicies::default());
        let environments = vars.parsed("HEADGATE_ENVIRONMENTS");
        let unproven = vars.parsed_or("HEADGATE_UNPROVEN_LANE", Lane::Execute);
        vars.finish(environments.map(|environments| Self {
            consumer,
            environments,
            bucket,
            team,
            unproven,
        }))
    }
}
