//! Configuration of the five binaries.

use headgate_domain::environment::Environments;
use headgate_flow::{ConsumerConfig, FlowConfig};
use headgate_http::AuthConfig;
use headgate_permits::LIFETIME_SECONDS;
use headgate_review::TeamPolicies;
use headgate_runtime::config::{ConfigError, Vars};

/// What `approval-gate-start` is told.
#[derive(Debug, Clone)]
pub struct StartConfig {
    /// Queue, ledger, bus.
    pub consumer: ConsumerConfig,
    /// The workflow.
    pub state_machine_arn: String,
}

/// What the workflow's tasks are told.
#[derive(Debug, Clone)]
pub struct TaskConfig {
    /// Ledger, bus.
    pub flow: FlowConfig,
}

/// What `approval-gate-decide` is told.
#[derive(Debug, Clone)]
pub struct DecideConfig {
    /// Ledger, bus.
    pub flow: FlowConfig,
    /// Tokens.
    pub auth: AuthConfig,
    /// Secret with the permit keys.
    pub permit_secret: String,
    /// Environments that are served.
    pub environments: Environments,
    /// How long a permit lives, in seconds.
    pub permit_seconds: i64,
    /// Artifact bucket.
    pub bucket: String,
    /// The team's own policies: with them, what was reviewed under others is void.
    pub team: TeamPolicies,
}

/// What `approval-gate-notify` is told.
#[derive(Debug, Clone)]
pub struct NotifyConfig {
    /// Queue, ledger, bus.
    pub consumer: ConsumerConfig,
    /// Table of claims.
    pub claims_table: String,
    /// Bucket of artifacts, where a claim's result would go if it were large.
    pub bucket: String,
    /// Topic of notifications.
    pub topic_arn: String,
    /// Secret with the webhook endpoints.
    pub webhook_secret: String,
    /// Where a person sees a change.
    pub link: Option<String>,
}

impl NotifyConfig {
    /// Reads the environment of the process.
    ///
    /// # Errors
    /// Every missing or bad variable.
    pub fn from_env() -> Result<Self, ConfigError> {
        let mut vars = Vars::from_env();
        let config = Self {
            consumer: ConsumerConfig::from_vars(&mut vars),
            claims_table: vars.string("HEADGATE_CLAIMS_TABLE"),
            bucket: vars.string("HEADGATE_ARTIFACT_BUCKET"),
            topic_arn: vars.string("HEADGATE_TOPIC_ARN"),
            webhook_secret: vars.string("HEADGATE_WEBHOOK_SECRET"),
            link: vars.optional("HEADGATE_CHANGE_LINK"),
        };
        vars.finish(Some(config))
    }
}

impl StartConfig {
    /// Reads the environment of the process.
    ///
    /// # Errors
    /// Every missing or bad variable.
    pub fn from_env() -> Result<Self, ConfigError> {
        let mut vars = Vars::from_env();
        let consumer = ConsumerConfig::from_vars(&mut vars);
        let state_machine_arn = vars.string("HEADGATE_STATE_MACHINE_ARN");
        vars.finish(Some(Self { consumer, state_machine_arn }))
    }
}

impl TaskConfig {
    /// Reads the environment of the process.
    ///
    /// # Errors
    /// Every missing or bad variable.
    pub fn from_env() -> Result<Self, ConfigError> {
        let mut vars = Vars::from_env();
        let flow = FlowConfig::from_vars(&mut vars);
        vars.finish(Some(Self { flow }))
    }
}

impl DecideConfig {
    /// Reads the environment of the process.
    ///
    /// # Errors
    /// Every missing or bad variable.
    pub fn from_env() -> Result<Self, ConfigError> {
        let mut vars = Vars::from_env();
        let flow = FlowConfig::from_vars(&mut vars);
        let auth = AuthConfig::from_vars(&mut vars);
        let permit_secret = vars.string("HEADGATE_PERMIT_SECRET");
        let environments = vars.parsed("HEADGATE_ENVIRONMENTS");
        let bucket = vars.string("HEADGATE_ARTIFACT_BUCKET");
        let team = vars.parsed_or("HEADGATE_TEAM_POLICIES", TeamPolicies::default());
        let permit_seconds = vars.parsed_or("HEADGATE_PERMIT_SECONDS", LIFETIME_SECONDS);
        let config = environments.map(|environments| Self {
            flow,
            auth,
            permit_secret,
            environments,
            bucket,
            team,
            permit_seconds: permit_seconds.clamp(1, LIFETIME_SECONDS),
        });
        vars.finish(config)
    }
}
