//! How a consumer is put together from its environment.

use aws_config::SdkConfig;
use headgate_batch::DeadLetterQueue;
use headgate_bus::Bus;
use headgate_ledger::Ledger;
use headgate_runtime::BUILD;
use headgate_runtime::config::Vars;

use crate::flow::Flow;

/// What every function that changes state is told by its environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlowConfig {
    ledger_table: String,
    bus: String,
}

impl FlowConfig {
    /// Reads `HEADGATE_LEDGER_TABLE` and `HEADGATE_BUS`.
    pub fn from_vars(vars: &mut Vars) -> Self {
        Self {
            ledger_table: vars.string("HEADGATE_LEDGER_TABLE"),
            bus: vars.string("HEADGATE_BUS"),
        }
    }

    /// The flow of `function`.
    #[must_use]
    pub fn connect(&self, sdk: &SdkConfig, function: &'static str) -> Flow {
        Flow {
            ledger: Ledger::connect(sdk, &self.ledger_table),
            bus: Bus::connect(sdk, &self.bus),
            function,
            clock: jiff::Timestamp::now,
        }
    }
}

/// What every queue consumer is told besides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsumerConfig {
    /// Ledger and bus.
    pub flow: FlowConfig,
    dlq_url: String,
}

impl ConsumerConfig {
    /// Reads `HEADGATE_DLQ_URL` and what [`FlowConfig`] reads.
    pub fn from_vars(vars: &mut Vars) -> Self {
        Self { flow: FlowConfig::from_vars(vars), dlq_url: vars.string("HEADGATE_DLQ_URL") }
    }

    /// The dead-letter queue of `function`.
    #[must_use]
    pub fn dead_letters(&self, sdk: &SdkConfig, function: &'static str) -> DeadLetterQueue {
        DeadLetterQueue::connect(sdk, &self.dlq_url, function, BUILD)
    }
}
