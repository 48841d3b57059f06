//! State transitions. One transaction contains all writes, the marker and the outbox.

use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{AttributeValue, ConditionCheck, Put, TransactWriteItem};
use headgate_events::Outgoing;
use headgate_events::Versioned;
use jiff::Timestamp;

use crate::error::LedgerError;
use crate::item::{Item, encode, key_attributes};
use crate::key::{Key, Listing};
use crate::read::Ledger;
use crate::{limits, marker};

/// Writes that are committed in one transaction.
#[derive(Debug, Default)]
pub struct Transition {
    pub(crate) puts: Vec<PutItem>,
    pub(crate) marker: Option<(Key, Timestamp)>,
    pub(crate) outbox: Vec<Outgoing>,
    pub(crate) unchanged: Vec<(Key, u64)>,
}

/// What must be in the table when an item is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Follows {
    Nothing,
    Version(u64),
    /// Whatever is there.
    Anything,
}

impl From<Option<u64>> for Follows {
    fn from(version: Option<u64>) -> Self {
        version.map_or(Self::Nothing, Self::Version)
    }
}

#[derive(Debug)]
pub(crate) struct PutItem {
    pub(crate) item: Item,
    pub(crate) follows: Follows,
    pub(crate) key: Key,
    /// A table other than the ledger's own.
    pub(crate) table: Option<String>,
}

/// Result of a commit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Commit {
    /// Everything was written.
    Applied,
    /// The marker already exists, so the event was already processed. Nothing was written.
    Duplicate,
    /// Another writer changed an item after it was read. Nothing was written.
    Conflict,
}

impl Transition {
    /// Creates an empty transition.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Writes a new item. If the item exists, the commit is a conflict.
    ///
    /// # Errors
    /// [`LedgerError::Json`].
    pub fn create(self, key: &Key, value: &impl Versioned) -> Result<Self, LedgerError> {
        self.put(key, value, None, None)
    }

    /// Writes an item that replaces version `follows`, or a new item if that is `None`.
    ///
    /// # Errors
    /// [`LedgerError::Json`].
    pub fn put(
        mut self,
        key: &Key,
        value: &impl Versioned,
        follows: Option<u64>,
        listing: Option<&Listing>,
    ) -> Result<Self, LedgerError> {
        let item = encode(key, value, follows.unwrap_or(0) + 1, listing)?;
        self.puts.push(PutItem { item, follows: follows.into(), key: key.clone(), table: None });
        Ok(self)
    }

    /// Writes an item in another table in the same transaction.
    ///
    /// # Errors
    /// [`LedgerError::Json`].
    pub fn put_in(
        mut self,
        other: &Ledger,
        key: &Key,
        value: &impl Versioned,
        follows: Option<u64>,
    ) -> Result<Self, LedgerError> {
        let item = encode(key, value, follows.unwrap_or(0) + 1, None)?;
        let table = Some(other.table.clone());
        self.puts.push(PutItem { item, follows: follows.into(), key: key.clone(), table });
        Ok(self)
    }

    /// Writes an item with a version of the caller's, whatever is there: another item of the transition must make sure that versions only grow.
    pub(crate) fn overwrite(
        mut self,
        key: &Key,
        value: &impl Versioned,
        version: u64,
        listing: &Listing,
    ) -> Result<Self, LedgerError> {
        let item = encode(key, value, version, Some(listing))?;
        let follows = Follows::Anything;
        self.puts.push(PutItem { item, follows, key: key.clone(), table: None });
        Ok(self)
    }

    /// Commits only if an item still has the version that was read.
    #[must_use]
    pub fn unchanged(mut self, key: &Key, version: u64) -> Self {
        self.unchanged.push((key.clone(), version));
        self
    }

    /// Adds an event to publish after the commit. The marker stores the event, so a transition with events
    /// needs [`Self::marked`].
    #[must_use]
    pub fn publishing(mut self, event: Outgoing) -> Self {
        self.outbox.push(event);
        self
    }

    /// Adds a marker. If the marker already exists, the commit is a duplicate and writes nothing.
    #[must_use]
    pub fn marked(mut self, marker: Key, now: Timestamp) -> Self {
        self.marker = Some((marker, now));
        self
    }

    /// The writes in one other table, without a marker and events.
    #[must_use]
    pub fn only_in(mut self, other: &Ledger) -> Self {
        self.puts.retain(|put| put.table.as_ref() == Some(&other.table));
        Self { puts: self.puts, ..Self::default() }
    }

