//! Reads through a view, and reads of many items at once.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::{AttributeValue, KeysAndAttributes};

use crate::error::LedgerError;
use crate::item::key_attributes;
use crate::key::Key;
use crate::read::Ledger;
use crate::view::View;

/// Most keys of a `BatchGetItem`.
const MOST_KEYS: usize = 100;

impl Ledger {
    /// The same table, read through a view.
    #[must_use]
    pub fn through(&self, view: &View) -> Self {
        Self { view: Some(view.clone()), ..self.clone() }
    }

    /// Reads many items into the view at once, with consistent reads. Items that DynamoDB leaves out because the
    /// answer is too large are read later, one by one. Does nothing without a view.
    ///
    /// # Errors
    /// [`LedgerError::BatchGet`].
    pub async fn prefetch(&self, keys: Vec<Key>) -> Result<(), LedgerError> {
        let Some(view) = &self.view else { return Ok(()) };
        let mut wanted: Vec<Key> = Vec::with_capacity(keys.len());
        for key in keys {
            // A key that is there twice makes the request invalid.
            if view.seen(&self.table, &key).is_none() && !wanted.contains(&key) {
                wanted.push(key);
            }
        }
        for keys in wanted.chunks(MOST_KEYS) {
            self.read_into(view, keys).await?;
        }
        Ok(())
    }

    async fn read_into(&self, view: &View, keys: &[Key]) -> Result<(), LedgerError> {
        let request = KeysAndAttributes::builder()
            .set_keys(Some(keys.iter().map(key_attributes).collect()))
            .consistent_read(true)
            .build()
            .map_err(|e| LedgerError::Build(Box::new(e)))?;
        let answer = self
            .client
            .batch_get_item()
            .request_items(&self.table, request)
            .send()
            .await
            .map_err(|e| LedgerError::BatchGet(Box::new(e)))?;
        let left = answer.unprocessed_keys().and_then(|tables| tables.get(&self.table));
        let left: Vec<_> = left.iter().flat_map(|k| k.keys()).filter_map(key_of).collect();
        for key in keys.iter().filter(|key| !left.contains(key)) {
            view.keep(&self.table, key, None);
        }
        let found = answer.responses.and_then(|mut tables| tables.remove(&self.table));
        for item in found.unwrap_or_default() {
            if let Some(key) = key_of(&item) {
                view.keep(&self.table, &key, Some(item));
            }
        }
        Ok(())
    }
}

fn key_of(item: &HashMap<String, AttributeValue>) -> Option<Key> {
    let text = |name: &str| item.get(name)?.as_s().ok().cloned();
    Some(Key { pk: text("pk")?, sk: text("sk")? })
}
