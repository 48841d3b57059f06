//! The read side. `GET` renders and never decides.

use axum::Router;
use axum::extract::{FromRef, Path, State};
use axum::routing::get;
use headgate_artifacts::Artifacts;
use headgate_domain::approval::Approval;
use headgate_domain::timeline::{Entry, Head};
use headgate_http::{ApiError, Authenticated, Cursor, Json, PageQuery, Query, Verifier};
use headgate_ledger::{ChangeHead, Engagement, Key, Ledger, LedgerError, Revision};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::evaluations;
use crate::figures::{Phase, Scorecard, Summary, keys};

/// What the API works with.
#[derive(Clone)]
pub struct Api {
    /// The ledger.
    pub ledger: Ledger,
    /// Table of figures, runs and their cases.
    pub metrics: Ledger,
    /// Evidence of cases.
    pub artifacts: Artifacts,
    /// Tokens.
    pub verifier: Verifier,
}

impl FromRef<Api> for Verifier {
    fn from_ref(api: &Api) -> Self {
        api.verifier.clone()
    }
}

/// The routes. Everybody with a valid token may read.
pub fn router(api: Api) -> Router {
    Router::new()
        .route("/v1/changes", get(changes))
        .route("/v1/changes/{id}", get(change))
        .route("/v1/engagements/{id}", get(engagement))
        .route("/v1/engagements/{id}/timeline", get(timeline))
        .route("/v1/engagements/{id}/metrics", get(metrics))
        .route("/v1/scorecards/{principal}", get(scorecard))
        .route("/v1/evaluations", get(evaluations::runs))
        .route("/v1/evaluations/{id}", get(evaluations::run))
        .route("/v1/evaluations/{id}/cases", get(evaluations::cases))
        .route("/v1/evaluations/{id}/case", get(evaluations::case))
        .route("/v1/evaluations/{id}/report", get(evaluations::report))
        .route("/v1/standings/{model}/{family}", get(evaluations::standing))
        .with_state(api)
}

pub(crate) type Answer = Result<Json<Value>, ApiError>;

pub(crate) fn behind(error: LedgerError) -> ApiError {
    ApiError::unavailable(&error)
}

pub(crate) async fn read<T: DeserializeOwned>(
    ledger: &Ledger,
    key: &Key,
) -> Result<Option<T>, ApiError> {
    Ok(ledger.get::<T>(key).await.map_err(behind)?.map(|s| s.value))
}

async fn changes(
    State(api): State<Api>,
    Authenticated(_): Authenticated,
    Query(page): Query<PageQuery>,
) -> Answer {
    let found = api.ledger.changes::<ChangeHead>(page.limit()?, page.position()?);
    let found = found.await.map_err(behind)?;
    let changes: Vec<_> = found.items.into_iter().map(|s| s.value).collect();
    let next_cursor = found.next.map(|n| Cursor(n).encode());
    Ok(Json(json!({ "changes": changes, "next_cursor": next_cursor })))
}

async fn change(
    State(api): State<Api>,
    Authenticated(_): Authenticated,
    Path(id): Path<String>,
) -> Answer {
    let Some(head) = read::<ChangeHead>(&api.ledger, &Key::change(&id)).await? else {
        return Err(ApiError::not_found("change"));
    };
    let n = head.revision;
    let revision = read::<Revision>(&api.ledger, &Key::revision(&id, n)).await?;
    let review = read::<Value>(&api.ledger, &Key::review(&id, n)).await?;
    let approval = read::<Approval>(&api.ledger, &Key::approval(&id, n)).await?;
    Ok(Json(json!({
        "change": head,
        "proposed": revision.map(|r| r.proposed),
        "review": review,
        "approval": approval,
    })))
}

async fn engagement(
    State(api): State<Api>,
    Authenticated(_): Authenticated,
    Path(id): Path<String>,
) -> Answer {
    let engagement = read::<Engagement>(&api.ledger, &Key::engagement(&id)).await?;
    let engagement = engagement.ok_or_else(|| ApiError::not_found("engagement"))?;
    Ok(Json(json!({ "engagement": engagement })))
}

#[derive(Deserialize)]
struct After {
    #[serde(default)]
    after: u64,
}

async fn timeline(
    State(api): State<Api>,
    Authenticated(_): Authenticated,
    Path(id): Path<String>,
    Query(After { after }): Query<After>,
    Query(page): Query<PageQuery>,
) -> Answer {
    let Some(head) = read::<Head>(&api.ledger, &Key::timeline(&id)).await? else {
        return Err(ApiError::not_found("timeline"));
    };
    let found = api.ledger.timeline::<Entry>(&id, after, page.limit()?).await.map_err(behind)?;
    let entries: Vec<_> = found.into_iter().map(|s| s.value).collect();
    let next_after = entries.last().map(|e| e.seq).filter(|seq| *seq < head.seq);
    Ok(Json(json!({ "entries": entries, "head": head, "next_after": next_after })))
}

async fn metrics(
    State(api): State<Api>,
    Authenticated(_): Authenticated,
    Path(id): Path<String>,
) -> Answer {
    let Some(summary) = read::<Summary>(&api.metrics, &keys::summary(&id)).await? else {
        return Err(ApiError::not_found("engagement with metrics"));
    };
    let mut phases = serde_json::Map::new();
    for name in ["review", "decision", "execution"] {
        if let Some(phase) = read::<Phase>(&api.metrics, &keys::phase(&id, name)).await? {
            phases.insert(name.to_owned(), json!(phase));
        }
    }
    Ok(Json(json!({ "engagement_id": id, "summary": summary, "phases": phases })))
}

async fn scorecard(
    State(api): State<Api>,
    Authenticated(_): Authenticated,
    Path(principal): Path<String>,
) -> Answer {
    let card = read::<Scorecard>(&api.metrics, &keys::scorecard(&principal)).await?;
    let card = card.ok_or_else(|| ApiError::not_found("scorecard"))?;
    let ratings = card.ratings().map(|[quality, relevance, completeness]| {
        json!({ "quality": quality, "relevance": relevance, "completeness": completeness })
    });
    let trust = card.trust();
    Ok(Json(json!({
        "principal": principal, "scorecard": card, "trust": trust, "mean_ratings": ratings,
    })))
}
