//! A vote of a verified person: their roles, and what others have delegated to them.

use axum::http::StatusCode;
use headgate_api_types::decisions::DecisionRequest;
use headgate_domain::approval::{Approval, Ballot, Delegation, Grant, MAX_NAME, VoteError};
use headgate_domain::text::one_line;
use headgate_http::{ApiError, Principal};
use headgate_ledger::{Stored, Transition};
use jiff::Timestamp;

use crate::deps::Api;
use crate::lost;

/// Longest comment that is stored, in bytes. The limit lets all votes fit into the event of the decision.
const MAX_COMMENT: usize = 1_000;

/// A vote that can be cast.
pub(super) struct Filled {
    pub(super) ballot: Ballot,
    /// The delegations that were read for it.
    pub(super) under: Vec<Stored<Delegation>>,
}

/// Whether the caller may know of a request for a decision: they read everything, are concerned, or vote for somebody who is.
pub(super) async fn knows(
    api: &Api,
    principal: &Principal,
    decision: Option<&DecisionRequest>,
    (approval, environment): (&Approval, &str),
    now: Timestamp,
) -> Result<bool, ApiError> {
    if principal.sees_everything() || approval.concerns(&principal.id, &principal.roles, now) {
        return Ok(true);
    }
    let Some(decision) = decision else { return Ok(false) };
    let known = delegations(api, principal, decision, now).await?;
    let granted = |by| {
        let known = known.iter().map(|d| &d.value);
        Grant::of(known, by, &principal.id, environment, now)
            .is_some_and(|grant| approval.concerns(by, &grant.roles, now))
    };
    Ok(decision.on_behalf_of.as_ref().is_some_and(granted))
}

/// Fills in a ballot for a decision about `environment`.
pub(super) async fn fill(
    api: &Api,
    principal: &Principal,
    decision: &DecisionRequest,
    environment: &str,
    now: Timestamp,
) -> Result<Filled, ApiError> {
    let under = delegations(api, principal, decision, now).await?;
    let grant = grant(principal, decision, &under, environment, now)?;
    let mut ballot = filled(principal, decision, grant);
    // A token from before still has the role.
    if let Some(lost) = lost::known(&api.flow.ledger, &principal.id).await? {
        ballot.roles.retain(|role| !lost.value.is_stale(role, now));
    }
    Ok(Filled { ballot, under })
}

/// Lets a transition commit only while the delegations hold that its votes use: if one is revoked before, the commit conflicts.
pub(super) fn under(
    transition: Transition,
    next: &Approval,
    read: &[Stored<Delegation>],
) -> Transition {
    let used =
        |d: &&Stored<Delegation>| next.votes.iter().any(|v| v.delegations.contains(&d.value.id));
    read.iter().filter(used).fold(transition, Transition::under)
}

fn filled(principal: &Principal, decision: &DecisionRequest, grant: Option<Grant>) -> Ballot {
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

/// Why a vote is refused, as the voter sees it.
pub(super) fn said(error: &VoteError) -> ApiError {
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
