//! Quarantine, for operators.

use axum::Router;
use axum::extract::{FromRef, Path, State};
use axum::routing::get;
use headgate_http::{ApiError, Authenticated, Cursor, Json, PageQuery, Query, Verifier};
use headgate_ledger::Ledger;
use serde_json::{Value, json};

use crate::entry::Entry;
use crate::quarantine::entry_key;

/// Role that may look into quarantine.
const OPERATOR: &str = "operator";

/// What the API works with.
#[derive(Clone)]
pub struct Api {
    /// Table of entries.
    pub table: Ledger,
    /// Tokens.
    pub verifier: Verifier,
}

impl FromRef<Api> for Verifier {
    fn from_ref(api: &Api) -> Self {
        api.verifier.clone()
    }
}

/// The routes.
pub fn router(api: Api) -> Router {
    Router::new()
        .route("/v1/quarantine", get(list))
        .route("/v1/quarantine/{id}", get(show))
        .with_state(api)
}

async fn list(
    State(api): State<Api>,
    Authenticated(principal): Authenticated,
    Query(page): Query<PageQuery>,
) -> Result<Json<Value>, ApiError> {
    principal.require(OPERATOR)?;
    let found = api.table.quarantined::<Entry>(page.limit()?, page.position()?).await;
    let found = found.map_err(|e| ApiError::unavailable(&e))?;
    let entries: Vec<_> = found.items.into_iter().map(|s| s.value).collect();
    let next_cursor = found.next.map(|n| Cursor(n).encode());
    Ok(Json(json!({ "entries": entries, "next_cursor": next_cursor })))
}

async fn show(
    State(api): State<Api>,
    Authenticated(principal): Authenticated,
    Path(id): Path<String>,
) -> Result<Json<Entry>, ApiError> {
    principal.require(OPERATOR)?;
    let found = api.table.get::<Entry>(&entry_key(&id)).await;
    let found = found.map_err(|e| ApiError::unavailable(&e))?;
    found.map(|s| Json(s.value)).ok_or_else(|| ApiError::not_found("quarantine entry"))
}
