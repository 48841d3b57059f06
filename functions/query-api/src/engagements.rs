//! `GET /v1/engagements/{id}`, its timeline and its metrics.

use axum::extract::{Path, State};
use headgate_domain::figures::{Phase, Summary};
use headgate_domain::timeline::{Entry, Head};
use headgate_http::{ApiError, Authenticated, Json, PageQuery, Query};
use headgate_ledger::{Engagement, Key};
use serde::Deserialize;
use serde_json::json;

use crate::deps::{Answer, Api, read};

pub(crate) async fn engagement(
    State(api): State<Api>,
    Authenticated(_): Authenticated,
    Path(id): Path<String>,
) -> Answer {
    let engagement = read::<Engagement>(&api.ledger, &Key::engagement(&id)).await?;
    let engagement = engagement.ok_or_else(|| ApiError::not_found("engagement"))?;
    Ok(Json(json!({ "engagement": engagement })))
}

#[derive(Deserialize)]
pub(crate) struct After {
    #[serde(default)]
    after: u64,
}

pub(crate) async fn timeline(
    State(api): State<Api>,
    Authenticated(_): Authenticated,
    Path(id): Path<String>,
    Query(After { after }): Query<After>,
    Query(page): Query<PageQuery>,
) -> Answer {
    let Some(head) = read::<Head>(&api.ledger, &Key::timeline(&id)).await? else {
        return Err(ApiError::not_found("timeline"));
    };
    let found = api.ledger.timeline::<Entry>(&id, after, page.limit()?).await?;
    let entries: Vec<_> = found.into_iter().map(|s| s.value).collect();
    let next_after = entries.last().map(|e| e.seq).filter(|seq| *seq < head.seq);
    Ok(Json(json!({ "entries": entries, "head": head, "next_after": next_after })))
}

pub(crate) async fn metrics(
    State(api): State<Api>,
    Authenticated(_): Authenticated,
    Path(id): Path<String>,
) -> Answer {
    let Some(summary) = read::<Summary>(&api.metrics, &Key::summary(&id)).await? else {
        return Err(ApiError::not_found("engagement, or it has no metrics yet"));
    };
    let mut phases = serde_json::Map::new();
    for name in ["review", "decision", "execution"] {
        if let Some(phase) = read::<Phase>(&api.metrics, &Key::phase(&id, name)).await? {
            phases.insert(name.to_owned(), json!(phase));
        }
    }
    Ok(Json(json!({ "engagement_id": id, "summary": summary, "phases": phases })))
}
