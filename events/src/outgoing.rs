//! An event that is ready to be published.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::envelope::{Event, Payload};

/// A serialized event with the fields of its EventBridge entry. The outbox stores it until it is published,
/// so that a republish sends the same bytes.
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
    /// If `data` cannot be serialized as JSON. The types of this crate always can.
    pub fn outgoing(&self) -> Result<Outgoing, serde_json::Error> {
        Ok(Outgoing {
            id: self.id.clone(),
            source: self.source.clone(),
            kind: self.kind.clone(),
            detail: serde_json::to_value(self)?,
        })
    }
}
