//! Reads from the ledger.

use aws_config::SdkConfig;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::AttributeValue;
use headgate_events::EngagementId;
use headgate_events::Versioned;

use crate::error::LedgerError;
use crate::item::{Item, Stored, decode, key_attributes};
use crate::key::{CASE, ENTRY, Key};
use crate::page::Page;
use crate::view::View;

/// Most cases of a run in one query.
const CASES: i32 = 200;
/// Largest number of a timeline entry, because its sort key has twelve digits.
const LAST_ENTRY: u64 = 999_999_999_999;

/// A DynamoDB table with the ledger's layout.
#[derive(Debug, Clone)]
pub struct Ledger {
    pub(crate) client: Client,
    pub(crate) table: String,
    /// Where reads are remembered, for transitions that are committed together.
    pub(crate) view: Option<View>,
}

impl Ledger {
    /// Connects with the process's SDK configuration.
    #[must_use]
    pub fn connect(sdk: &SdkConfig, table: impl Into<String>) -> Self {
        Self::new(Client::new(sdk), table)
    }

    /// Creates a ledger from a client and the name of its table.
    #[must_use]
    pub fn new(client: Client, table: impl Into<String>) -> Self {
        Self { client, table: table.into(), view: None }
    }

    /// Reads the item at `key`, with a consistent read; `None` if there is none.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub async fn get<T: Versioned>(&self, key: &Key) -> Result<Option<Stored<T>>, LedgerError> {
        self.item(key).await?.as_ref().map(decode).transpose()
    }

    /// Reads the item at `key` as it is stored, with a consistent read.
    pub(crate) async fn item(&self, key: &Key) -> Result<Option<Item>, LedgerError> {
        if let Some(seen) = self.view.as_ref().and_then(|view| view.seen(&self.table, key)) {
            return Ok(seen);
        }
        let answer = self
            .client
            .get_item()
            .table_name(&self.table)
            .set_key(Some(key_attributes(key)))
            .consistent_read(true)
            .send()
            .await
            .map_err(|e| LedgerError::Get(Box::new(e)))?;
        if let Some(view) = &self.view {
            view.keep(&self.table, key, answer.item.clone());
        }
        Ok(answer.item)
    }

    /// Lists the finished cases of a run in the order of their keys, with a consistent read.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub async fn cases<T: Versioned>(
        &self,
        run: &str,
        limit: i32,
        after: Option<String>,
    ) -> Result<Page<T>, LedgerError> {
        let Key { pk, .. } = Key::run(run);
        // Within a run, the sort key of a case is enough as a position.
        let start = after.map(|sk| {
            let (pk, sk) = (AttributeValue::S(pk.clone()), AttributeValue::S(sk));
            Item::from([("pk".to_owned(), pk), ("sk".to_owned(), sk)])
        });
        let answer = self
            .client
            .query()
            .table_name(&self.table)
            .consistent_read(true)
            .key_condition_expression("pk = :p AND begins_with(sk, :s)")
            .expression_attribute_values(":p", AttributeValue::S(pk))
            .expression_attribute_values(":s", AttributeValue::S(CASE.to_owned()))
            .limit(limit)
            .set_exclusive_start_key(start)
            .send()
            .await
            .map_err(|e| LedgerError::Query(Box::new(e)))?;
        let items = answer.items().iter().map(decode).collect::<Result<_, _>>()?;
        let next = answer.last_evaluated_key().and_then(|key| key.get("sk")?.as_s().ok()).cloned();
        Ok(Page { items, next })
    }

    /// Reads all finished cases of a run, page by page.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub async fn all_cases<T: Versioned>(&self, run: &str) -> Result<Vec<Stored<T>>, LedgerError> {
        let (mut cases, mut after) = (Vec::new(), None);
        loop {
            let page = self.cases(run, CASES, after).await?;
            cases.extend(page.items);
            after = page.next;
            if after.is_none() {
                return Ok(cases);
            }
        }
    }

    /// Reads up to `limit` timeline entries of an engagement after position `after`, in order.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub async fn timeline<T: Versioned>(
        &self,
        engagement: &EngagementId,
        after: u64,
        limit: i32,
    ) -> Result<Vec<Stored<T>>, LedgerError> {
        // Sort keys have twelve digits; a longer number would sort before the others.
        if after >= LAST_ENTRY {
            return Ok(Vec::new());
        }
        let from = Key::entry(engagement, after + 1);
        let answer = self
            .client
            .query()
            .table_name(&self.table)
            .consistent_read(true)
            .key_condition_expression("pk = :p AND sk BETWEEN :from AND :to")
            .expression_attribute_values(":p", AttributeValue::S(from.pk))
            .expression_attribute_values(":from", AttributeValue::S(from.sk))
            .expression_attribute_values(":to", AttributeValue::S(format!("{ENTRY}9")))
            .limit(limit)
            .send()
            .await
            .map_err(|e| LedgerError::Query(Box::new(e)))?;
        answer.items().iter().map(decode).collect()
    }
}
