//! Cursor pagination: `?limit=20&cursor=…`, answered with `next_cursor`.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;

use crate::error::ApiError;

/// Most items of a page.
const MAX_LIMIT: i32 = 100;

/// The paging part of a query.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct PageQuery {
    limit: Option<i32>,
    cursor: Option<String>,
}

/// A position in a listing, opaque to the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor(pub String);

impl PageQuery {
    /// Items to return: 20 unless told, 1 to 100.
    ///
    /// # Errors
    /// `limit_invalid`.
    pub fn limit(&self) -> Result<i32, ApiError> {
        match self.limit.unwrap_or(20) {
            limit @ 1..=MAX_LIMIT => Ok(limit),
            _ => Err(ApiError::bad_request("limit_invalid", "limit must be 1 to 100")),
        }
    }

    /// Where to go on.
    ///
    /// # Errors
    /// `cursor_invalid`.
    pub fn position(&self) -> Result<Option<String>, ApiError> {
        let Some(cursor) = &self.cursor else { return Ok(None) };
        URL_SAFE_NO_PAD
            .decode(cursor)
            .ok()
            .and_then(|bytes| String::from_utf8(bytes).ok())
            .map(Some)
            .ok_or_else(|| {
                ApiError::bad_request("cursor_invalid", "cursor must be a next_cursor as returned")
            })
    }
}

impl Cursor {
    /// The text for `next_cursor`.
    #[must_use]
    pub fn encode(&self) -> String {
        URL_SAFE_NO_PAD.encode(&self.0)
    }
}
