//! Items whose version only grows, so that a late writer cannot undo what a later one wrote.

use aws_sdk_dynamodb::types::AttributeValue;
use headgate_events::Versioned;

use crate::error::LedgerError;
use crate::item::{Stored, decode, encode, key_attributes};
use crate::key::Key;
use crate::read::Ledger;

impl Ledger {
    /// Writes an item with a version of the caller's, unless it has that version or a higher one.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub async fn raise<T: Versioned>(
        &self,
        key: &Key,
        value: &T,
        version: u64,
    ) -> Result<(), LedgerError> {
        let put = self
            .client
            .put_item()
            .table_name(&self.table)
            .set_item(Some(encode(key, value, version, None)?))
            .condition_expression("attribute_not_exists(pk) OR #v < :v")
            .expression_attribute_names("#v", "version")
            .expression_attribute_values(":v", AttributeValue::N(version.to_string()));
        match put.send().await {
            Err(e)
                if !e
                    .as_service_error()
                    .is_some_and(|e| e.is_conditional_check_failed_exception()) =>
            {
                Err(LedgerError::Put(Box::new(e)))
            }
            _ => Ok(()),
        }
    }

    /// Deletes an item, unless it has a version above `version`.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub async fn remove(&self, key: &Key, version: u64) -> Result<(), LedgerError> {
        let delete = self
            .client
            .delete_item()
            .table_name(&self.table)
            .set_key(Some(key_attributes(key)))
            .condition_expression("attribute_not_exists(pk) OR #v <= :v")
            .expression_attribute_names("#v", "version")
            .expression_attribute_values(":v", AttributeValue::N(version.to_string()));
        match delete.send().await {
            Err(e)
                if !e
                    .as_service_error()
                    .is_some_and(|e| e.is_conditional_check_failed_exception()) =>
            {
                Err(LedgerError::Delete(Box::new(e)))
            }
            _ => Ok(()),
        }
    }

    /// Reads the item of a partition whose sort key is the last one from `from` to `to`, both included.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub async fn last_between<T: Versioned>(
        &self,
        from: &Key,
        to: &Key,
    ) -> Result<Option<Stored<T>>, LedgerError> {
        let answer = self
            .client
            .query()
            .table_name(&self.table)
            .consistent_read(true)
            .key_condition_expression("pk = :p AND sk BETWEEN :from AND :to")
            .expression_attribute_values(":p", AttributeValue::S(from.pk.clone()))
            .expression_attribute_values(":from", AttributeValue::S(from.sk.clone()))
            .expression_attribute_values(":to", AttributeValue::S(to.sk.clone()))
            .scan_index_forward(false)
            .limit(1)
            .send()
            .await
            .map_err(|e| LedgerError::Query(Box::new(e)))?;
        answer.items().first().map(decode).transpose()
    }
}
