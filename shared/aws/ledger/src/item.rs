//! Converts values to DynamoDB items and back.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use headgate_events::Versioned;

use crate::error::LedgerError;
use crate::key::{Key, Listing};

pub(crate) type Item = HashMap<String, AttributeValue>;

/// A value with the version at which it was read. A write must give the version that it replaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored<T> {
    /// The stored value.
    pub value: T,
    /// Version of the item, starting at 1.
    pub version: u64,
}

pub(crate) fn encode<T: Versioned>(
    key: &Key,
    body: &T,
    version: u64,
    listing: Option<&Listing>,
) -> Result<Item, LedgerError> {
    let body = serde_json::to_string(body).map_err(LedgerError::Json)?;
    let mut item = key_attributes(key);
    item.insert("version".into(), AttributeValue::N(version.to_string()));
    item.insert("schema".into(), AttributeValue::N(T::VERSION.to_string()));
    item.insert("body".into(), AttributeValue::S(body));
    if let Some(listing) = listing {
        item.insert("listing_pk".into(), AttributeValue::S(listing.pk.clone()));
        item.insert("listing_sk".into(), AttributeValue::S(listing.sk.clone()));
    }
    Ok(item)
}

pub(crate) fn decode<T: Versioned>(item: &Item) -> Result<Stored<T>, LedgerError> {
    let text = |name: &str| item.get(name).and_then(|v| v.as_s().ok()).map_or("", String::as_str);
    let version = item.get("version").and_then(|v| v.as_n().ok()).and_then(|n| n.parse().ok());
    let key = || format!("{}/{}", text("pk"), text("sk"));
    // An item that a newer build wrote may mean something else than it seems to: refuse it. Items without the
    // attribute are of version 1.
    let schema = item.get("schema").and_then(|v| v.as_n().ok()).map_or(Ok(1), |n| n.parse());
    let schema: u64 = schema.unwrap_or(u64::MAX);
    if schema > T::VERSION {
        return Err(LedgerError::NewerItem { key: key(), found: schema, known: T::VERSION });
    }
    let value = T::read(schema, text("body"))
        .map_err(|source| LedgerError::Corrupt { key: key(), source })?;
    Ok(Stored { value, version: version.unwrap_or_default() })
}

pub(crate) fn key_attributes(key: &Key) -> Item {
    HashMap::from([
        ("pk".to_owned(), AttributeValue::S(key.pk.clone())),
        ("sk".to_owned(), AttributeValue::S(key.sk.clone())),
    ])
}
