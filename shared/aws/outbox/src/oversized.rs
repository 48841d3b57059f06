//! Requests to an API that are too large for the bus or for the ledger.

use axum::http::StatusCode;
use headgate_bus::PublishError;
use headgate_events::MAX_DETAIL_BYTES;
use headgate_http::ApiError;
use headgate_ledger::LedgerError;

use crate::flow::FlowError;

/// An event that is too large is the caller's fault, and repeating the request would not help.
#[must_use]
pub fn not_accepted(error: FlowError) -> ApiError {
    match error {
        FlowError::Ledger(error @ LedgerError::TooLarge { .. }) => not_stored(error),
        FlowError::Publish(PublishError::Oversized { bytes, .. }) => ApiError::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "body_oversized",
            format!(
                "the request becomes an event of {bytes} bytes, more than the bus accepts \
                 ({MAX_DETAIL_BYTES}); upload large content as an artifact"
            ),
        ),
        other => ApiError::unavailable(&other),
    }
}

/// An item that is too large is the caller's fault, too.
#[must_use]
pub fn not_stored(error: LedgerError) -> ApiError {
    match error {
        LedgerError::TooLarge { found, limit, unit, .. } => ApiError::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "body_oversized",
            format!(
                "the request becomes an item of {found} {unit}, more than the ledger stores ({limit}); shorten it"
            ),
        ),
        other => ApiError::unavailable(&other),
    }
}
