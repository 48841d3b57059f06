//! The format of all API errors.

use std::fmt;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::context;

/// An error as the caller sees it.
///
/// It is not a [`std::error::Error`] itself, so that `?` turns every other error into [`ApiError::unavailable`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiError {
    status: StatusCode,
    code: String,
    message: String,
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.status, self.code, self.message)
    }
}

impl<E: std::error::Error + 'static> From<E> for ApiError {
    fn from(error: E) -> Self {
        Self::unavailable(&error)
    }
}

#[derive(Serialize)]
struct Shape<'a> {
    error: &'a str,
    message: &'a str,
    request_id: String,
    trace_id: String,
}

impl ApiError {
    /// An error with any status.
    pub fn new(status: StatusCode, code: &str, message: impl Into<String>) -> Self {
        Self { status, code: code.to_owned(), message: message.into() }
    }
    /// 400: the request is malformed.
    pub fn bad_request(code: &str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, message)
    }
    /// 403: the caller is known, but not allowed to do this.
    pub fn forbidden(code: &str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, code, message)
    }
    /// 404: `what` does not exist.
    pub fn not_found(what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", format!("there is no such {what}"))
    }
    /// 409: the current state does not allow the request.
    pub fn conflict(code: &str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, code, message)
    }
    /// 503: a service behind the API failed. The error and its sources are logged here and hidden from the
    /// caller.
    #[must_use]
    pub fn unavailable(error: &(dyn std::error::Error + 'static)) -> Self {
        let ids = context::current();
        tracing::error!(
            error = headgate_runtime::telemetry::chain(error),
            request.id = ids.request_id,
            trace.id = ids.trace_id,
            "request failed"
        );
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "unavailable",
            "a service behind this API failed; send the same request again",
        )
    }
    /// HTTP status of the response.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }
    /// Stable code of the error, in `snake_case`.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let ids = context::current();
        if self.status.is_client_error() {
            tracing::info!(http.status = self.status.as_u16(), error.code = self.code, "refused");
        }
        let shape = Shape {
            error: &self.code,
            message: &self.message,
            request_id: ids.request_id,
            trace_id: ids.trace_id,
        };
        (self.status, axum::Json(&shape)).into_response()
    }
}
