//! Timelines with entries that are not in the transparency log yet.

use headgate_events::{EngagementId, Versioned, part_of};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::error::LedgerError;
use crate::item::Item;
use crate::key::{Key, Listing};
use crate::list::Position;
use crate::read::Ledger;
use crate::transition::Transition;

/// Parts of the list. A partition of an index takes 1,000 writes a second.
pub const UNLOGGED_SHARDS: u8 = 8;

/// First part of the keys of the list.
const PREFIX: &str = "UNLOGGED#";

/// A timeline that has entries which may not be logged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unlogged {
    /// Id of the engagement.
    pub engagement_id: EngagementId,
    /// Position of its newest entry.
    pub seq: u64,
}

impl Versioned for Unlogged {}

fn list(shard: u8) -> String {
    format!("UNLOGGED#{shard:02}")
}

impl Transition {
    /// Puts a timeline on the list of those to log, in the transaction that appends entry `seq`. The end of the timeline, in the same
    /// transaction, makes sure that `seq` only grows.
    ///
    /// # Errors
    /// [`LedgerError::Json`].
    pub fn unlogged(
        self,
        engagement: &EngagementId,
        seq: u64,
        now: Timestamp,
    ) -> Result<Self, LedgerError> {
        let key = Key::unlogged(engagement);
        let listing = Listing::named(list(part_of(&key.pk, UNLOGGED_SHARDS)), now, "");
        let item = Unlogged { engagement_id: engagement.clone(), seq };
        self.overwrite(&key, &item, seq, &listing)
    }
}

impl Ledger {
    /// A page of one part of the list of timelines to log, oldest first, and the position of the next page. The list may lag behind the
    /// table.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub async fn to_log(
        &self,
        shard: u8,
        now: Timestamp,
        after: Option<Position>,
    ) -> Result<(Vec<Unlogged>, Option<Position>), LedgerError> {
        let (items, next) = self.due(&list(shard), now, after).await?;
        // From the key and the version: an item that nobody can read must not keep the others from being logged.
        let one = |item: &Item| {
            let id = item.get("pk")?.as_s().ok()?.strip_prefix(PREFIX)?;
            let seq = item.get("version")?.as_n().ok()?.parse().ok()?;
            Some(Unlogged { engagement_id: id.into(), seq })
        };
        Ok((items.iter().filter_map(one).collect(), next))
    }

    /// Takes a timeline off the list, unless it has entries after `seq`.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub async fn logged(&self, engagement: &EngagementId, seq: u64) -> Result<(), LedgerError> {
        self.remove(&Key::unlogged(engagement), seq).await
    }
}