    /// The marker, if any.
    #[must_use]
    pub fn marker(&self) -> Option<&Key> {
        self.marker.as_ref().map(|(key, _)| key)
    }

    /// Events to publish after the commit.
    #[must_use]
    pub fn outbox(&self) -> &[Outgoing] {
        &self.outbox
    }
}

impl Ledger {
    /// Commits a transition.
    ///
    /// # Errors
    /// [`LedgerError::TooLarge`] before anything is written. Other [`LedgerError`]s: after a timeout the commit may have taken effect. A retry is safe, because it finds
    /// the marker or the new versions.
    pub async fn commit(&self, transition: &Transition) -> Result<Commit, LedgerError> {
        debug_assert!(transition.outbox.is_empty() || transition.marker.is_some());
        limits::outbox(&transition.outbox)?;
        let marker = match &transition.marker {
            Some((key, now)) => Some((key, marker::item(key, &transition.outbox, *now)?)),
            None => None,
        };
        let count =
            usize::from(marker.is_some()) + transition.puts.len() + transition.unchanged.len();
        let puts = transition.puts.iter().map(|p| (&p.key, &p.item));
        let first = marker.iter().map(|(key, item)| (*key, item));
        limits::transaction(first.chain(puts), count)?;
        let mut writes = Vec::with_capacity(count);
        // The marker is first: `Commit::Duplicate` looks at the first reason.
        if let Some((_, item)) = marker {
            writes.push(write(&self.table, item, Follows::Nothing)?);
        }
        for PutItem { item, follows, table, .. } in &transition.puts {
            let table = table.as_deref().unwrap_or(&self.table);
            writes.push(write(table, item.clone(), *follows)?);
        }
        for (key, version) in &transition.unchanged {
            writes.push(check(&self.table, key, *version)?);
        }
        if writes.is_empty() {
            return Ok(Commit::Applied); // DynamoDB rejects an empty transaction
        }
        let result =
            self.client.transact_write_items().set_transact_items(Some(writes)).send().await;
        let Err(error) = result else { return Ok(Commit::Applied) };
        let Some(TransactWriteItemsError::TransactionCanceledException(canceled)) =
            error.as_service_error()
        else {
            return Err(LedgerError::Transact(Box::new(error)));
        };
        let codes: Vec<_> =
            canceled.cancellation_reasons().iter().map(|r| r.code().unwrap_or("None")).collect();
        let failed = |code: &&str| *code == "ConditionalCheckFailed";
        if transition.marker.is_some() && codes.first().is_some_and(failed) {
            return Ok(Commit::Duplicate);
        }
        if codes.iter().any(|c| failed(c) || *c == "TransactionConflict") {
            let keys: Vec<_> = transition.puts.iter().map(|p| p.key.to_string()).collect();
            tracing::debug!(ledger.keys = ?keys, ledger.reasons = ?codes, "conflict");
            return Ok(Commit::Conflict);
        }
        Err(LedgerError::Transact(Box::new(error)))
    }
}

fn check(table: &str, key: &Key, version: u64) -> Result<TransactWriteItem, LedgerError> {
    let check = ConditionCheck::builder()
        .table_name(table)
        .set_key(Some(key_attributes(key)))
        .condition_expression("#v = :v")
        .expression_attribute_names("#v", "version")
        .expression_attribute_values(":v", AttributeValue::N(version.to_string()))
        .build()
        .map_err(|e| LedgerError::Build(Box::new(e)))?;
    Ok(TransactWriteItem::builder().condition_check(check).build())
}

pub(crate) fn write(
    table: &str,
    item: Item,
    follows: Follows,
) -> Result<TransactWriteItem, LedgerError> {
    let put = Put::builder().table_name(table).set_item(Some(item));
    let put = match follows {
        Follows::Anything => put,
        Follows::Nothing => put.condition_expression("attribute_not_exists(pk)"),
        Follows::Version(version) => put
            .condition_expression("#v = :v")
            .expression_attribute_names("#v", "version")
            .expression_attribute_values(":v", AttributeValue::N(version.to_string())),
    };
    let put = put.build().map_err(|e| LedgerError::Build(Box::new(e)))?;
    Ok(TransactWriteItem::builder().put(put).build())
}
