//! `GET /v1/keys`: the public keys, for whoever verifies a permit. They are no secret, so no token is asked.

use axum::extract::State as Deps;
use axum::http::header::CACHE_CONTROL;
use axum::response::IntoResponse;
use headgate_http::{ApiError, Json};

use super::Api;

pub(super) async fn keys(Deps(api): Deps<Api>) -> Result<impl IntoResponse, ApiError> {
    let now = (api.flow.clock)();
    let ring = api.keys.ring(now).await.map_err(|e| ApiError::unavailable(&e))?;
    Ok(([(CACHE_CONTROL, "public, max-age=60")], Json(ring.public(now))))
}
