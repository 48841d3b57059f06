//! An event ready to be put on the bus.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::envelope::{Event, Payload};

/// A serialized event with what EventBridge needs beside it. It is kept in the outbox until it is
/// published, so that a republish is the same bytes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outgoing {
    /// The event's id.
    pub id: String,
    /// `source` of the entry.
    pub source: String,
    /// `detail-type` of the entry.
    pub kind: String,
    /// `detail` of the entry.
    pub detail: Value,
}

impl<T: Payload> Event<T> {
    /// Serializes the event for the bus.
    ///
    /// # Errors
    /// When `data` has no JSON form; the types of this crate all have.
    pub fn outgoing(&self) -> Result<Outgoing, serde_json::Error> {
        Ok(Outgoing {
            id: self.id.clone(),
            source: self.source.clone(),
            kind: self.kind.clone(),
            detail: serde_json::to_value(self)?,
        })
    }
}
