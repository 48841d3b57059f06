//! `/v1/log` and receipts: the transparency log.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use headgate_log::Receipt;

/// The transparency log. Keep the public key and a checkpoint where the fleet cannot reach them: with both, anybody can find a rewritten history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Log {
    /// Public key of the log, as `name+id+key` (<https://c2sp.org/signed-note>).
    pub public_key: String,
    /// Number of leaves of the newest checkpoint.
    pub size: u64,
    /// The newest checkpoint, a signed note (<https://c2sp.org/tlog-checkpoint>).
    pub checkpoint: String,
}
