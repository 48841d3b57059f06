//! Markers of processed events, each with its outbox, and the list of those that are not published yet.

use aws_sdk_dynamodb::types::AttributeValue;
use headgate_events::{Origin, Outgoing, Versioned, part_of};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::error::LedgerError;
use crate::item::{Item, Stored, decode, encode, key_attributes};
use crate::key::{Key, Listing, MARKER, MARKER_SK};
use crate::list::Position;
use crate::prefetch::is_valid;
use crate::read::Ledger;

/// Days that a marker is kept after its events were published. A dead-letter queue keeps a message for at most
/// 14 days, so a redriven message still finds the marker.
pub const MARKER_DAYS: i64 = 90;

/// Ends of the names of tables with markers, as Terraform gives them.
const TABLES: [&str; 3] = ["-ledger", "-metrics", "-quarantine"];

/// Parts of the list of unpublished markers. A partition of an index takes 1,000 writes a second.
pub const OUTBOX_SHARDS: u8 = 32;

/// Records that a consumer has processed an event, and which events it must publish.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Marker {
    /// Events to publish after the commit.
    pub outbox: Vec<Outgoing>,
}

impl Versioned for Marker {}

impl Listing {
    /// The list of unpublished markers, by time of their commit. [`Ledger::mark_published`] takes a marker
    /// off the list.
    fn unpublished(marker: &Key, committed_at: Timestamp) -> Self {
        // Without the key, which may be longer than the key of an index. Index keys need not be unique.
        Self::named(outbox_list(part_of(&marker.pk, OUTBOX_SHARDS)), committed_at, "")
    }
}

fn outbox_list(shard: u8) -> String {
    format!("OUTBOX#{shard:02}")
}

/// The item of a new marker. Until its events are published it has no end: nothing may delete an event that
/// nobody has published.
pub(crate) fn item(key: &Key, outbox: &[Outgoing], now: Timestamp) -> Result<Item, LedgerError> {
    let published = outbox.is_empty();
    let listing = (!published).then(|| Listing::unpublished(key, now));
    let mut item = encode(key, &Marker { outbox: outbox.to_vec() }, 1, listing.as_ref())?;
    // Also if there is something to publish: then the mark that follows cannot make the item too large.
    item.insert("published".into(), AttributeValue::Bool(published));
    if published {
        item.insert("ttl".into(), ttl(now));
    }
    Ok(item)
}

/// The name of a table without the suffix that it got in a restore. Messages that wait since before the restore name the old table, and their
/// markers are in the new one. Which table is read is never theirs to say.
fn logical(table: &str) -> &str {
    match table.rsplit_once('-') {
        Some((base, _)) if TABLES.iter().any(|kind| base.ends_with(kind)) => base,
        _ => table,
    }
}

fn ttl(now: Timestamp) -> AttributeValue {
    let end = now + SignedDuration::from_hours(24 * MARKER_DAYS);
    AttributeValue::N(end.as_second().to_string())
}

impl Ledger {
    /// Reads the marker of an event, and whether its outbox was published.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub async fn marker(&self, key: &Key) -> Result<Option<(Marker, bool)>, LedgerError> {
        let Some(item) = self.item(key).await? else { return Ok(None) };
        let published = item.get("published").is_some_and(|v| v.as_bool() == Ok(&true));
        let Stored { value, .. } = decode(&item)?;
        Ok(Some((value, published)))
    }

    /// Where the events in the outbox of a marker are kept.
    #[must_use]
    pub fn origin(&self, marker: &Key) -> Origin {
        Origin { table: self.table.clone(), marker: marker.pk.clone() }
    }

    /// The marker that an event names, if it is in this table.
    #[must_use]
    pub fn marker_of(&self, origin: &Origin) -> Option<Key> {
        let key = Key { pk: origin.marker.clone(), sk: MARKER_SK.to_owned() };
        let here = logical(&origin.table) == logical(&self.table);
        (here && key.pk.starts_with(MARKER) && is_valid(&key)).then_some(key)
    }

    /// Marks the outbox of a marker as published. From now on it is kept for [`MARKER_DAYS`].
    ///
    /// # Errors
    /// [`LedgerError::Mark`].
    pub async fn mark_published(&self, key: &Key, now: Timestamp) -> Result<(), LedgerError> {
        self.client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(key_attributes(key)))
            .update_expression("SET published = :yes, #ttl = :ttl REMOVE listing_pk, listing_sk")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_names("#ttl", "ttl")
            .expression_attribute_values(":yes", AttributeValue::Bool(true))
            .expression_attribute_values(":ttl", ttl(now))
            .send()
            .await
            .map(|_| ())
            .map_err(|e| LedgerError::Mark(Box::new(e)))
    }

    /// Keys of markers in one part of the list of unpublished markers that were committed before `before`,
    /// oldest first, and the position of the next page. The list may lag behind the table.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub async fn unpublished(
        &self,
        shard: u8,
        before: Timestamp,
        after: Option<Position>,
    ) -> Result<(Vec<Key>, Option<Position>), LedgerError> {
        let list = outbox_list(shard);
        let (items, next) = self.due(&list, before, after).await?;
        let text = |item: &Item, name: &str| item.get(name)?.as_s().ok().cloned();
        let key = |item: &Item| Some(Key { pk: text(item, "pk")?, sk: text(item, "sk")? });
        Ok((items.iter().filter_map(key).collect(), next))
    }
}
