//! The list of changes. All heads of changes are in it and are written at every step, more often than one partition of
//! an index takes, so it has parts.

use aws_sdk_dynamodb::types::AttributeValue;
use futures::future::try_join_all;
use headgate_events::{ChangeId, Versioned, part_of};
use jiff::Timestamp;

use crate::error::LedgerError;
use crate::item::{Item, decode};
use crate::key::Listing;
use crate::limits::MAX_SORT_KEY;
use crate::page::Page;
use crate::read::Ledger;

/// Parts of the list. A partition of an index takes 1,000 writes a second.
const PARTS: u8 = 16;
/// The list of earlier builds, which had no parts. A change leaves it when its head is written the next time.
const UNDIVIDED: &str = "CHANGES";
/// The rest of a position. All lists have positions of three parts.
const POSITION: &str = "|CHANGE|HEAD";

impl Listing {
    /// All changes, by time of creation.
    #[must_use]
    pub fn change(created_at: Timestamp, id: &ChangeId) -> Self {
        Self::named(part(part_of(id.as_str(), PARTS)), created_at, id.as_str())
    }
}

fn part(number: u8) -> String {
    format!("{UNDIVIDED}#{number:02}")
}

impl Ledger {
    /// Lists changes, newest first.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub async fn changes<T: Versioned>(
        &self,
        limit: i32,
        after: Option<String>,
    ) -> Result<Page<T>, LedgerError> {
        // The time and the id of the last change of the page before. Ids may contain any character.
        let after = after.as_deref().and_then(|text| text.rsplitn(3, '|').nth(2));
        // A caller can forge a position.
        let after = after.filter(|at| (1..=MAX_SORT_KEY).contains(&at.len()));
        let parts = (0..PARTS).map(part).chain([UNDIVIDED.to_owned()]);
        let read = parts.map(|part| self.newest(part, limit, after));
        let mut items = try_join_all(read).await?.concat();
        items.sort_by(|a, b| position(b).cmp(&position(a)));
        // The index may show a change that moves to its part in both places.
        items.dedup_by(|a, b| position(a) == position(b));
        let limit = usize::try_from(limit).unwrap_or_default();
        let more = items.len() > limit;
        items.truncate(limit);
        let next = items.last().filter(|_| more).and_then(position);
        let next = next.map(|at| format!("{at}{POSITION}"));
        Ok(Page { items: items.iter().map(decode).collect::<Result<_, _>>()?, next })
    }

    /// The newest items of a part, one more than asked for, so that a page knows whether it is the last one.
    async fn newest(
        &self,
        part: String,
        limit: i32,
        before: Option<&str>,
    ) -> Result<Vec<Item>, LedgerError> {
        let mut query = self.listed(&part).scan_index_forward(false).limit(limit + 1);
        if let Some(before) = before {
            query = query
                .key_condition_expression("listing_pk = :p AND listing_sk < :before")
                .expression_attribute_values(":before", AttributeValue::S(before.to_owned()));
        }
        let answer = query.send().await.map_err(|e| LedgerError::Query(Box::new(e)))?;
        Ok(answer.items.unwrap_or_default())
    }
}

fn position(item: &Item) -> Option<&str> {
    item.get("listing_sk")?.as_s().ok().map(String::as_str)
}
