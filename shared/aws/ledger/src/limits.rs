//! Limits that are checked before a commit. What DynamoDB refuses would be retried in vain; what EventBridge refuses
//! after the commit would never be published.
//!
//! Sources: the quotas of DynamoDB (400 KB for an item; 100 items and 4 MB for a transaction) and
//! [`MAX_DETAIL_BYTES`].

use aws_sdk_dynamodb::types::AttributeValue;
use headgate_events::{MAX_DETAIL_BYTES, Outgoing};

use crate::error::LedgerError;
use crate::item::Item;
use crate::key::Key;

/// Largest item, in bytes. Names of attributes count.
pub const MAX_ITEM_BYTES: usize = 400 * 1024;
/// Most bytes of a transaction.
pub const MAX_TRANSACTION_BYTES: usize = 4 * 1024 * 1024;
/// Most writes and checks of a transaction.
pub const MAX_TRANSACTION_ITEMS: usize = 100;

/// Longest partition key, in bytes.
pub(crate) const MAX_PARTITION_KEY: usize = 2048;
/// Longest sort key, in bytes.
pub(crate) const MAX_SORT_KEY: usize = 1024;

/// Size of an item, as DynamoDB counts it. A number counts a little more here than there.
pub(crate) fn size(item: &Item) -> usize {
    let value = |value: &AttributeValue| match value {
        AttributeValue::S(text) => text.len(),
        AttributeValue::N(digits) => digits.len() + 1,
        // Items of the ledger have no other attributes than these and booleans.
        _ => 1,
    };
    item.iter().map(|(name, v)| name.len() + value(v)).sum()
}

/// Checks all items of a transaction that has `writes` writes and checks.
///
/// # Errors
/// [`LedgerError::TooLarge`] for the first limit that is exceeded.
pub(crate) fn transaction<'a>(
    items: impl IntoIterator<Item = (&'a Key, &'a Item)>,
    writes: usize,
) -> Result<(), LedgerError> {
    let mut all = 0;
    for (key, item) in items {
        let bytes = size(item);
        within(&format!("item {key}"), bytes, MAX_ITEM_BYTES, "bytes")?;
        all += bytes;
    }
    within("the transaction", all, MAX_TRANSACTION_BYTES, "bytes")?;
    within("the transaction", writes, MAX_TRANSACTION_ITEMS, "items")
}

/// Checks that the bus takes every event.
///
/// # Errors
/// [`LedgerError::TooLarge`], or [`LedgerError::Json`].
pub(crate) fn outbox(events: &[Outgoing]) -> Result<(), LedgerError> {
    for Outgoing { id, kind, detail, .. } in events {
        let bytes = serde_json::to_string(detail).map_err(LedgerError::Json)?.len();
        within(&format!("event {id} ({kind})"), bytes, MAX_DETAIL_BYTES, "bytes")?;
    }
    Ok(())
}

fn within(what: &str, found: usize, limit: usize, unit: &'static str) -> Result<(), LedgerError> {
    if found > limit {
        return Err(LedgerError::TooLarge { what: what.to_owned(), found, limit, unit });
    }
    Ok(())
}
