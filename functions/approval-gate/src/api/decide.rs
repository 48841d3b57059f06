//! `POST /v1/changes/{id}/decisions` and `…/withdrawals`: casts or withdraws a vote.

use axum::extract::State as Deps;
use axum::http::StatusCode;
use headgate_api_types::decisions::{DecisionRequest, Tally, WithdrawalRequest};
use headgate_domain::approval::{Ballot, Counted, Delegation, Grant, MAX_NAME, VoteError};
use headgate_domain::text::one_line;
use headgate_events::ChangeId;
use headgate_http::{ApiError, Authenticated, Json, Path, Principal};
use headgate_ledger::{ApprovalState, Commit, Key, Stored, Transition};
use headgate_outbox::Attempts;
use headgate_review::Report;
use jiff::Timestamp;

use crate::deps::Api;
use crate::lost;
use crate::state;

/// Longest comment that is stored, in bytes. The limit lets all votes fit into the event of the decision.
const MAX_COMMENT: usize = 1_000;

pub(super) async fn decide(
    Deps(api): Deps<Api>,
    Authenticated(principal): Authenticated,
    Path(id): Path<ChangeId>,
    Json(decision): Json<DecisionRequest>,
) -> Result<Json<Tally>, ApiError> {
    principal.require_human()?;
    let tally = change(&api, &principal, &id, &Act::Cast(decision)).await?;
    if let Some(outcome) = tally.outcome {
        // The decision holds even if waking the workflow fails: the next slice finds it.
        match api.approvals.wake(&id, tally.revision, outcome).await {
            Ok(wake) => tracing::info!(change.id = id.as_str(), workflow.wake = ?wake, "decided"),
            Err(error) => {
                let error = headgate_runtime::telemetry::chain(&error);
                tracing::warn!(
                    change.id = id.as_str(),
                    error,
                    "decided; waking the workflow failed"
                );
            }
        }
    }
    Ok(Json(tally))
}

pub(super) async fn withdraw(
    Deps(api): Deps<Api>,
    Authenticated(principal): Authenticated,
    Path(id): Path<ChangeId>,
    Json(withdrawal): Json<WithdrawalRequest>,
) -> Result<Json<Tally>, ApiError> {
    principal.require_human()?;
    Ok(Json(change(&api, &principal, &id, &Act::Withdraw(withdrawal)).await?))
}

/// What the caller does: cast a vote or withdraw one.
enum Act {
    Cast(DecisionRequest),
    Withdraw(WithdrawalRequest),
}

impl Act {
    fn revision(&self) -> u32 {
        match self {
            Self::Cast(decision) => decision.revision,
            Self::Withdraw(withdrawal) => withdrawal.revision,
        }
    }
}

/// Applies the act to the current approval. Retries if somebody else changes the approval at the same time.
async fn change(
    api: &Api,
    principal: &Principal,
    id: &ChangeId,
    act: &Act,
) -> Result<Tally, ApiError> {
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
                let mut ballot = ballot(principal, decision, grant);
                // A token from before still has the role.
                if let Some(lost) = lost::known(&api.flow.ledger, &principal.id).await? {
                    ballot.roles.retain(|role| !lost.value.is_stale(role, now));
                }
                next.cast(ballot, now)
            }
            Act::Withdraw(WithdrawalRequest { ballot, .. }) => {
                next.withdraw(&principal.id, ballot, now)
            }
        };
        let counted = counted.map_err(|e| said(&e))?;
        if counted == Counted::Already {
            // The first request may have died before it published the decision.
            if next.outcome.is_some() {
                flow.heal(&state::decided_marker(id, next.revision)).await?;
            }
            return Ok(Tally::from(&next));
        }
        let transition = state::transition(state, flow, &next, principal.actor(), now)?;
        // If a delegation is revoked before this commits, the commit conflicts and the loop reads it again.
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

fn ballot(principal: &Principal, decision: &DecisionRequest, grant: Option<Grant>) -> Ballot {
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

/// Delegations to the voter by the person they vote for, read from the ledger.
async fn delegations(
    api: &Api,
    principal: &Principal,
    decision: &DecisionRequest,
    now: Timestamp,
) -> Result<Vec<Stored<Delegation>>, ApiError> {
    match &decision.on_behalf_of {
        // Nobody has such a long id, and DynamoDB would refuse it as part of a key.
        Some(by) if by.as_str().len() > MAX_NAME => Ok(Vec::new()),
        Some(by) => {
            let found = api.flow.ledger.delegations_between(by, &principal.id, now).await?;
            Ok(lost::without_lost(&api.flow.ledger, by, found).await?)
        }
        None => Ok(Vec::new()),
    }
}

fn grant(
    principal: &Principal,
    decision: &DecisionRequest,
    known: &[Stored<Delegation>],
    environment: &str,
    now: Timestamp,
) -> Result<Option<Grant>, ApiError> {
    let Some(by) = &decision.on_behalf_of else { return Ok(None) };
    let known = known.iter().map(|d| &d.value);
    let grant = Grant::of(known, by, &principal.id, environment, now);
    let missing = || {
        let why =
            format!("you have no delegation from {by} for `{environment}` now; ask {by} for one");
        ApiError::forbidden("delegation_missing", why)
    };
    grant.map(Some).ok_or_else(missing)
}

/// The approval to decide on. It is void if a newer revision exists, if the policies have changed since the
/// review, or if the review is too old.
async fn current(
    api: &Api,
    id: &ChangeId,
    revision: u32,
    now: Timestamp,
) -> Result<ApprovalState, ApiError> {
    let ledger = &api.flow.ledger;
    let state = ledger.approval_state(id, revision).await?;
    let review = ledger.get::<Report>(&Key::review(id, revision)).await?;
    let (Some(state), Some(review)) = (state, review) else {
        return Err(ApiError::not_found("approval; check the change and the revision"));
    };
    if state.superseded() {
        let now = state.head.value.revision;
        return Err(ApiError::conflict(
            "revision_superseded",
            format!("revision {now} supersedes revision {revision}; decide on revision {now}"),
        ));
    }
    api.served
        .still_holds(&review.value, &state.head.value.environment, now)
        .map_err(|v| ApiError::conflict(v.code, v.message))?;
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
