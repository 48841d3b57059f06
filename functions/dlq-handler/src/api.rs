//! Quarantine, for operators.

use axum::Router;
use axum::extract::{FromRef, Path, State};
use axum::routing::{get, post};
use futures::{StreamExt as _, TryStreamExt as _, stream};
use headgate_flow::Flow;
use headgate_http::{ApiError, Authenticated, Cursor, Json, PageQuery, Principal, Query, Verifier};
use headgate_ledger::{LedgerError, Order};
use headgate_runtime::telemetry::chain;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::consumers::Consumers;
use crate::discard;
use crate::entry::Entry;
use crate::group::{GROUPS, Group};
use crate::redrive::{Refused, Request, Requested, request};

/// Role that may look into quarantine, and act on it.
const OPERATOR: &str = "operator";
/// Messages of a group that are counted; what is more is as many.
const MOST_COUNTED: u64 = 1_000;
/// Longest reason that is kept, in characters.
const MAX_REASON: usize = 500;

/// What the API works with.
#[derive(Clone)]
pub struct Api {
    /// Quarantine table, bus, clock.
    pub flow: Flow,
    /// What is deployed.
    pub consumers: Consumers,
    /// Most redrives of one message.
    pub cap: u32,
    /// Tokens.
    pub verifier: Verifier,
}

impl FromRef<Api> for Verifier {
    fn from_ref(api: &Api) -> Self {
        api.verifier.clone()
    }
}

/// Groups that are counted at once.
const AT_ONCE: usize = 8;

type Answer = Result<Json<Value>, ApiError>;

/// The routes.
pub fn router(api: Api) -> Router {
    Router::new()
        .route("/v1/quarantine", get(groups))
        .route("/v1/quarantine/{fingerprint}", get(group))
        .route("/v1/quarantine/{fingerprint}/redrive", post(redrive))
        .route("/v1/quarantine/{fingerprint}/discard", post(give_up))
        .route("/v1/quarantine/messages/{id}", get(message))
        .with_state(api)
}

fn behind(error: LedgerError) -> ApiError {
    ApiError::unavailable(&error)
}

/// An operator; people only, since what they do here is on record with their name.
fn operator(principal: &Principal) -> Result<(), ApiError> {
    principal.require_human()?;
    principal.require(OPERATOR)
}

async fn counted(api: &Api, group: &Group) -> Result<Value, ApiError> {
    let count = async |open| {
        let list = Entry::list(&group.fingerprint, open);
        api.flow.ledger.count(&list, MOST_COUNTED).await.map_err(behind)
    };
    Ok(json!({ "group": group, "open": count(true).await?, "closed": count(false).await? }))
}

async fn groups(
    State(api): State<Api>,
    Authenticated(principal): Authenticated,
    Query(page): Query<PageQuery>,
) -> Answer {
    principal.require(OPERATOR)?;
    let (limit, after) = (page.limit()?, page.position()?);
    let found = api.flow.ledger.list::<Group>(GROUPS, Order::NewestFirst, limit, after).await;
    let found = found.map_err(behind)?;
    let counts = found.items.into_iter().map(|stored| {
        let api = api.clone();
        async move { counted(&api, &stored.value).await }
    });
    let groups: Vec<_> = stream::iter(counts).buffered(AT_ONCE).try_collect().await?;
    let next_cursor = found.next.map(|n| Cursor(n).encode());
    Ok(Json(json!({ "groups": groups, "next_cursor": next_cursor })))
}

#[derive(Deserialize)]
struct Which {
    #[serde(default)]
    closed: bool,
}

async fn group(
    State(api): State<Api>,
    Authenticated(principal): Authenticated,
    Path(fingerprint): Path<String>,
    Query(Which { closed }): Query<Which>,
    Query(page): Query<PageQuery>,
) -> Answer {
    principal.require(OPERATOR)?;
    let ledger = &api.flow.ledger;
    let found = ledger.get::<Group>(&Group::key(&fingerprint)).await.map_err(behind)?;
    let found = found.ok_or_else(|| ApiError::not_found("group"))?.value;
    let list = Entry::list(&fingerprint, !closed);
    let (limit, after) = (page.limit()?, page.position()?);
    let entries = ledger.list::<Entry>(&list, Order::OldestFirst, limit, after);
    let entries = entries.await.map_err(behind)?;
    let mut answer = counted(&api, &found).await?;
    answer["messages"] = entries.items.into_iter().map(|s| json!(s.value)).collect();
    answer["next_cursor"] = json!(entries.next.map(|n| Cursor(n).encode()));
    Ok(Json(answer))
}

