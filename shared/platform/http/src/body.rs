//! Parses bodies and queries. If parsing fails, the response is an [`ApiError`].

use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::ApiError;

/// Largest request body, in bytes.
pub const MAX_BODY_BYTES: usize = 256 * 1024;

/// Longest query string, in bytes.
const MAX_QUERY: usize = 4_096;

/// A JSON body of a request or a response.
#[derive(Debug, Clone)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ApiError> {
        let bytes = axum::body::to_bytes(request.into_body(), MAX_BODY_BYTES).await.map_err(|_| {
            ApiError::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "body_oversized",
                format!(
                    "the body is larger than {MAX_BODY_BYTES} bytes; upload large content as an artifact"
                ),
            )
        })?;
        serde_json::from_slice(&bytes).map(Json).map_err(|e| {
            ApiError::bad_request(
                "body_malformed",
                format!("the body is not valid JSON for this operation: {e}"),
            )
        })
    }
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

/// The parsed query string of a request.
#[derive(Debug, Clone)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        // Some parameters become parts of DynamoDB keys, which have limits of their own.
        if parts.uri.query().is_some_and(|query| query.len() > MAX_QUERY) {
            let message = format!("the query is longer than {MAX_QUERY} bytes");
            return Err(ApiError::bad_request("query_malformed", message));
        }
        axum::extract::Query::from_request_parts(parts, state)
            .await
            .map(|axum::extract::Query(query)| Query(query))
            .map_err(|e| ApiError::bad_request("query_malformed", e.body_text()))
    }
}
