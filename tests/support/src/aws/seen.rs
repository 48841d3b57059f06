//! What a handler has written and published.

use serde_json::{Value, json};

use super::{Aws, Item};
use crate::mask::{mask_uuids, masked, masked_by};

impl Aws {
    /// Everything that was written, published and marked; ids that are drawn at random are masked.
    #[must_use]
    pub fn record(&self) -> Value {
        let state = self.state();
        masked(&json!({
            "written": state.writes, "published": state.published, "outboxes marked": state.marked,
        }))
    }

    /// The same with every UUID masked: for handlers that derive event ids from an id that they draw.
    #[must_use]
    pub fn record_without_ids(&self) -> Value {
        masked_by(&self.record(), &|text| mask_uuids(text, |_| true))
    }

    /// Bodies of all items that a test put there or, after [`Self::storing`], that a handler wrote; by key.
    #[must_use]
    pub fn stored(&self) -> std::collections::BTreeMap<String, Value> {
        let state = self.state();
        let body = |item: &Item| serde_json::from_str(item["body"].as_s().unwrap()).unwrap();
        state.items.iter().map(|((pk, sk), item)| (format!("{pk}/{sk}"), body(item))).collect()
    }

    /// Types of the published events.
    #[must_use]
    pub fn published(&self) -> Vec<String> {
        let state = self.state();
        state.published.iter().map(|e| e["type"].as_str().unwrap().to_owned()).collect()
    }

    /// The published events, as EventBridge puts them into a queue.
    #[must_use]
    pub fn delivered(&self) -> Vec<String> {
        self.state().delivered.clone()
    }

    /// Number of transactions, those that were refused included.
    #[must_use]
    pub fn transactions(&self) -> usize {
        self.state().transactions
    }

    /// Number of items that were written.
    #[must_use]
    pub fn writes(&self) -> usize {
        self.state().writes.len()
    }
}
