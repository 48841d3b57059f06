//! `/v1/environments`: what the fleet serves.

use headgate_domain::environment::Environment;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The environments that the fleet serves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Environments {
    /// Account, region, gate, limits, windows and freezes of each. How an apply gets its credentials (`access`) is withheld.
    pub environments: Vec<Environment>,
}
