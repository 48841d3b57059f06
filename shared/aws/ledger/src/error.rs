//! Errors of the ledger.

use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::operation::batch_get_item::BatchGetItemError;
use aws_sdk_dynamodb::operation::delete_item::DeleteItemError;
use aws_sdk_dynamodb::operation::get_item::GetItemError;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::query::QueryError;
use aws_sdk_dynamodb::operation::scan::ScanError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;

/// Why a ledger operation failed. A retry can succeed, except after [`LedgerError::Corrupt`],
/// [`LedgerError::Json`], [`LedgerError::Build`] and [`LedgerError::TooLarge`].
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// `GetItem` failed.
    #[error("reading the ledger failed")]
    Get(#[source] Box<SdkError<GetItemError>>),
    /// `BatchGetItem` failed.
    #[error("reading the ledger failed")]
    BatchGet(#[source] Box<SdkError<BatchGetItemError>>),
    /// `Query` failed.
    #[error("listing from the ledger failed")]
    Query(#[source] Box<SdkError<QueryError>>),
    /// `Scan` failed.
    #[error("reading the whole ledger failed")]
    Scan(#[source] Box<SdkError<ScanError>>),
    /// `TransactWriteItems` failed for a reason other than a condition.
    #[error("committing to the ledger failed")]
    Transact(#[source] Box<SdkError<TransactWriteItemsError>>),
    /// `PutItem` failed for a reason other than a condition.
    #[error("writing to the ledger failed")]
    Put(#[source] Box<SdkError<PutItemError>>),
    /// `DeleteItem` failed for a reason other than a condition.
    #[error("deleting from the ledger failed")]
    Delete(#[source] Box<SdkError<DeleteItemError>>),
    /// The outbox could not be marked as published.
    #[error("marking the outbox as published failed")]
    Mark(#[source] Box<SdkError<UpdateItemError>>),
    /// An item does not have the expected form.
    #[error("item {key} cannot be read")]
    Corrupt {
        /// `pk/sk` of the item.
        key: String,
        /// The JSON error.
        #[source]
        source: serde_json::Error,
    },
    /// A newer build wrote the item. Deploy that build, or a later one.
    #[error(
        "item {key} has version {found}, but this build reads up to {known}; deploy a newer build"
    )]
    NewerItem {
        /// `pk/sk` of the item.
        key: String,
        /// Version of the item.
        found: u64,
        /// Latest version that this build reads.
        known: u64,
    },
    /// A write is larger than DynamoDB takes, or an event is larger than the bus takes. Nothing was written.
    #[error("{what} has {found} {unit}, more than {limit}; nothing was written")]
    TooLarge {
        /// The item, the event or the transaction.
        what: String,
        /// Its size.
        found: usize,
        /// The largest size.
        limit: usize,
        /// Unit of both.
        unit: &'static str,
    },
    /// A value cannot be written as JSON.
    #[error("a value cannot be stored because it has no JSON form")]
    Json(#[source] serde_json::Error),
    /// A request to DynamoDB could not be built.
    #[error("a request to the ledger could not be built")]
    Build(#[source] Box<aws_sdk_dynamodb::error::BuildError>),
}

impl LedgerError {
    /// Whether an item is the cause, so that other items can be read.
    #[must_use]
    pub fn is_about_an_item(&self) -> bool {
        matches!(self, Self::Corrupt { .. } | Self::NewerItem { .. })
    }

    /// Whether the request itself is the cause, so that it fails again however healthy DynamoDB is. In all other
    /// cases, a missing permission and a disabled key included, the same request succeeds once the cause is
    /// repaired.
    #[must_use]
    pub fn is_about_the_request(&self) -> bool {
        match self {
            Self::Get(e) => refused(e.as_service_error()),
            Self::BatchGet(e) => refused(e.as_service_error()),
            Self::Query(e) => refused(e.as_service_error()),
            Self::Scan(e) => refused(e.as_service_error()),
            Self::Transact(e) => {
                refused(e.as_service_error()) || e.as_service_error().is_some_and(has_invalid_write)
            }
            Self::Put(e) => refused(e.as_service_error()),
            Self::Delete(e) => refused(e.as_service_error()),
            Self::Mark(e) => refused(e.as_service_error()),
            // A newer build wrote the item, and is about to replace this one.
            Self::NewerItem { .. } => false,
            Self::Corrupt { .. } | Self::TooLarge { .. } | Self::Json(_) | Self::Build(_) => true,
        }
    }
}

/// DynamoDB names a request that it can never accept a `ValidationException`.
fn refused(error: Option<&impl ProvideErrorMetadata>) -> bool {
    error.and_then(ProvideErrorMetadata::code) == Some("ValidationException")
}

/// Whether one of the reasons of a canceled transaction is a write that DynamoDB can never accept
/// (<https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html>).
fn has_invalid_write(error: &TransactWriteItemsError) -> bool {
    let TransactWriteItemsError::TransactionCanceledException(canceled) = error else {
        return false;
    };
    canceled.cancellation_reasons().iter().any(|reason| reason.code() == Some("ValidationError"))
}
