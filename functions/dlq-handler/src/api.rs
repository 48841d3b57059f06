//! The routes for operators: redrive or discard a group of quarantined messages.

use axum::Router;
use axum::extract::{FromRef, State};
use axum::routing::post;
use headgate_api_types::quarantine::{Action, Discard, Redrive};
use headgate_http::{ApiError, Authenticated, Json, Path, Principal, Verifier};
use headgate_ledger::Key;
use headgate_outbox::{Flow, Handled};
use headgate_runtime::telemetry::chain;

use crate::consumers::Consumers;
use crate::discard;
use crate::redrive::{Refused, Request, Requested, request};
use headgate_domain::quarantine::Group;

/// Role that may redrive and discard.
const OPERATOR: &str = "operator";
/// Longest reason that is stored, in characters.
const MAX_REASON: usize = 500;

/// Dependencies of the API.
#[derive(Clone)]
pub struct Api {
    /// Quarantine table, bus, clock.
    pub flow: Flow,
    /// The deployed consumers.
    pub consumers: Consumers,
    /// Most redrives of one message.
    pub cap: u32,
    /// Verifies callers' tokens.
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
        .route("/v1/quarantine/{fingerprint}/redrive", post(redrive))
        .route("/v1/quarantine/{fingerprint}/discard", post(give_up))
        .with_state(api)
}

/// Requires the caller to be a person with the operator role, because the action is recorded under their
/// name.
fn operator(principal: &Principal) -> Result<(), ApiError> {
    principal.require_human()?;
    principal.require(OPERATOR)
}

/// The reason, as it is stored.
fn reason(action: &Action) -> String {
    action.reason.chars().take(MAX_REASON).collect()
}

async fn redrive(
    State(api): State<Api>,
    Authenticated(principal): Authenticated,
    Path(fingerprint): Path<String>,
    Json(action): Json<Action>,
) -> Result<Json<Redrive>, ApiError> {
    operator(&principal)?;
    let asked = Request {
        fingerprint: &fingerprint,
        actor: principal.actor(),
        reason: &reason(&action),
        force: action.force,
        execute: action.execute,
        cap: api.cap,
    };
    let (would, run) = match request(&api.flow, &api.consumers, &asked).await.map_err(refused)? {
        Requested::Preview(preview) => (Some(preview), None),
        Requested::Run(run) => (None, Some(*run)),
    };
    Ok(Json(Redrive { dry_run: would.is_some(), would, run }))
}

async fn give_up(
    State(api): State<Api>,
    Authenticated(principal): Authenticated,
    Path(fingerprint): Path<String>,
    Json(action): Json<Action>,
) -> Result<Json<Discard>, ApiError> {
    operator(&principal)?;
    let found = api.flow.ledger.get::<Group>(&Key::quarantine_group(&fingerprint)).await?;
    let found = found.ok_or_else(|| ApiError::not_found("group"))?.value;
    // A run waits for the result of every message that it has sent, so none may be discarded meanwhile.
    if let Some(run) = found.running((api.flow.clock)()) {
        return Err(refused(Refused::Running(run.run_id.clone())));
    }
    let reason = reason(&action);
    if action.execute && reason.trim().is_empty() {
        return Err(refused(Refused::ReasonMissing));
    }
    let actor = principal.actor();
    let done = if action.execute {
        discard::discard(&api.flow, &fingerprint, &actor, &reason).await
    } else {
        discard::preview(&api.flow, &fingerprint).await
    };
    let done = done.map_err(|handled| match handled {
        Handled::Retry(error) | Handled::Fails(error) => ApiError::unavailable(&*error),
        other => ApiError::unavailable(&std::io::Error::other(format!("{other:?}"))),
    })?;
    Ok(Json(Discard { dry_run: !action.execute, result: done }))
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
                "`reason` is empty; say why, for the record",
            ),
            (
                Refused::NotRedrivable(text("nightly")),
                409,
                "not_redrivable",
                "`nightly` is not a queue consumer of this fleet: its messages can be discarded, \
                 not redriven",
            ),
            (
                Refused::Running(text("run-1")),
                409,
                "redrive_running",
                "run run-1 is already redriving this group; follow it with `headgate dlq show`",
            ),
            (
                Refused::BuildUnchanged { consumer: text("intake"), build: text("0a1b") },
                409,
                "build_unchanged",
                "`intake` still runs 0a1b, the build that failed; deploy a fix, or use `force` if the cause \
                 was not in the build",
            ),
            (
                Refused::NothingWaiting,
                409,
                "nothing_waiting",
                "no message of this group is waiting; there is nothing to redrive",
            ),
            (
                Refused::Capped { waiting: 2, cap: 3 },
                409,
                "redrive_capped",
                "all waiting messages (2) have already been redriven 3 times; discard them",
            ),
        ];
        for (error, status, code, message) in cases {
            let answer = refused(error);
            assert_eq!((answer.status().as_u16(), answer.code()), (status, code));
            assert_eq!(answer.to_string().split_once(": ").map(|(_, m)| m), Some(message));
        }
    }
}
