//! Configuration of both binaries.

use std::time::Duration;

use aws_config::SdkConfig;
use headgate_artifacts::Artifacts;
use headgate_events::FunctionName;
use headgate_ledger::Ledger;
use headgate_models::Models;
use headgate_outbox::{Consumer, Flow, Origins, RunnerConfig, Sources, Tables};
use headgate_runtime::config::{ConfigError, Vars};
use headgate_runtime::variables;

/// Configuration that both functions share.
#[derive(Debug, Clone)]
pub struct Common {
    table: String,
    bus: String,
    runner: RunnerConfig,
    /// Bucket for suites, evidence and large lease results.
    pub bucket: String,
    /// Models of the deployment.
    pub models: Models,
}

/// Configuration of `eval-runner-plan`.
#[derive(Debug, Clone)]
pub struct PlanConfig {
    /// Table, bus, bucket and models.
    pub common: Common,
    /// Tables whose outboxes contain the events of the fleet.
    pub outboxes: Tables,
    /// Maximum ceiling of a run, in US dollars.
    pub max_usd: f64,
    /// Maximum duration of one case.
    pub case_timeout: Duration,
    /// Sources that may request runs, in addition to the fleet itself.
    pub requesters: Sources,
}

/// Configuration of `eval-runner-case`.
#[derive(Debug, Clone)]
pub struct CaseConfig {
    /// Table, bus, bucket and models.
    pub common: Common,
    /// Name of the leases table.
    pub leases_table: String,
}

impl Common {
    fn from_vars(vars: &mut Vars) -> Self {
        Self {
            table: vars.string(variables::METRICS_TABLE),
            bus: vars.string(variables::BUS),
            runner: RunnerConfig::with_dead_letters(vars),
            bucket: vars.string(variables::ARTIFACT_BUCKET),
            models: vars.parsed(variables::MODELS).unwrap_or_default(),
        }
    }

    /// The queue consumer of `function`, with the runs table.
    #[must_use]
    pub fn connect(&self, sdk: &SdkConfig, function: FunctionName, origins: Origins) -> Consumer {
        let flow = Flow {
            ledger: Ledger::connect(sdk, &self.table),
            bus: headgate_bus::Bus::connect(sdk, &self.bus),
            function,
            clock: jiff::Timestamp::now,
        };
        Consumer { flow, runner: self.runner.connect(sdk, function), origins }
    }

    /// The store for suites and evidence.
    #[must_use]
    pub fn artifacts(&self, sdk: &SdkConfig) -> Artifacts {
        Artifacts::connect(sdk, &self.bucket)
    }
}

impl PlanConfig {
    /// Reads the environment of the process.
    ///
    /// # Errors
    /// Every missing or bad variable.
    pub fn from_env() -> Result<Self, ConfigError> {
        let mut vars = Vars::from_env();
        let config = Self {
            common: Common::from_vars(&mut vars),
            outboxes: Tables::of_outboxes(&mut vars),
            max_usd: vars.parsed(variables::EVAL_MAX_USD).unwrap_or_default(),
            case_timeout: Duration::from_secs(
                vars.parsed(variables::EVAL_CASE_TIMEOUT_SECONDS).unwrap_or_default(),
            ),
            requesters: vars.parsed(variables::EVAL_REQUESTERS).unwrap_or_default(),
        };
        vars.finish(Some(config))
    }
}

impl CaseConfig {
    /// The queue consumer. It looks no request up in an outbox: see [`crate::case::run`].
    #[must_use]
    pub fn connect(&self, sdk: &SdkConfig, function: FunctionName) -> Consumer {
        self.common.connect(sdk, function, Origins::unchecked())
    }

    /// Reads the environment of the process.
    ///
    /// # Errors
    /// Every missing or bad variable.
    pub fn from_env() -> Result<Self, ConfigError> {
        let mut vars = Vars::from_env();
        let config = Self {
            common: Common::from_vars(&mut vars),
            leases_table: vars.string(variables::LEASES_TABLE),
        };
        vars.finish(Some(config))
    }
}
