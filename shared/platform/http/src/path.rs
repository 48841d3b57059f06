//! Parses path parameters. If they are not valid, the response is an [`ApiError`].

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use crate::error::ApiError;

/// Longest parameter, in characters. Parameters become parts of DynamoDB keys, which have limits of their own, and
/// DynamoDB would refuse a longer key as if the service had failed.
const MAX_CHARACTERS: usize = 256;

/// The parameters of a path.
#[derive(Debug, Clone)]
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let invalid = |message: String| ApiError::bad_request("path_invalid", message);
        let raw = RawPathParams::from_request_parts(parts, state).await;
        let raw = raw.map_err(|e| invalid(e.body_text()))?;
        if let Some((name, _)) = raw.iter().find(|(_, v)| v.chars().count() > MAX_CHARACTERS) {
            let message = format!("`{name}` is longer than {MAX_CHARACTERS} characters");
            return Err(invalid(message));
        }
        axum::extract::Path::from_request_parts(parts, state)
            .await
            .map(|axum::extract::Path(path)| Self(path))
            .map_err(|e| invalid(e.body_text()))
    }
}
