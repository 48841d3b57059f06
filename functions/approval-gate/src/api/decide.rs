//! `POST /v1/changes/{id}/decisions` and `…/withdrawals`: casts or withdraws a vote.

use axum::extract::State as Deps;
use headgate_api_types::decisions::{DecisionRequest, Tally, WithdrawalRequest};
use headgate_domain::approval::Counted;
use headgate_events::ChangeId;
use headgate_http::{ApiError, Authenticated, Json, Path, Principal};
use headgate_ledger::{ApprovalState, Commit, Key};
use headgate_outbox::Attempts;
use headgate_review::Report;
use jiff::Timestamp;

use crate::api::ballot::{self, said};
use crate::deps::Api;
use crate::state;

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
    fn decision(&self) -> Option<&DecisionRequest> {
        match self {
            Self::Cast(decision) => Some(decision),
            Self::Withdraw(_) => None,
        }
    }

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
        let state = current(api, principal, id, act, now).await?;
        let mut next = state.approval.value.clone();
        let mut under = Vec::new();
        let counted = match act {
            Act::Cast(decision) => {
                let environment = &state.head.value.environment;
                let cast = ballot::fill(api, principal, decision, environment, now).await?;
                under = cast.under;
                next.cast(cast.ballot, now)
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
        let transition = ballot::under(transition, &next, &under);
        if flow.apply(&transition).await? == Commit::Applied {
            return Ok(Tally::from(&next));
        }
        attempts.again().await?;
    }
}

/// The approval to decide on, if the caller may know of it. It is void if a newer revision exists, if the policies have changed since the
/// review, or if the review is too old.
async fn current(
    api: &Api,
    principal: &Principal,
    id: &ChangeId,
    act: &Act,
    now: Timestamp,
) -> Result<ApprovalState, ApiError> {
    let ledger = &api.flow.ledger;
    let revision = act.revision();
    let missing = || ApiError::not_found("approval; check the change and the revision");
    let state = ledger.approval_state(id, revision).await?;
    let review = ledger.get::<Report>(&Key::review(id, revision)).await?;
    let (Some(state), Some(review)) = (state, review) else {
        return Err(missing());
    };
    let about = (&state.approval.value, state.head.value.environment.as_str());
    let includes = state.head.value.includes(&principal.id);
    if !includes && !ballot::knows(api, principal, act.decision(), about, now).await? {
        return Err(missing());
    }
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
