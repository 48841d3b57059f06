//! Lists of items by time, from the index `listing`. The index may lag behind the table, so read an item again with
//! [`Ledger::get`] before you act on it.

use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use aws_sdk_dynamodb::types::{AttributeValue, Select};
use headgate_events::Versioned;
use jiff::Timestamp;

use crate::error::LedgerError;
use crate::item::{Item, decode};
use crate::key::RUNS;
use crate::page::Page;
use crate::read::Ledger;

/// Items in one page of items that are due.
const DUE_AT_ONCE: i32 = 100;

/// Where the next page of due items begins. A text could not hold it: keys may contain any character.
#[derive(Debug, Clone)]
pub struct Position(pub(crate) Item);

/// Sort order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Latest time first.
    NewestFirst,
    /// Earliest time first.
    OldestFirst,
}

impl Ledger {
    /// Lists evaluation runs, newest first.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub async fn runs<T: Versioned>(
        &self,
        limit: i32,
        after: Option<String>,
    ) -> Result<Page<T>, LedgerError> {
        self.list(RUNS, Order::NewestFirst, limit, after).await
    }

    /// Reads a page of a list of [`crate::Listing::named`].
    ///
    /// # Errors
    /// [`LedgerError`].
    pub async fn list<T: Versioned>(
        &self,
        partition: &str,
        order: Order,
        limit: i32,
        after: Option<String>,
    ) -> Result<Page<T>, LedgerError> {
        let query = self
            .listed(partition)
            .scan_index_forward(order == Order::OldestFirst)
            .limit(limit)
            .set_exclusive_start_key(start(partition, after.as_deref()));
        let (items, next) = page(query).await?;
        Ok(Page { items: items.iter().map(decode).collect::<Result<_, _>>()?, next })
    }

    /// Reads a page of the items of a list whose time is before `before`, oldest first, and the position of
    /// the next page.
    pub(crate) async fn due(
        &self,
        partition: &str,
        before: Timestamp,
        after: Option<Position>,
    ) -> Result<(Vec<Item>, Option<Position>), LedgerError> {
        let query = self
            .listed(partition)
            .key_condition_expression("listing_pk = :p AND listing_sk < :before")
            .expression_attribute_values(":before", AttributeValue::S(format!("{before:.3}")))
            .limit(DUE_AT_ONCE)
            .set_exclusive_start_key(after.map(|Position(key)| key));
        let answer = query.send().await.map_err(|e| LedgerError::Query(Box::new(e)))?;
        Ok((answer.items.unwrap_or_default(), answer.last_evaluated_key.map(Position)))
    }

    pub(crate) fn listed(&self, partition: &str) -> QueryFluentBuilder {
        self.client
            .query()
            .table_name(&self.table)
            .index_name("listing")
            .key_condition_expression("listing_pk = :p")
            .expression_attribute_values(":p", AttributeValue::S(partition.to_owned()))
    }

    /// Counts the items of a list, up to `most`. The limit bounds the cost, because DynamoDB reads every
    /// item.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub async fn count(&self, partition: &str, most: u64) -> Result<u64, LedgerError> {
        let mut counted = 0;
        let mut start = None;
        loop {
            let answer = self
                .listed(partition)
                .select(Select::Count)
                .limit(i32::try_from(most).unwrap_or(i32::MAX))
                .set_exclusive_start_key(start)
                .send()
                .await
                .map_err(|e| LedgerError::Query(Box::new(e)))?;
            counted += u64::try_from(answer.count()).unwrap_or_default();
            start = answer.last_evaluated_key;
            if start.is_none() || counted >= most {
                return Ok(counted.min(most));
            }
        }
    }
}

/// A position is `<listing_sk>|<pk>|<sk>`, which is all that DynamoDB needs to continue.
fn start(partition: &str, after: Option<&str>) -> Option<Item> {
    let mut parts = after?.splitn(3, '|').map(|p| AttributeValue::S(p.to_owned()));
    Some(Item::from([
        ("listing_pk".to_owned(), AttributeValue::S(partition.to_owned())),
        ("listing_sk".to_owned(), parts.next()?),
        ("pk".to_owned(), parts.next()?),
        ("sk".to_owned(), parts.next()?),
    ]))
}

async fn page(query: QueryFluentBuilder) -> Result<(Vec<Item>, Option<String>), LedgerError> {
    let answer = query.send().await.map_err(|e| LedgerError::Query(Box::new(e)))?;
    let next = answer.last_evaluated_key().map(|key| {
        let text = |name: &str| key.get(name).and_then(|v| v.as_s().ok()).cloned();
        ["listing_sk", "pk", "sk"].map(|n| text(n).unwrap_or_default()).join("|")
    });
    Ok((answer.items.unwrap_or_default(), next))
}
