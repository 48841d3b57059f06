//! How far the log is, and what it has of each timeline.

use headgate_domain::timeline::GENESIS;
use headgate_events::{EngagementId, Versioned};
use headgate_ledger::Key;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The state of the log. Its version makes sure that there is one order of leaves.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogState {
    /// The log's public key.
    pub key: String,
    /// Name of the ledger's table.
    #[serde(default)]
    pub ledger: String,
    /// Since when it has that name: after a restore it has another.
    #[serde(default)]
    pub since: Timestamp,
    /// Number of leaves whose order is decided.
    pub size: u64,
    /// Root of their tree, in base64; empty if there are none.
    pub root: String,
    /// Number of leaves that a published checkpoint covers.
    pub published: u64,
    /// Root of those.
    pub published_root: String,
}

impl Versioned for LogState {}

impl LogState {
    /// The only item of this kind.
    #[must_use]
    pub fn key() -> Key {
        Key::named("LOG", "STATE")
    }
}

/// What the log has of a timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// Id of the engagement.
    pub engagement_id: EngagementId,
    /// Position of the last entry that was logged.
    pub seq: u64,
    /// Its hash.
    pub hash: String,
    /// How often the timeline began again, after a restore.
    pub epoch: u32,
    /// Name of the table that the entries are from.
    pub table: String,
}

impl Versioned for Known {}

impl Known {
    /// A timeline that is not in the log yet.
    #[must_use]
    pub fn nothing(engagement: &EngagementId, table: &str) -> Self {
        Self {
            engagement_id: engagement.clone(),
            seq: 0,
            hash: GENESIS.to_owned(),
            epoch: 0,
            table: table.to_owned(),
        }
    }

    /// Its item in the log's table.
    #[must_use]
    pub fn key(engagement: &EngagementId) -> Key {
        Key::named(format!("TIMELINE#{engagement}"), "KNOWN")
    }
}
