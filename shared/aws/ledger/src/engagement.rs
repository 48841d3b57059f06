//! Engagements: where their items are, and the list of those at which something is due.

use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use aws_sdk_dynamodb::types::AttributeValue;
use headgate_events::{EngagementId, Versioned, part_of};
use jiff::Timestamp;

use crate::error::LedgerError;
use crate::item::{Item, Stored, decode, key_attributes};
use crate::key::{Key, Listing};
use crate::list::Position;
use crate::read::Ledger;

/// Parts of the list of engagements at which something is due. A partition of an index takes 1,000 writes a second.
const PARTS: u8 = 16;
/// Prefix of the sort keys of results.
const SUBMISSION: &str = "SUBMISSION#";
/// Prefix of the sort keys of entries of the task ledger.
const LEDGER: &str = "LEDGER#";
/// Prefix of the sort keys of messages.
const MESSAGE: &str = "MESSAGE#";

impl Key {
    /// An engagement, as it was created.
    #[must_use]
    pub fn engagement(id: &EngagementId) -> Self {
        Self::of("ENGAGEMENT", id.as_str(), "HEAD")
    }
    /// Where an engagement is. Only engagements with phases have it.
    #[must_use]
    pub fn course(id: &EngagementId) -> Self {
        Self::of("ENGAGEMENT", id.as_str(), "COURSE")
    }
    /// The result of an attempt at a phase.
    #[must_use]
    pub fn submission(id: &EngagementId, phase: &str, attempt: u32) -> Self {
        Self::of("ENGAGEMENT", id.as_str(), format!("{SUBMISSION}{phase}#{attempt:06}"))
    }
    /// An entry of the task ledger.
    #[must_use]
    pub fn ledger_entry(id: &EngagementId, section: &str, name: &str) -> Self {
        Self::of("ENGAGEMENT", id.as_str(), format!("{LEDGER}{section}#{name}"))
    }
    /// A message.
    #[must_use]
    pub fn message(id: &EngagementId, message: &str) -> Self {
        Self::of("ENGAGEMENT", id.as_str(), format!("{MESSAGE}{message}"))
    }
    /// How much has been written in the task ledger and in messages.
    #[must_use]
    pub fn written(id: &EngagementId) -> Self {
        Self::of("ENGAGEMENT", id.as_str(), "WRITTEN")
    }
    /// What the owner says after the end.
    #[must_use]
    pub fn survey(id: &EngagementId) -> Self {
        Self::of("ENGAGEMENT", id.as_str(), "SURVEY")
    }
    /// The review of the result of an attempt. It is in a partition of its own, so that who writes reviews can write neither approvals nor where
    /// the engagement is.
    #[must_use]
    pub fn phase_review(id: &EngagementId, phase: &str, attempt: u32) -> Self {
        Self::of("PHASE-REVIEW", &format!("{id}/{phase}"), format!("ATTEMPT#{attempt:06}"))
    }
    /// The approval of the result of an attempt.
    #[must_use]
    pub fn phase_approval(id: &EngagementId, phase: &str, attempt: u32) -> Self {
        Self::of("PHASE-APPROVAL", &format!("{id}/{phase}"), format!("ATTEMPT#{attempt:06}"))
    }
}

impl Listing {
    /// Position of an engagement in the list of those at which something is due, by the time at which it is.
    #[must_use]
    pub fn due_engagement(due: Timestamp, id: &EngagementId) -> Self {
        Self::named(part(part_of(id.as_str(), PARTS)), due, id.as_str())
    }
}

fn part(number: u8) -> String {
    format!("ENGAGEMENTS#DUE#{number:02}")
}

/// All parts of the list of engagements at which something is due.
#[must_use]
pub fn due_engagement_lists() -> Vec<String> {
    (0..PARTS).map(part).collect()
}

impl Ledger {
    /// A page of one of the [`due_engagement_lists`], longest due first, and the position of the next page. The list may lag behind
    /// the table. An engagement that cannot be read does not hide the others.
    ///
    /// # Errors
    /// [`LedgerError`] if the list cannot be read.
    pub async fn due_engagements<T: Versioned>(
        &self,
        list: &str,
        now: Timestamp,
        after: Option<Position>,
    ) -> Result<(Vec<Result<T, LedgerError>>, Option<Position>), LedgerError> {
        let (items, next) = self.due(list, now, after).await?;
        let value = |item: &Item| decode(item).map(|stored: Stored<T>| stored.value);
        Ok((items.iter().map(value).collect(), next))
    }

    /// A page of the results of an engagement, in the order of their keys, with a consistent read, and whether there may be more. DynamoDB ends
    /// a page at 1 MB.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub async fn submissions<T: Versioned>(
        &self,
        id: &EngagementId,
        limit: i32,
        after: Option<(&str, u32)>,
    ) -> Result<(Vec<T>, bool), LedgerError> {
        let start =
            after.map(|(phase, attempt)| key_attributes(&Key::submission(id, phase, attempt)));
        let query = self.below(id, SUBMISSION).limit(limit).set_exclusive_start_key(start);
        let answer = query.send().await.map_err(|e| LedgerError::Query(Box::new(e)))?;
        let found = answer.items().iter().map(|item| Ok(decode(item)?.value));
        Ok((found.collect::<Result<_, LedgerError>>()?, answer.last_evaluated_key().is_some()))
    }

    /// All entries of the task ledger of an engagement, in the order of their keys, with a consistent read.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub async fn ledger_entries<T: Versioned>(
        &self,
        id: &EngagementId,
    ) -> Result<Vec<T>, LedgerError> {
        let items = self.all_of(id, LEDGER).await?;
        items.iter().map(|item| Ok(decode(item)?.value)).collect()
    }

    /// All messages of an engagement, in the order of their ids, with a consistent read.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub async fn messages<T: Versioned>(&self, id: &EngagementId) -> Result<Vec<T>, LedgerError> {
        let items = self.all_of(id, MESSAGE).await?;
        items.iter().map(|item| Ok(decode(item)?.value)).collect()
    }

    /// All items of an engagement whose sort keys begin so.
    async fn all_of(&self, id: &EngagementId, prefix: &str) -> Result<Vec<Item>, LedgerError> {
        let (mut found, mut start) = (Vec::new(), None);
        loop {
            let query = self.below(id, prefix).set_exclusive_start_key(start);
            let answer = query.send().await.map_err(|e| LedgerError::Query(Box::new(e)))?;
            found.extend(answer.items.unwrap_or_default());
            start = answer.last_evaluated_key;
            if start.is_none() {
                return Ok(found);
            }
        }
    }

    fn below(&self, id: &EngagementId, prefix: &str) -> QueryFluentBuilder {
        let Key { pk, .. } = Key::engagement(id);
        self.client
            .query()
            .table_name(&self.table)
            .consistent_read(true)
            .key_condition_expression("pk = :p AND begins_with(sk, :s)")
            .expression_attribute_values(":p", AttributeValue::S(pk))
            .expression_attribute_values(":s", AttributeValue::S(prefix.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_engagement_is_in_one_of_the_lists() {
        let lists = due_engagement_lists();
        for n in 0..100 {
            let listing =
                Listing::due_engagement(Timestamp::UNIX_EPOCH, &format!("eng-{n}").as_str().into());
            assert!(lists.contains(&listing.pk));
        }
    }
}
