//! Configuration of the four binaries.

use headgate_domain::environment::Environments;
use headgate_flow::{ConsumerConfig, FlowConfig};
use headgate_http::AuthConfig;
use headgate_permits::LIFETIME_SECONDS;
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
        let permit_seconds = vars.parsed_or("HEADGATE_PERMIT_SECONDS", LIFETIME_SECONDS);
        let config = environments.map(|environments| Self {
            flow,
            auth,
            permit_secret,
            environments,
            permit_seconds: permit_seconds.clamp(1, LIFETIME_SECONDS),
        });
        vars.finish(config)
    }
}
