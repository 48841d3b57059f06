//! `GET /v1/changes` and `GET /v1/changes/{id}`.

use axum::extract::State;
use headgate_api_types::changes::{Change, Changes};
use headgate_domain::approval::Approval;
use headgate_domain::ids;
use headgate_domain::records::{ChangeHead, Revision};
use headgate_events::{ChangeId, EngagementId, Versioned};
use headgate_http::{Cursor, Json, PageQuery, Path, Query, Reader};
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

/// All changes, or those of an engagement. Who does not read everything sees those that they have proposed or own, if they name no engagement.
pub(crate) async fn changes(
    State(api): State<Api>,
    reader: Reader,
    Query(Of { engagement }): Query<Of>,
    Query(page): Query<PageQuery>,
) -> Answer<Changes> {
    let (limit, after) = (page.limit()?, page.position()?);
    let named = match engagement {
        Some(id) => {
            sight::engagement(&api, &reader, &id).await?;
            if !ids::is_valid(id.as_str()) {
                return Err(reader.missing("engagement"));
            }
            api.ledger.changes_of(&id, limit, after).await?
        }
        None if reader.sees_everything() => {
            let found = api.ledger.changes::<ChangeHead>(limit, after).await?;
            let changes = found.items.into_iter().map(|s| s.value).collect();
            return Ok(Json(Changes {
                changes,
                next_cursor: found.next.map(|n| Cursor(n).encode()),
            }));
        }
        None => api.ledger.changes_by(&reader.0.id, limit, after).await?,
    };
    // As they are now: the list only names them.
    let keys = named.items.iter().map(|named| Key::change(&named.value.id.as_str().into()));
    let keys: Vec<_> = keys.collect();
    let ledger = api.ledger.through(&View::new());
    ledger.prefetch(keys.clone()).await?;
    let mut changes = Vec::new();
    for key in &keys {
        changes.extend(read::<ChangeHead>(&ledger, key).await?);
    }
    Ok(Json(Changes { changes, next_cursor: named.next.map(|n| Cursor(n).encode()) }))
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
