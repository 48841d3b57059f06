//! `GET /v1/quarantine`: quarantined messages and their groups, for operators.

use axum::extract::State;
use futures::{StreamExt as _, TryStreamExt as _, stream};
use headgate_api_types::quarantine::{Counted, Groups, Shown};
use headgate_domain::quarantine::{Entry, Group};
use headgate_http::{ApiError, Authenticated, Cursor, Json, PageQuery, Path, Query};
use headgate_ledger::{Key, Order, QUARANTINE_GROUPS};
use serde::Deserialize;

use crate::deps::{Answer, Api};

/// Role that may read the quarantine.
const OPERATOR: &str = "operator";
/// Counts of a group's messages are capped at this number.
const MOST_COUNTED: u64 = 1_000;
/// Number of groups that are counted in parallel.
const AT_ONCE: usize = 8;

async fn counted(api: &Api, group: Group) -> Result<Counted, ApiError> {
    let count = async |open| {
        let list = Entry::list(&group.fingerprint, open);
        api.quarantine.count(&list, MOST_COUNTED).await
    };
    let (open, closed) = (count(true).await?, count(false).await?);
    Ok(Counted { group, open, closed })
}

pub(crate) async fn groups(
    State(api): State<Api>,
    Authenticated(principal): Authenticated,
    Query(page): Query<PageQuery>,
) -> Answer<Groups> {
    principal.require(OPERATOR)?;
    let (limit, after) = (page.limit()?, page.position()?);
    let found =
        api.quarantine.list::<Group>(QUARANTINE_GROUPS, Order::NewestFirst, limit, after).await;
    let found = found?;
    let counts = found.items.into_iter().map(|stored| {
        let api = api.clone();
        async move { counted(&api, stored.value).await }
    });
    let groups = stream::iter(counts).buffered(AT_ONCE).try_collect().await?;
    let next_cursor = found.next.map(|n| Cursor(n).encode());
    Ok(Json(Groups { groups, next_cursor }))
}

#[derive(Deserialize)]
pub(crate) struct Which {
    #[serde(default)]
    closed: bool,
}

pub(crate) async fn group(
    State(api): State<Api>,
    Authenticated(principal): Authenticated,
    Path(fingerprint): Path<String>,
    Query(Which { closed }): Query<Which>,
    Query(page): Query<PageQuery>,
) -> Answer<Shown> {
    principal.require(OPERATOR)?;
    let ledger = &api.quarantine;
    let found = ledger.get::<Group>(&Key::quarantine_group(&fingerprint)).await?;
    let found = found.ok_or_else(|| ApiError::not_found("group"))?.value;
    let list = Entry::list(&fingerprint, !closed);
    let (limit, after) = (page.limit()?, page.position()?);
    let entries = ledger.list::<Entry>(&list, Order::OldestFirst, limit, after);
    let entries = entries.await?;
    let counted = counted(&api, found).await?;
    let messages = entries.items.into_iter().map(|s| s.value).collect();
    let next_cursor = entries.next.map(|n| Cursor(n).encode());
    Ok(Json(Shown { counted, messages, next_cursor }))
}

pub(crate) async fn message(
    State(api): State<Api>,
    Authenticated(principal): Authenticated,
    Path(id): Path<String>,
) -> Answer<Entry> {
    principal.require(OPERATOR)?;
    let found = api.quarantine.get::<Entry>(&Key::quarantined(&id)).await?;
    found.map(|s| Json(s.value)).ok_or_else(|| ApiError::not_found("quarantined message"))
}
