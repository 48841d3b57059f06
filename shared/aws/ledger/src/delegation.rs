//! Delegations. Each is stored twice: under its id, and under the person who receives it. So a vote finds all
//! delegations that have not ended in one consistent read.

use aws_sdk_dynamodb::types::AttributeValue;
use headgate_domain::approval::Delegation;
use headgate_events::PrincipalId;
use jiff::Timestamp;

use crate::error::LedgerError;
use crate::item::{Stored, decode};
use crate::key::{Key, Listing};
use crate::list::Order;
use crate::page::Page;
use crate::read::Ledger;
use crate::transition::Transition;

/// Most delegations in one query.
const MOST: i32 = 200;

impl Transition {
    /// Commits only if a delegation is unchanged since it was read. If it was revoked meanwhile, the commit
    /// is a conflict.
    #[must_use]
    pub fn under(self, delegation: &Stored<Delegation>) -> Self {
        self.unchanged(&Key::delegation(&delegation.value.id), delegation.version)
    }

    /// Writes a delegation that replaces version `follows`, or a new one if that is `None`.
    ///
    /// # Errors
    /// [`LedgerError::Json`].
    pub fn delegation(
        self,
        delegation: &Delegation,
        follows: Option<u64>,
    ) -> Result<Self, LedgerError> {
        let Delegation { id, from, to, until, created_at, .. } = delegation;
        let listing = Listing::named(given(from), *created_at, id);
        self.put(&Key::delegation(id), delegation, follows, Some(&listing))?.put(
            &Key::delegated(from, to, *until, id),
            delegation,
            follows,
            None,
        )
    }
}

impl Ledger {
    /// Reads the delegations from one person to another that have not ended at `now`, including revoked
    /// ones, with a consistent read. The query covers only this pair, so delegations of others never use up
    /// its limit.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub async fn delegations_between(
        &self,
        from: &PrincipalId,
        to: &PrincipalId,
        now: Timestamp,
    ) -> Result<Vec<Stored<Delegation>>, LedgerError> {
        let first = Key::delegated(from, to, now, "");
        self.delegated(to, first.sk, format!("{}~", Key::delegator(from))).await
    }

    /// Reads the first 200 delegations to a person.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub async fn delegations_to(
        &self,
        to: &PrincipalId,
    ) -> Result<Vec<Stored<Delegation>>, LedgerError> {
        self.delegated(to, "FROM#".to_owned(), "FROM~".to_owned()).await
    }

    async fn delegated(
        &self,
        to: &PrincipalId,
        first: String,
        last: String,
    ) -> Result<Vec<Stored<Delegation>>, LedgerError> {
        let answer = self
            .client
            .query()
            .table_name(&self.table)
            .consistent_read(true)
            .key_condition_expression("pk = :p AND sk BETWEEN :first AND :last")
            .expression_attribute_values(":p", AttributeValue::S(format!("DELEGATE#{to}")))
            .expression_attribute_values(":first", AttributeValue::S(first))
            .expression_attribute_values(":last", AttributeValue::S(last))
            .limit(MOST)
            .send()
            .await
            .map_err(|e| LedgerError::Query(Box::new(e)))?;
        answer.items().iter().map(decode).collect()
    }

    /// Lists the delegations from a person, newest first. The list may lag behind writes.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub async fn delegations_by(
        &self,
        from: &PrincipalId,
    ) -> Result<Page<Delegation>, LedgerError> {
        self.list(&given(from), Order::NewestFirst, MOST, None).await
    }
}

fn given(from: &PrincipalId) -> String {
    format!("DELEGATIONS#{from}")
}
