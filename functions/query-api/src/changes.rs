//! `GET /v1/changes` and `GET /v1/changes/{id}`.

use axum::extract::{Path, State};
use headgate_domain::approval::Approval;
use headgate_http::{ApiError, Authenticated, Cursor, Json, PageQuery, Query};
use headgate_ledger::{ChangeHead, Key, Revision};
use serde_json::{Value, json};

use crate::deps::{Answer, Api, read};

pub(crate) async fn changes(
    State(api): State<Api>,
    Authenticated(_): Authenticated,
    Query(page): Query<PageQuery>,
) -> Answer {
    let found = api.ledger.changes::<ChangeHead>(page.limit()?, page.position()?);
    let found = found.await?;
    let changes: Vec<_> = found.items.into_iter().map(|s| s.value).collect();
    let next_cursor = found.next.map(|n| Cursor(n).encode());
    Ok(Json(json!({ "changes": changes, "next_cursor": next_cursor })))
}

pub(crate) async fn change(
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
