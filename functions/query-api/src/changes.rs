//! `GET /v1/changes` and `GET /v1/changes/{id}`.

use axum::extract::State;
use headgate_api_types::changes::{Change, Changes};
use headgate_domain::approval::Approval;
use headgate_domain::ids;
use headgate_domain::records::{ChangeHead, Revision};
use headgate_events::{ChangeId, EngagementId, Versioned};
use headgate_http::{ApiError, Cursor, Json, PageQuery, Path, Query, Reader};
use headgate_ledger::{Key, View};
use headgate_review::Report;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::deps::{Answer, Api, read};
use crate::sight;

#[derive(Deserialize)]
pub(crate) struct Of {
    /// Engagement whose changes are listed.
    engagement: Option<EngagementId>,
}

/// A page may have fewer changes than were asked for, and none, because the caller may not read the others; the last page has no cursor.
pub(crate) async fn changes(
    State(api): State<Api>,
    reader: Reader,
    Query(Of { engagement }): Query<Of>,
    Query(page): Query<PageQuery>,
) -> Answer<Changes> {
    let (limit, after) = (page.limit()?, page.position()?);
    let (changes, next) = match engagement {
        Some(id) => {
            sight::engagement(&api, &reader, &id).await?;
            of(&api, &id, limit, after).await?
        }
        None => {
            let found = api.ledger.changes::<ChangeHead>(limit, after).await?;
            let page = found.items.into_iter().map(|s| s.value).collect();
            (sight::changes(&api, &reader, page).await?, found.next)
        }
    };
    Ok(Json(Changes { changes, next_cursor: next.map(|n| Cursor(n).encode()) }))
}

/// A page of the changes of an engagement, as they are now.
async fn of(
    api: &Api,
    id: &EngagementId,
    limit: i32,
    after: Option<String>,
) -> Result<(Vec<ChangeHead>, Option<String>), ApiError> {
    if !ids::is_valid(id.as_str()) {
        return Err(ApiError::not_found("engagement"));
    }
    let found = api.ledger.changes_of(id, limit, after).await?;
    let keys = found.items.iter().map(|named| Key::change(&named.value.id.as_str().into()));
    let keys: Vec<_> = keys.collect();
    let ledger = api.ledger.through(&View::new());
    ledger.prefetch(keys.clone()).await?;
    let mut changes = Vec::new();
    for key in &keys {
        changes.extend(read::<ChangeHead>(&ledger, key).await?);
    }
    Ok((changes, found.next))
}

pub(crate) async fn change(
    State(api): State<Api>,
    reader: Reader,
    Path(id): Path<ChangeId>,
) -> Answer<Change<Value>> {
    let change = sight::change(&api, &reader, &id).await?;
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
