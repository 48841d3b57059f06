//! `GET /v1/keys`: the public keys, to verify permits with. They are not secret, so no token is required.

use axum::extract::State as Deps;
use axum::http::header::CACHE_CONTROL;
use axum::response::IntoResponse;
use headgate_http::{ApiError, Json, Query};
use serde::Deserialize;

use crate::deps::Api;

/// Query parameters. `kid` is the id of a key that the answer should include, if that key exists.
#[derive(Deserialize)]
pub(super) struct Wanted {
    kid: Option<String>,
}

pub(super) async fn keys(
    Deps(api): Deps<Api>,
    Query(wanted): Query<Wanted>,
) -> Result<impl IntoResponse, ApiError> {
    let now = (api.flow.clock)();
    let ring = match &wanted.kid {
        Some(kid) => api.keys.ring_with(kid, now).await,
        None => api.keys.ring(now).await,
    };
    Ok(([(CACHE_CONTROL, "public, max-age=60")], Json(ring?.public(now))))
}
