//! What can go wrong between us and the table.

use aws_sdk_dynamodb::error::SdkError;
use aws_sdk_dynamodb::operation::get_item::GetItemError;
use aws_sdk_dynamodb::operation::query::QueryError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;

/// A failure of the ledger. All but [`LedgerError::Corrupt`] are worth another try.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// `GetItem` failed.
    #[error("reading the ledger failed")]
    Get(#[source] Box<SdkError<GetItemError>>),
    /// `Query` failed.
    #[error("listing from the ledger failed")]
    Query(#[source] Box<SdkError<QueryError>>),
    /// `TransactWriteItems` failed for another reason than a condition.
    #[error("committing to the ledger failed")]
    Transact(#[source] Box<SdkError<TransactWriteItemsError>>),
    /// The outbox could not be marked as published.
    #[error("marking the outbox as published failed")]
    Mark(#[source] Box<SdkError<UpdateItemError>>),
    /// An item is not what this build writes.
    #[error("item {key} cannot be read")]
    Corrupt {
        /// `pk/sk` of the item.
        key: String,
        /// What does not fit.
        #[source]
        source: serde_json::Error,
    },
    /// A value has no JSON form.
    #[error("a value cannot be stored")]
    Json(#[source] serde_json::Error),
    /// A request could not be built.
    #[error("a request to the ledger is incomplete")]
    Build(#[source] Box<aws_sdk_dynamodb::error::BuildError>),
}
