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
    /// Serializes the event for the bus, with the part of its engagement as `partitionkey`: the extension of CloudEvents for grouping
    /// (<https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/extensions/partitioning.md>). It says which queue is best for
    /// the event, and nothing else, so it is not in the schemas, and events without it are as good.
    ///
    /// # Errors
    /// If `data` cannot be serialized as JSON. The types of this crate always can.
    pub fn outgoing(&self) -> Result<Outgoing, serde_json::Error> {
        let mut detail = serde_json::to_value(self)?;
        if let Some(envelope) = detail.as_object_mut() {
            envelope.insert("partitionkey".to_owned(), self.correlationid.partition_key().into());
        }
        Ok(Outgoing {
            id: self.id.clone(),
            source: self.source.clone(),
            kind: self.kind.clone(),
            detail,
        })
    }
}
