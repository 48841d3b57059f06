//! Leaves whose order is decided, but which may not be published.

use headgate_events::Versioned;
use headgate_ledger::Key;
use headgate_log_store::{Known, Placed};
use serde::{Deserialize, Serialize};

/// Leaves that were appended together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Batch {
    /// Position of the first leaf.
    pub(crate) first: u64,
    /// The leaves, as text.
    pub(crate) leaves: Vec<String>,
    /// The timelines that they belong to.
    pub(crate) runs: Vec<Run>,
}

impl Versioned for Batch {}

impl Batch {
    pub(crate) fn key(first: u64) -> Key {
        Key::named("LOG", format!("BATCH#{first:016}"))
    }
}

/// Entries of one timeline that follow each other in the log, if there are any.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Run {
    /// What is known of the timeline after it.
    pub(crate) after: Known,
    /// Where they are; nowhere, if a restore left no entries.
    pub(crate) placed: Option<Placed>,
}
