//! Reads a lease item.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use jiff::Timestamp;

use crate::error::LeaseError;

pub(crate) type Item = HashMap<String, AttributeValue>;

/// States of a lease.
pub(crate) mod state {
    pub(crate) const IN_PROGRESS: &str = "in_progress";
    pub(crate) const RELEASED: &str = "released";
    pub(crate) const DONE: &str = "done";
}

/// A lease item. Times are stored as milliseconds since 1970 and come from the owners' clocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) state: String,
    pub(crate) owner: String,
    pub(crate) attempt: u64,
    pub(crate) lease_until: Timestamp,
    pub(crate) expires_at: Timestamp,
    pub(crate) payload_sha256: String,
    /// Set until an owner with `OnTimeout::QuarantineOnceBegun` calls `begin`. Owners with another
    /// `OnTimeout`, and builds older than this attribute, do not set it.
    pub(crate) preparing: bool,
    /// JSON of a small result.
    pub(crate) result: Option<String>,
    /// S3 key and SHA-256 of a large result.
    pub(crate) overflow: Option<(String, String)>,
}

impl Record {
    pub(crate) fn read(key: &str, item: &Item) -> Result<Self, LeaseError> {
        let corrupt = |member| LeaseError::Corrupt { key: key.to_owned(), member };
        let optional = |name: &str| item.get(name).and_then(|v| v.as_s().ok()).cloned();
        let text = |name: &'static str| optional(name).ok_or_else(|| corrupt(name));
        let number = |name: &'static str| {
            let value = item.get(name).and_then(|v| v.as_n().ok());
            value.and_then(|n| n.parse::<i64>().ok()).ok_or_else(|| corrupt(name))
        };
        let time = |name: &'static str| {
            Timestamp::from_millisecond(number(name)?).map_err(|_| corrupt(name))
        };
        Ok(Self {
            state: text("state")?,
            owner: text("owner")?,
            attempt: u64::try_from(number("attempt")?).map_err(|_| corrupt("attempt"))?,
            lease_until: time("lease_until")?,
            expires_at: time("expires_at")?,
            payload_sha256: text("payload_sha256")?,
            preparing: item.contains_key("preparing"),
            result: optional("result"),
            overflow: optional("result_key").zip(optional("result_sha256")),
        })
    }
}
