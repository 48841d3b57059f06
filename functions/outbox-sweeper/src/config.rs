//! Configuration of `outbox-sweeper`.

use headgate_outbox::Tables;
use headgate_runtime::config::{ConfigError, Vars};
use headgate_runtime::variables;

/// Settings of `outbox-sweeper`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SweeperConfig {
    /// Tables with markers.
    pub tables: Tables,
    /// Name of the event bus.
    pub bus: String,
}

impl SweeperConfig {
    /// Reads the settings from environment variables.
    ///
    /// # Errors
    /// Names every missing or invalid variable.
    pub fn from_env() -> Result<Self, ConfigError> {
        let mut vars = Vars::from_env();
        let bus = vars.string(variables::BUS);
        let tables = vars.parsed(variables::OUTBOX_TABLES);
        vars.finish(tables.map(|tables| Self { tables, bus }))
    }
}
