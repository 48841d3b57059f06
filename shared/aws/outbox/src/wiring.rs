//! Builds consumers from environment variables.

use std::str::FromStr;
use std::time::Duration;

use aws_config::SdkConfig;
use headgate_batch::{Backoff, BatchLimits, Runner};
use headgate_bus::Bus;
use headgate_events::FunctionName;
use headgate_ledger::Ledger;
use headgate_runtime::config::Vars;
use headgate_runtime::variables;

use crate::consume::Consumer;
use crate::flow::Flow;
use crate::origins::Origins;

/// Configuration of every function that changes state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlowConfig {
    ledger_table: String,
    bus: String,
}

impl FlowConfig {
    /// Reads `HEADGATE_LEDGER_TABLE` and `HEADGATE_BUS`.
    pub fn from_vars(vars: &mut Vars) -> Self {
        Self {
            ledger_table: vars.string(variables::LEDGER_TABLE),
            bus: vars.string(variables::BUS),
        }
    }

    /// Connects the flow of `function`.
    #[must_use]
    pub fn connect(&self, sdk: &SdkConfig, function: FunctionName) -> Flow {
        Flow {
            ledger: Ledger::connect(sdk, &self.ledger_table),
            bus: Bus::connect(sdk, &self.bus),
            function,
            clock: jiff::Timestamp::now,
        }
    }
}

/// Configuration of every queue consumer: a flow and a runner with a dead-letter queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsumerConfig {
    flow: FlowConfig,
    runner: RunnerConfig,
    outboxes: Tables,
}

/// Names of tables, from a JSON list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tables(pub Vec<String>);

impl FromStr for Tables {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let names: Vec<String> = serde_json::from_str(text).map_err(|e| e.to_string())?;
        if names.is_empty() {
            return Err("name at least one table".to_owned());
        }
        Ok(Self(names))
    }
}

impl Tables {
    /// Reads `HEADGATE_OUTBOX_TABLES`.
    pub fn of_outboxes(vars: &mut Vars) -> Self {
        vars.parsed(variables::OUTBOX_TABLES).unwrap_or_default()
    }

    /// Looks up events of the fleet in the outboxes of these tables.
    #[must_use]
    pub fn origins(&self, sdk: &SdkConfig) -> Origins {
        Origins::of(self.0.iter().map(|name| Ledger::connect(sdk, name)).collect())
    }
}

/// Configuration of every batch runner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunnerConfig {
    build: String,
    dlq_url: Option<String>,
    retry_base: Duration,
}

impl ConsumerConfig {
    /// Reads the variables of [`FlowConfig`], [`RunnerConfig::with_dead_letters`] and [`Tables::of_outboxes`].
    pub fn from_vars(vars: &mut Vars) -> Self {
        Self {
            flow: FlowConfig::from_vars(vars),
            runner: RunnerConfig::with_dead_letters(vars),
            outboxes: Tables::of_outboxes(vars),
        }
    }

    /// Connects the consumer of `function`.
    #[must_use]
    pub fn connect(&self, sdk: &SdkConfig, function: FunctionName) -> Consumer {
        let runner = self.runner.connect(sdk, function);
        let origins = self.outboxes.origins(sdk);
        Consumer { flow: self.flow.connect(sdk, function), runner, origins }
    }
}

impl RunnerConfig {
    /// Reads `HEADGATE_BUILD` and `HEADGATE_RETRY_BASE_SECONDS`, without a dead-letter queue.
    pub fn from_vars(vars: &mut Vars) -> Self {
        let build = vars.string(variables::BUILD);
        let seconds = vars.parsed(variables::RETRY_BASE_SECONDS).unwrap_or_default();
        Self { build, dlq_url: None, retry_base: Duration::from_secs(seconds) }
    }

    /// Reads `HEADGATE_DLQ_URL` and the variables of [`Self::from_vars`].
    pub fn with_dead_letters(vars: &mut Vars) -> Self {
        let dlq_url = Some(vars.string(variables::DLQ_URL));
        Self { dlq_url, ..Self::from_vars(vars) }
    }

    /// Connects the runner of `function`.
    #[must_use]
    pub fn connect(&self, sdk: &SdkConfig, function: FunctionName) -> Runner {
        let backoff = Backoff { base: self.retry_base, ..Backoff::default() };
        let runner = Runner::new(aws_sdk_sqs::Client::new(sdk), function.as_str(), &self.build)
            .namespace("Headgate")
            .limits(BatchLimits { backoff, ..BatchLimits::default() });
        match &self.dlq_url {
            Some(url) => runner.dead_letters(url),
            None => runner,
        }
    }
}
