//! Cursor pagination: a request has `?limit=20&cursor=…`, and its response contains `next_cursor`.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;

use crate::error::ApiError;

/// Most items on a page.
const MAX_LIMIT: i32 = 100;

/// Longest part of a position, in bytes: the limit of a DynamoDB sort key.
const MAX_PART: usize = 1_024;

/// The pagination parameters of a query.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct PageQuery {
    limit: Option<i32>,
    cursor: Option<String>,
}

/// A position in a list, opaque to the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor(pub String);

impl PageQuery {
    /// Number of items to return: 1 to 100, by default 20.
    ///
    /// # Errors
    /// 400 `limit_invalid`.
    pub fn limit(&self) -> Result<i32, ApiError> {
        match self.limit.unwrap_or(20) {
            limit @ 1..=MAX_LIMIT => Ok(limit),
            _ => Err(ApiError::bad_request("limit_invalid", "limit must be between 1 and 100")),
        }
    }

    /// Position in a list where the page begins; `None` for the first page. It has three parts, as
    /// `Ledger::list` makes them: listing key, partition key, sort key.
    ///
    /// # Errors
    /// 400 `cursor_invalid`.
    pub fn position(&self) -> Result<Option<String>, ApiError> {
        self.decoded(|text| {
            let parts: Vec<_> = text.splitn(3, '|').collect();
            parts.len() == 3 && parts.into_iter().all(is_key)
        })
    }

    /// Position within a partition where the page begins; `None` for the first page. It is a sort key with this
    /// prefix, because DynamoDB refuses a position outside the range that is read.
    ///
    /// # Errors
    /// 400 `cursor_invalid`.
    pub fn position_below(&self, prefix: &str) -> Result<Option<String>, ApiError> {
        self.decoded(|text| is_key(text) && text.starts_with(prefix))
    }

    fn decoded(&self, valid: impl Fn(&str) -> bool) -> Result<Option<String>, ApiError> {
        let Some(cursor) = &self.cursor else { return Ok(None) };
        URL_SAFE_NO_PAD
            .decode(cursor)
            .ok()
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .filter(|position| valid(position))
            .map(Some)
            .ok_or_else(|| {
                ApiError::bad_request(
                    "cursor_invalid",
                    "cursor must be the next_cursor of an earlier page",
                )
            })
    }
}

/// Whether a text can be a key attribute. DynamoDB refuses empty and long ones.
fn is_key(text: &str) -> bool {
    (1..=MAX_PART).contains(&text.len())
}

impl Cursor {
    /// Encodes the position as the value of `next_cursor`.
    #[must_use]
    pub fn encode(&self) -> String {
        URL_SAFE_NO_PAD.encode(&self.0)
    }
}
