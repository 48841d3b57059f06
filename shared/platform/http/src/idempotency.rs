//! The header `Idempotency-Key`: requests with the same key are one request
//! (<https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-idempotency-key-header>).

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use uuid::Uuid;

use crate::error::ApiError;

/// Name of the header.
const HEADER: &str = "idempotency-key";
/// Longest key, in characters.
const MAX_CHARACTERS: usize = 128;
/// Namespace of the ids that are derived from keys.
const NAMESPACE: Uuid = Uuid::from_u128(0x8a5d_3c1e_7f02_4b6d_9e48_1c55_07b2_f3a9);

/// The key of a request that creates something; `None` if the caller sent none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey(Option<String>);

impl IdempotencyKey {
    /// Whether the caller sent a key, so that the same request may have been processed before.
    #[must_use]
    pub fn is_given(&self) -> bool {
        self.0.is_some()
    }

    /// The id of what the request creates: the same for the same key in the same scope, else drawn at random. The scope must
    /// contain the caller, so that nobody can use the key of somebody else.
    #[must_use]
    pub fn id(&self, scope: &[&str]) -> String {
        let Some(key) = &self.0 else { return Uuid::new_v4().to_string() };
        // With its length, so that no two scopes have the same text.
        let parts = scope.iter().copied().chain([key.as_str()]);
        let name: String = parts.map(|part| format!("{}:{part};", part.len())).collect();
        Uuid::new_v5(&NAMESPACE, name.as_bytes()).to_string()
    }

    /// The answer if an earlier request with this key asked for something else.
    #[must_use]
    pub fn reused() -> ApiError {
        ApiError::conflict(
            "idempotency_key_reused",
            "this Idempotency-Key was already used for a different request; use a new key",
        )
    }
}

impl<S: Send + Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let Some(value) = parts.headers.get(HEADER) else { return Ok(Self(None)) };
        let key = value.to_str().unwrap_or_default();
        let visible = key.bytes().all(|b| b.is_ascii_graphic());
        if !(1..=MAX_CHARACTERS).contains(&key.len()) || !visible {
            return Err(ApiError::bad_request(
                "idempotency_key_invalid",
                format!(
                    "Idempotency-Key must be 1 to {MAX_CHARACTERS} visible ASCII characters without spaces"
                ),
            ));
        }
        Ok(Self(Some(key.to_owned())))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::IdempotencyKey;
    use axum::extract::FromRequestParts as _;
    use axum::http::Request;

    async fn read(value: Option<&[u8]>) -> Result<IdempotencyKey, String> {
        let mut request = Request::builder();
        if let Some(value) = value {
            request = request.header("Idempotency-Key", value);
        }
        let (mut parts, ()) = request.body(()).unwrap().into_parts();
        let key = IdempotencyKey::from_request_parts(&mut parts, &()).await;
        key.map_err(|e| e.code().to_owned())
    }

    #[tokio::test]
    async fn a_key_is_optional_but_not_arbitrary() {
        assert!(!read(None).await.unwrap().is_given());
        assert!(read(Some(b"b7c0")).await.unwrap().is_given());
        for odd in [&b""[..], b"a b", b"\xc3\xa9", &[b'x'; 129]] {
            assert_eq!(read(Some(odd)).await.unwrap_err(), "idempotency_key_invalid", "{odd:?}");
        }
    }

    #[tokio::test]
    async fn the_same_key_of_the_same_caller_is_the_same_request() {
        let key = read(Some(b"k")).await.unwrap();
        let id = key.id(&["ci", "chg-1"]);
        assert_eq!(id, key.id(&["ci", "chg-1"]));
        assert_ne!(id, key.id(&["eve", "chg-1"]));
        assert_ne!(key.id(&["a", "bc"]), key.id(&["ab", "c"]));
        assert_ne!(id, read(Some(b"l")).await.unwrap().id(&["ci", "chg-1"]));
        let none = read(None).await.unwrap();
        assert_ne!(none.id(&["ci"]), none.id(&["ci"]));
    }
}
