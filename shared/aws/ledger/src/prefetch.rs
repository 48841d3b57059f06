//! Reads through a view, and reads of many items at once.

use std::collections::{HashMap, HashSet};

use aws_sdk_dynamodb::types::{AttributeValue, KeysAndAttributes};
use futures::future::try_join_all;

use crate::error::LedgerError;
use crate::item::key_attributes;
use crate::key::Key;
use crate::limits::{MAX_PARTITION_KEY, MAX_SORT_KEY};
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

    /// The same table, read without any view.
    #[must_use]
    pub fn fresh(&self) -> Self {
        Self { view: None, ..self.clone() }
    }

    /// Reads many items into the view at once, with consistent reads. Items that DynamoDB leaves out because the
    /// answer is too large are read later, one by one, and so are keys that it does not take. Does nothing without a view.
    ///
    /// # Errors
    /// [`LedgerError::BatchGet`].
    pub async fn prefetch(&self, keys: Vec<Key>) -> Result<(), LedgerError> {
        let Some(view) = &self.view else { return Ok(()) };
        // A key that is there twice, or that is no key, makes the request invalid for all others.
        let mut known = HashSet::new();
        let new = |key: &Key| {
            is_valid(key) && view.seen(&self.table, key).is_none() && known.insert(key.clone())
        };
        let wanted: Vec<_> = keys.into_iter().filter(new).collect();
        try_join_all(wanted.chunks(MOST_KEYS).map(|keys| self.read_into(view, keys))).await?;
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

/// Whether DynamoDB takes a key. Parts of some keys come from senders of events.
pub(crate) fn is_valid(Key { pk, sk }: &Key) -> bool {
    (1..=MAX_PARTITION_KEY).contains(&pk.len()) && (1..=MAX_SORT_KEY).contains(&sk.len())
}

fn key_of(item: &HashMap<String, AttributeValue>) -> Option<Key> {
    let text = |name: &str| item.get(name)?.as_s().ok().cloned();
    Some(Key { pk: text("pk")?, sk: text("sk")? })
}
