//! What transitions that are committed together have read, and what they are about to write.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::item::Item;
use crate::key::Key;

type Seen = HashMap<(String, Key), Option<Item>>;

/// Remembers reads of single items, and contains the writes of a [`crate::Group`] before they are committed. A
/// [`crate::Ledger::through`] a view reads each item at most once. Nothing is locked: the commit fails if another
/// writer has changed an item that it replaces. Lists and queries do not go through a view.
#[derive(Debug, Clone, Default)]
pub struct View(Arc<Mutex<Seen>>);

impl View {
    /// Creates an empty view.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn items(&self) -> MutexGuard<'_, Seen> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The item at `key`, if the view knows it; the inner value is `None` if there is no such item.
    pub(crate) fn seen(&self, table: &str, key: &Key) -> Option<Option<Item>> {
        self.items().get(&(table.to_owned(), key.clone())).cloned()
    }

    pub(crate) fn keep(&self, table: &str, key: &Key, item: Option<Item>) {
        self.items().insert((table.to_owned(), key.clone()), item);
    }
}
