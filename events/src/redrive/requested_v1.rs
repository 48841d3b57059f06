//! `redrive.requested.v1`: an operator wants a group of quarantined messages processed after all.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Payload;

/// A run of redrives was asked for. The envelope's `subject` is the fingerprint of the group, its
/// `actor` the operator.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RedriveRequested {
    /// The run.
    pub run_id: String,
    /// The group.
    pub fingerprint: String,
    /// The consumer that is to process the messages.
    pub consumer: String,
    /// Its build, when the run was asked for.
    pub build: String,
    /// Whether that is the build that failed.
    pub forced: bool,
    /// Why, in the operator's words.
    pub reason: String,
}

impl Payload for RedriveRequested {
    const TYPE: &'static str = "redrive.requested.v1";
}
