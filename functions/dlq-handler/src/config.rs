//! Configuration of the three binaries.

use aws_config::SdkConfig;
use headgate_bus::Bus;
use headgate_events::FunctionName;
use headgate_http::AuthConfig;
use headgate_ledger::Ledger;
use headgate_outbox::{Flow, RunnerConfig, Tables};
use headgate_runtime::config::{ConfigError, Vars};
use headgate_runtime::variables;

use crate::consumers::Consumers;

/// Settings that all three binaries share.
#[derive(Debug, Clone)]
pub struct Common {
    table: String,
    bus: String,
    /// The deployed consumers.
    pub consumers: Consumers,
}

/// Settings of `dlq-handler`.
#[derive(Debug, Clone)]
pub struct Config {
    /// Table, bus, consumers.
    pub common: Common,
    /// Settings of the batch runner.
    pub runner: RunnerConfig,
    /// Bucket of message bodies.
    pub bucket: String,
    /// Name of the leases table.
    pub leases_table: String,
    /// SNS topic for notifications.
    pub topic_arn: String,
    /// Prefix of queue names, `<project>-<environment>-`.
    pub name_prefix: String,
}

/// Settings of `dlq-redrive`.
#[derive(Debug, Clone)]
pub struct RedriveConfig {
    /// Table, bus, consumers.
    pub common: Common,
    /// Tables whose outboxes contain the events of the fleet.
    pub outboxes: Tables,
    /// Settings of the batch runner.
    pub runner: RunnerConfig,
    /// Bucket of message bodies.
    pub bucket: String,
    /// Most redrives of one message.
    pub cap: u32,
}

/// Settings of `dlq-api`.
#[derive(Debug, Clone)]
pub struct ApiConfig {
    /// Table, bus, consumers.
    pub common: Common,
    /// Most redrives of one message.
    pub cap: u32,
    /// Token verification.
    pub auth: AuthConfig,
}

impl Common {
    fn from_vars(vars: &mut Vars) -> Self {
        Self {
            table: vars.string(variables::QUARANTINE_TABLE),
            bus: vars.string(variables::BUS),
            consumers: vars.parsed(variables::CONSUMERS).unwrap_or_default(),
        }
    }

    /// The flow of the named function, on the quarantine table.
    #[must_use]
    pub fn connect(&self, sdk: &SdkConfig, function: FunctionName) -> Flow {
        Flow {
            ledger: Ledger::connect(sdk, &self.table),
            bus: Bus::connect(sdk, &self.bus),
            function,
            clock: jiff::Timestamp::now,
        }
    }
}

impl Config {
    /// Reads the settings from environment variables.
    ///
    /// # Errors
    /// Names every missing or invalid variable.
    pub fn from_env() -> Result<Self, ConfigError> {
        let mut vars = Vars::from_env();
        let config = Self {
            common: Common::from_vars(&mut vars),
            runner: RunnerConfig::from_vars(&mut vars),
            bucket: vars.string(variables::QUARANTINE_BUCKET),
            leases_table: vars.string(variables::LEASES_TABLE),
            topic_arn: vars.string(variables::TOPIC_ARN),
            name_prefix: vars.string(variables::NAME_PREFIX),
        };
        vars.finish(Some(config))
    }
}

impl RedriveConfig {
    /// Reads the settings from environment variables.
    ///
    /// # Errors
    /// Names every missing or invalid variable.
    pub fn from_env() -> Result<Self, ConfigError> {
        let mut vars = Vars::from_env();
        let config = Self {
            common: Common::from_vars(&mut vars),
            outboxes: Tables::of_outboxes(&mut vars),
            runner: RunnerConfig::with_dead_letters(&mut vars),
            bucket: vars.string(variables::QUARANTINE_BUCKET),
            cap: vars.parsed(variables::REDRIVE_CAP).unwrap_or_default(),
        };
        vars.finish(Some(config))
    }
}

impl ApiConfig {
    /// Reads the settings from environment variables.
    ///
    /// # Errors
    /// Names every missing or invalid variable.
    pub fn from_env() -> Result<Self, ConfigError> {
        let mut vars = Vars::from_env();
        let config = Self {
            common: Common::from_vars(&mut vars),
            cap: vars.parsed(variables::REDRIVE_CAP).unwrap_or_default(),
            auth: AuthConfig::from_vars(&mut vars),
        };
        vars.finish(Some(config))
    }
}