async fn message(
    State(api): State<Api>,
    Authenticated(principal): Authenticated,
    Path(id): Path<String>,
) -> Result<Json<Entry>, ApiError> {
    principal.require(OPERATOR)?;
    let found = api.flow.ledger.get::<Entry>(&Entry::key(&id)).await.map_err(behind)?;
    found.map(|s| Json(s.value)).ok_or_else(|| ApiError::not_found("quarantined message"))
}

/// A request to act. Without `execute` it only says what would be done.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Action {
    #[serde(default)]
    reason: String,
    #[serde(default)]
    execute: bool,
    #[serde(default)]
    force: bool,
}

impl Action {
    fn reason(&self) -> String {
        self.reason.chars().take(MAX_REASON).collect()
    }
}

async fn redrive(
    State(api): State<Api>,
    Authenticated(principal): Authenticated,
    Path(fingerprint): Path<String>,
    Json(action): Json<Action>,
) -> Answer {
    operator(&principal)?;
    let asked = Request {
        fingerprint: &fingerprint,
        actor: principal.actor(),
        reason: &action.reason(),
        force: action.force,
        execute: action.execute,
        cap: api.cap,
    };
    match request(&api.flow, &api.consumers, &asked).await.map_err(refused)? {
        Requested::Preview(preview) => Ok(Json(json!({ "dry_run": true, "would": preview }))),
        Requested::Run(run) => Ok(Json(json!({ "dry_run": false, "run": run }))),
    }
}

async fn give_up(
    State(api): State<Api>,
    Authenticated(principal): Authenticated,
    Path(fingerprint): Path<String>,
    Json(action): Json<Action>,
) -> Answer {
    operator(&principal)?;
    let found = api.flow.ledger.get::<Group>(&Group::key(&fingerprint)).await.map_err(behind)?;
    let found = found.ok_or_else(|| ApiError::not_found("group"))?.value;
    // What a run has on its way is the run's: it waits to hear of every message.
    if let Some(run) = found.running((api.flow.clock)()) {
        return Err(refused(Refused::Running(run.run_id.clone())));
    }
    let reason = action.reason();
    if action.execute && reason.trim().is_empty() {
        return Err(refused(Refused::ReasonMissing));
    }
    let actor = principal.actor();
    let done = if action.execute {
        discard::discard(&api.flow, &fingerprint, &actor, &reason).await
    } else {
        discard::preview(&api.flow, &fingerprint).await
    };
    let done = done.map_err(|_| ApiError::unavailable(&std::io::Error::other("discard")))?;
    Ok(Json(json!({ "dry_run": !action.execute, "result": done })))
}

fn refused(error: Refused) -> ApiError {
    let message = chain(&error);
    match error {
        Refused::Unknown => ApiError::not_found("group"),
        Refused::ReasonMissing => ApiError::bad_request("reason_missing", message),
        Refused::NotRedrivable(_) => ApiError::conflict("not_redrivable", message),
        Refused::Running(_) => ApiError::conflict("redrive_running", message),
        Refused::BuildUnchanged { .. } => ApiError::conflict("build_unchanged", message),
        Refused::NothingWaiting => ApiError::conflict("nothing_waiting", message),
        Refused::Capped { .. } => ApiError::conflict("redrive_capped", message),
        Refused::Flow(_) | Refused::Json(_) => ApiError::unavailable(&error),
    }
}

#[cfg(test)]
mod tests {
    use super::{Refused, refused};

    #[test]
    fn every_refusal_says_what_to_do() {
        let text = |s: &str| s.to_owned();
        let cases = [
            (Refused::Unknown, 404, "not_found", "there is no such group"),
            (
                Refused::ReasonMissing,
                400,
                "reason_missing",
                "say why with `reason`; it goes into the record",
            ),
            (
                Refused::NotRedrivable(text("nightly")),
                409,
                "not_redrivable",
                "`nightly` is no queue consumer of this fleet: its messages can be discarded, not redriven",
            ),
            (
                Refused::Running(text("run-1")),
                409,
                "redrive_running",
                "run run-1 is sending this group already; see how it goes with `headgate dlq show`",
            ),
            (
                Refused::BuildUnchanged { consumer: text("intake"), build: text("0a1b") },
                409,
                "build_unchanged",
                "`intake` still runs 0a1b, the build that failed; deploy a fix, or force it if the cause \
                 was elsewhere",
            ),
            (
                Refused::NothingWaiting,
                409,
                "nothing_waiting",
                "no message of this group is waiting",
            ),
            (
                Refused::Capped { waiting: 2, cap: 3 },
                409,
                "redrive_capped",
                "all 2 waiting messages were redriven 3 times already; discard them",
            ),
        ];
        for (error, status, code, message) in cases {
            let answer = refused(error);
            assert_eq!((answer.status().as_u16(), answer.code()), (status, code));
            assert_eq!(answer.to_string().split_once(": ").map(|(_, m)| m), Some(message));
        }
    }
}
