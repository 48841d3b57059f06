//! `POST /v1/changes/{id}/decisions` and `…/withdrawals`.

use axum::extract::{Path, State as Deps};
use axum::http::StatusCode;
use headgate_domain::approval::{Approval, Ballot, Counted, Delegation, Grant, VoteError};
use headgate_domain::text::one_line;
use headgate_events::{Outcome, Ratings, VoteKind};
use headgate_flow::Attempts;
use headgate_http::{ApiError, Authenticated, Json, Principal};
use headgate_ledger::{Commit, Key, Stored, Transition};
use headgate_review::Report;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::permits::still_stands;
use super::{Api, Failure};
use crate::state::State;

/// Longest comment that is kept, in bytes. All votes on a request fit into the event of its decision.
const MAX_COMMENT: usize = 1_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Decision {
    revision: u32,
    content_hash: String,
    vote: VoteKind,
    /// Names this vote: send it again with the same name, and it is the same vote.
    #[serde(default)]
    ballot: Option<String>,
    /// Whose delegation to use.
    #[serde(default)]
    on_behalf_of: Option<String>,
    #[serde(default)]
    confirm: Option<String>,
    #[serde(default)]
    ratings: Option<Ratings>,
    #[serde(default)]
    comment: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Withdraw {
    revision: u32,
    ballot: String,
}

/// How the request stands now.
#[derive(Serialize)]
pub(super) struct Tally {
    change_id: String,
    revision: u32,
    /// The decision, if there is one now.
    outcome: Option<Outcome>,
    /// Approvals still missing.
    missing: u32,
    /// Roles of the seats that are still empty.
    missing_roles: Vec<String>,
}

impl From<&Approval> for Tally {
    fn from(approval: &Approval) -> Self {
        Self {
            change_id: approval.change_id.clone(),
            revision: approval.revision,
            outcome: approval.outcome,
            missing: approval.missing(),
            missing_roles: approval.missing_roles(),
        }
    }
}

pub(super) async fn decide(
    Deps(api): Deps<Api>,
    Authenticated(principal): Authenticated,
    Path(id): Path<String>,
    Json(decision): Json<Decision>,
) -> Result<Json<Tally>, ApiError> {
    principal.require_human()?;
    let tally = change(&api, &principal, &id, &Act::Cast(decision)).await?;
    if let Some(outcome) = tally.outcome {
        // The decision stands whether or not anybody is woken: the next slice finds it.
        match api.approvals.wake(&id, tally.revision, outcome).await {
            Ok(wake) => tracing::info!(change.id = id, workflow.wake = ?wake, "decided"),
            Err(error) => {
                let error = headgate_runtime::telemetry::chain(&error);
                tracing::warn!(change.id = id, error, "decided; the workflow is not woken yet");
            }
        }
    }
    Ok(Json(tally))
}

pub(super) async fn withdraw(
    Deps(api): Deps<Api>,
    Authenticated(principal): Authenticated,
    Path(id): Path<String>,
    Json(withdrawal): Json<Withdraw>,
) -> Result<Json<Tally>, ApiError> {
    principal.require_human()?;
    Ok(Json(change(&api, &principal, &id, &Act::Withdraw(withdrawal)).await?))
}

/// What somebody does to a request for decision.
enum Act {
    Cast(Decision),
    Withdraw(Withdraw),
}

impl Act {
    fn revision(&self) -> u32 {
        match self {
            Self::Cast(decision) => decision.revision,
            Self::Withdraw(withdrawal) => withdrawal.revision,
        }
    }
}

/// Changes the approval that stands to decision, as often as it takes against others who do.
async fn change(api: &Api, principal: &Principal, id: &str, act: &Act) -> Result<Tally, Failure> {
    let flow = &api.flow;
    let mut attempts = Attempts::default();
    loop {
        let now = (flow.clock)();
        let state = current(api, id, act.revision(), now).await?;
        let mut next = state.approval.value.clone();
        let mut under = Vec::new();
        let counted = match act {
            Act::Cast(decision) => {
                let environment = &state.head.value.environment;
                under = delegations(api, principal, decision, now).await?;
                let grant = grant(principal, decision, &under, environment, now)?;
                next.cast(ballot(principal, decision, grant), now)
            }
            Act::Withdraw(Withdraw { ballot, .. }) => next.withdraw(&principal.id, ballot, now),
        };
        let counted = counted.map_err(|e| Failure::Said(said(&e)))?;
        if counted == Counted::Before {
            return Ok(Tally::from(&next));
        }
        let transition = state.transition(flow, &next, principal.actor(), now)?;
        // A delegation that is revoked before this commits is a conflict, and looked at again.
        let used = |d: &&Stored<Delegation>| {
            next.votes.iter().any(|v| v.delegations.contains(&d.value.id))
        };
        let transition = under.iter().filter(used).fold(transition, Transition::under);
        if flow.apply(&transition).await? == Commit::Applied {
            return Ok(Tally::from(&next));
        }
        attempts.again().await?;
    }
}

fn ballot(principal: &Principal, decision: &Decision, grant: Option<Grant>) -> Ballot {
    Ballot {
        id: decision.ballot.clone(),
        principal: principal.id.clone(),
        roles: principal.roles.clone(),
        grant,
        revision: decision.revision,
        content_hash: decision.content_hash.clone(),
        vote: decision.vote,
        confirm: decision.confirm.clone(),
        ratings: decision.ratings,
        comment: one_line(&decision.comment, MAX_COMMENT),
    }
}

/// What the one that the voter votes for has delegated to them, read from the ledger.
async fn delegations(
    api: &Api,
    principal: &Principal,
    decision: &Decision,
    now: Timestamp,
) -> Result<Vec<Stored<Delegation>>, Failure> {
    match &decision.on_behalf_of {
        Some(by) => Ok(api.flow.ledger.delegations_between(by, &principal.id, now).await?),
        None => Ok(Vec::new()),
    }
}

fn grant(
    principal: &Principal,
    decision: &Decision,
    known: &[Stored<Delegation>],
    environment: &str,
    now: Timestamp,
) -> Result<Option<Grant>, Failure> {
    let Some(by) = &decision.on_behalf_of else { return Ok(None) };
    let known = known.iter().map(|d| &d.value);
    let grant = Grant::of(known, by, &principal.id, environment, now);
    let missing = || {
        let why = format!("{by} has delegated nothing to you for `{environment}` at this time");
        Failure::Said(ApiError::forbidden("delegation_missing", why))
    };
    grant.map(Some).ok_or_else(missing)
}

/// The approval that stands to decision. An older revision's is void, and so is one under other policies
/// or one of a review that is too long ago.
async fn current(api: &Api, id: &str, revision: u32, now: Timestamp) -> Result<State, Failure> {
    let ledger = &api.flow.ledger;
    let state = State::read(ledger, id, revision).await?;
    let review = ledger.get::<Report>(&Key::review(id, revision)).await?;
    let (Some(state), Some(review)) = (state, review) else {
        return Err(Failure::Said(ApiError::not_found("approval of that change and revision")));
    };
    if state.superseded() {
        let now = state.head.value.revision;
        return Err(Failure::Said(ApiError::conflict(
            "revision_superseded",
            format!("revision {now} has taken the place of revision {revision}; decide on that"),
        )));
    }
    still_stands(api, &review.value, &state.head.value.environment, now)?;
    Ok(state)
}

fn said(error: &VoteError) -> ApiError {
    let (code, message) = (error.code(), error.to_string());
    match error {
        VoteError::RoleMissing(_) | VoteError::Barred(_) => ApiError::forbidden(code, message),
        VoteError::Rating { .. } | VoteError::BallotName => ApiError::bad_request(code, message),
        VoteError::NoBallot(_) => ApiError::new(StatusCode::NOT_FOUND, code, message),
        VoteError::Decided(_)
        | VoteError::Expired(_)
        | VoteError::OtherContent { .. }
        | VoteError::AlreadyVoted(_)
        | VoteError::Unconfirmed(_)
        | VoteError::BallotSpent(_)
        | VoteError::Withdrawals(_)
        | VoteError::Full(_)
        | VoteError::BallotRequired => ApiError::conflict(code, message),
    }
}
