//! `GET /v1/keys`: the public keys, for whoever verifies a permit. They are no secret, so no token is asked.

use axum::extract::State as Deps;
use axum::http::header::CACHE_CONTROL;
use axum::response::IntoResponse;
use headgate_http::{ApiError, Json, Query};
use serde::Deserialize;

use super::Api;

/// Which key is looked for.
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
    let ring = ring.map_err(|e| ApiError::unavailable(&e))?;
    Ok(([(CACHE_CONTROL, "public, max-age=60")], Json(ring.public(now))))
}
