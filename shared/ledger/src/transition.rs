//! State transitions: all writes, the dedupe marker and the outbox in one transaction.

use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{AttributeValue, Put, TransactWriteItem};
use headgate_events::Outgoing;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::error::LedgerError;
use crate::item::{Item, Stored, encode, key_attributes};
use crate::key::{Key, Listing};
use crate::read::Ledger;

/// How long a marker is kept: longer than a dead-letter queue keeps a message (14 days), so that a
/// redriven message still finds it.
pub const MARKER_DAYS: i64 = 90;

/// That a consumer has processed an event, and what it had to publish.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Marker {
    /// Events that follow from the transition.
    pub outbox: Vec<Outgoing>,
}

/// Writes that happen together or not at all.
#[derive(Debug, Default)]
pub struct Transition {
    puts: Vec<(Item, Option<u64>, String)>,
    marker: Option<(Key, Vec<Outgoing>, Timestamp)>,
}

/// What became of a transition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Commit {
    /// Everything was written.
    Applied,
    /// The marker was there: the event was processed before. Nothing was written.
    Duplicate,
    /// An item was written by somebody else since it was read. Nothing was written.
    Conflict,
}

impl Transition {
    /// An empty transition.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Writes a new item; a conflict if it exists.
    ///
    /// # Errors
    /// [`LedgerError::Json`].
    pub fn create(self, key: &Key, value: &impl Serialize) -> Result<Self, LedgerError> {
        self.put(key, value, None, None)
    }

    /// Writes an item that follows the version that was read, or a new one where none was.
    ///
    /// # Errors
    /// [`LedgerError::Json`].
    pub fn put(
        mut self,
        key: &Key,
        value: &impl Serialize,
        follows: Option<u64>,
        listing: Option<&Listing>,
    ) -> Result<Self, LedgerError> {
        let item = encode(key, value, follows.unwrap_or(0) + 1, listing)?;
        self.puts.push((item, follows, key.to_string()));
        Ok(self)
    }

    /// Marks the event as processed and keeps what is to be published.
    #[must_use]
    pub fn marked(mut self, marker: Key, outbox: Vec<Outgoing>, now: Timestamp) -> Self {
        self.marker = Some((marker, outbox, now));
        self
    }

    /// Where the marker goes and what the outbox holds.
    #[must_use]
    pub fn outbox(&self) -> Option<(&Key, &[Outgoing])> {
        self.marker.as_ref().map(|(key, outbox, _)| (key, outbox.as_slice()))
    }
}

impl Ledger {
    /// Commits a transition.
    ///
    /// # Errors
    /// [`LedgerError`]. A timeout may hide a commit that took effect; to try again is safe, because
    /// the marker or the versions answer then.
    pub async fn commit(&self, transition: &Transition) -> Result<Commit, LedgerError> {
        let mut writes = Vec::with_capacity(transition.puts.len() + 1);
        if let Some((key, outbox, now)) = &transition.marker {
            let mut item = encode(key, &Marker { outbox: outbox.clone() }, 1, None)?;
            let ttl = *now + SignedDuration::from_hours(24 * MARKER_DAYS);
            item.insert("ttl".into(), AttributeValue::N(ttl.as_second().to_string()));
            if outbox.is_empty() {
                item.insert("published".into(), AttributeValue::Bool(true));
            }
            writes.push(self.write(item, None)?);
        }
        for (item, follows, _) in &transition.puts {
            writes.push(self.write(item.clone(), *follows)?);
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
        if transition.marker.is_some() && codes.first().is_some_and(|c| failed(&c)) {
            return Ok(Commit::Duplicate);
        }
        if codes.iter().any(|c| failed(c) || *c == "TransactionConflict") {
            let keys: Vec<_> = transition.puts.iter().map(|p| p.2.as_str()).collect();
            tracing::debug!(ledger.keys = ?keys, ledger.reasons = ?codes, "conflict");
            return Ok(Commit::Conflict);
        }
        Err(LedgerError::Transact(Box::new(error)))
    }

    /// The marker of an event, and whether its outbox was published.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub async fn marker(&self, key: &Key) -> Result<Option<(Marker, bool)>, LedgerError> {
        let answer = self
            .client
            .get_item()
            .table_name(&self.table)
            .set_key(Some(key_attributes(key)))
            .consistent_read(true)
            .send()
            .await
            .map_err(|e| LedgerError::Get(Box::new(e)))?;
        let Some(item) = answer.item else { return Ok(None) };
        let published = item.get("published").is_some_and(|v| v.as_bool() == Ok(&true));
        let Stored { value, .. } = crate::item::decode(&item)?;
        Ok(Some((value, published)))
    }

    /// Remembers that the outbox of a marker is on the bus.
    ///
    /// # Errors
    /// [`LedgerError::Mark`].
    pub async fn mark_published(&self, key: &Key) -> Result<(), LedgerError> {
        self.client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(key_attributes(key)))
            .update_expression("SET published = :yes")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_values(":yes", AttributeValue::Bool(true))
            .send()
            .await
            .map(|_| ())
            .map_err(|e| LedgerError::Mark(Box::new(e)))
    }

    fn write(&self, item: Item, follows: Option<u64>) -> Result<TransactWriteItem, LedgerError> {
        let put = Put::builder().table_name(&self.table).set_item(Some(item));
        let put = match follows {
            None => put.condition_expression("attribute_not_exists(pk)"),
            Some(version) => put
                .condition_expression("#v = :v")
                .expression_attribute_names("#v", "version")
                .expression_attribute_values(":v", AttributeValue::N(version.to_string())),
        };
        let put = put.build().map_err(|e| LedgerError::Build(Box::new(e)))?;
        Ok(TransactWriteItem::builder().put(put).build())
    }
}
