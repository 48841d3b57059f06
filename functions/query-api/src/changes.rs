//! `GET /v1/changes` and `GET /v1/changes/{id}`.

use axum::extract::State;
use headgate_api_types::changes::{Change, Changes};
use headgate_domain::approval::Approval;
use headgate_domain::records::{ChangeHead, Revision};
use headgate_events::{ChangeId, Versioned};
use headgate_http::{ApiError, Cursor, Json, PageQuery, Path, Query, Reader};
use headgate_ledger::Key;
use headgate_review::Report;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::deps::{Answer, Api, read};

pub(crate) async fn changes(
    State(api): State<Api>,
    Reader(_): Reader,
    Query(page): Query<PageQuery>,
) -> Answer<Changes> {
    let found = api.ledger.changes::<ChangeHead>(page.limit()?, page.position()?);
    let found = found.await?;
    let changes = found.items.into_iter().map(|s| s.value).collect();
    let next_cursor = found.next.map(|n| Cursor(n).encode());
    Ok(Json(Changes { changes, next_cursor }))
}

pub(crate) async fn change(
    State(api): State<Api>,
    Reader(_): Reader,
    Path(id): Path<ChangeId>,
) -> Answer<Change<Value>> {
    let Some(change) = read::<ChangeHead>(&api.ledger, &Key::change(&id)).await? else {
        return Err(ApiError::not_found("change"));
    };
    let n = change.revision;
    let revision = read::<Revision>(&api.ledger, &Key::revision(&id, n)).await?;
    let review = read::<AnyReview>(&api.ledger, &Key::review(&id, n)).await?.map(|r| r.0);
    let approval = read::<Approval>(&api.ledger, &Key::approval(&id, n)).await?;
    Ok(Json(Change { change, proposed: revision.map(|r| r.proposed), review, approval }))
}

/// A review as it is stored, with members that this build does not know. An older version is converted.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
struct AnyReview(Value);

impl Versioned for AnyReview {
    const VERSION: u64 = Report::VERSION;

    fn upcast(version: u64, body: &str) -> Result<Self, serde_json::Error> {
        serde_json::to_value(Report::upcast(version, body)?).map(Self)
    }
}
