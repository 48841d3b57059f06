//! `GET /v1/environments`: what agents and people must know before they plan a change.

use axum::extract::State;
use headgate_api_types::environments::Environments;
use headgate_domain::environment::Environment;
use headgate_http::{Json, Reader};

use crate::deps::{Answer, Api};

/// Without the role of applies and its external id: the fleet alone assumes it.
pub(crate) async fn environments(
    State(api): State<Api>,
    Reader(_): Reader,
) -> Answer<Environments> {
    let shown = |environment: Environment| Environment { access: None, ..environment };
    Ok(Json(Environments { environments: api.environments.0.into_iter().map(shown).collect() }))
}
