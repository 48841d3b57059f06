//! Configuration of the six binaries.

use headgate_domain::environment::Environments;
use headgate_http::AuthConfig;
use headgate_outbox::{ConsumerConfig, FlowConfig};
use headgate_review::TeamPolicies;
use headgate_runtime::config::{ConfigError, Vars};
use headgate_runtime::variables;

/// Settings of `approval-gate-start`.
#[derive(Debug, Clone)]
pub struct StartConfig {
    /// Queue, ledger, bus.
    pub consumer: ConsumerConfig,
    /// ARN of the state machine of the approval workflow.
    pub state_machine_arn: String,
}

/// Settings of the workflow's tasks, `approval-gate-open` and `approval-gate-expire`.
#[derive(Debug, Clone)]
pub struct TaskConfig {
    /// Ledger, bus.
    pub flow: FlowConfig,
}

/// Settings of `approval-gate-sweep`.
#[derive(Debug, Clone)]
pub struct SweepConfig {
    /// Ledger, bus.
    pub flow: FlowConfig,
    /// ARN of the state machine of the approval workflow.
    pub state_machine_arn: String,
}

/// Settings of `approval-gate-decide`.
#[derive(Debug, Clone)]
pub struct DecideConfig {
    /// Ledger, bus.
    pub flow: FlowConfig,
    /// Token verification.
    pub auth: AuthConfig,
    /// Environments that are served.
    pub environments: Environments,
    /// Artifact bucket.
    pub bucket: String,
    /// The team's own policies. A review under other policies is void.
    pub team: TeamPolicies,
}

/// Settings of `approval-gate-notify`.
#[derive(Debug, Clone)]
pub struct NotifyConfig {
    /// Queue, ledger, bus.
    pub consumer: ConsumerConfig,
    /// Name of the leases table.
    pub leases_table: String,
    /// Artifact bucket. Large lease results are stored here.
    pub bucket: String,
    /// SNS topic for notifications.
    pub topic_arn: String,
    /// Name of the secret with the webhook endpoints.
    pub webhook_secret: String,
    /// URL of a change for people, with `{change}` in place of its id.
    pub link: Option<String>,
}

impl NotifyConfig {
    /// Reads the settings from environment variables.
    ///
    /// # Errors
    /// Names every missing or invalid variable.
    pub fn from_env() -> Result<Self, ConfigError> {
        let mut vars = Vars::from_env();
        let config = Self {
            consumer: ConsumerConfig::from_vars(&mut vars),
            leases_table: vars.string(variables::LEASES_TABLE),
            bucket: vars.string(variables::ARTIFACT_BUCKET),
            topic_arn: vars.string(variables::TOPIC_ARN),
            webhook_secret: vars.string(variables::WEBHOOK_SECRET),
            link: vars.optional(variables::CHANGE_LINK),
        };
        vars.finish(Some(config))
    }
}

impl StartConfig {
    /// Reads the settings from environment variables.
    ///
    /// # Errors
    /// Names every missing or invalid variable.
    pub fn from_env() -> Result<Self, ConfigError> {
        let mut vars = Vars::from_env();
        let consumer = ConsumerConfig::from_vars(&mut vars);
        let state_machine_arn = vars.string(variables::STATE_MACHINE_ARN);
        vars.finish(Some(Self { consumer, state_machine_arn }))
    }
}

impl TaskConfig {
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

impl SweepConfig {
    /// Reads the settings from environment variables.
    ///
    /// # Errors
    /// Names every missing or invalid variable.
    pub fn from_env() -> Result<Self, ConfigError> {
        let mut vars = Vars::from_env();
        let flow = FlowConfig::from_vars(&mut vars);
        let state_machine_arn = vars.string(variables::STATE_MACHINE_ARN);
        vars.finish(Some(Self { flow, state_machine_arn }))
    }
}

impl DecideConfig {
    /// Reads the settings from environment variables.
    ///
    /// # Errors
    /// Names every missing or invalid variable.
    pub fn from_env() -> Result<Self, ConfigError> {
        let mut vars = Vars::from_env();
        let flow = FlowConfig::from_vars(&mut vars);
        let auth = AuthConfig::from_vars(&mut vars);
        let environments = vars.parsed(variables::ENVIRONMENTS);
        let bucket = vars.string(variables::ARTIFACT_BUCKET);
        let team = vars.parsed_or(variables::TEAM_POLICIES, TeamPolicies::default());
        let config =
            environments.map(|environments| Self { flow, auth, environments, bucket, team });
        vars.finish(config)
    }
}
