//! `POST /v1/engagements/{id}/phases/{phase}/decisions` and `…/withdrawals`: votes on the result of a phase. What follows from a decision is
//! for the functions of engagements: this only records it.

use axum::extract::State as Deps;
use headgate_api_types::decisions::{DecisionRequest, Tally, WithdrawalRequest};
use headgate_domain::approval::{Approval, Counted};
use headgate_domain::engagement::Engagement;
use headgate_engagements::{At, Course, Status};
use headgate_events::latest::PhaseDecided;
use headgate_events::{EngagementId, Payload as _, event_id};
use headgate_http::{ApiError, Authenticated, Json, Path, Principal};
use headgate_ledger::{Commit, Key, Stored, Transition};
use headgate_outbox::{Attempts, Emit};
use jiff::Timestamp;

use crate::GATE;
use crate::api::ballot::{self, said};
use crate::deps::Api;

pub(super) async fn decide(
    Deps(api): Deps<Api>,
    Authenticated(principal): Authenticated,
    Path((id, phase)): Path<(EngagementId, String)>,
    Json(decision): Json<DecisionRequest>,
) -> Result<Json<Tally>, ApiError> {
    principal.require_human()?;
    let at = At { phase: &phase, attempt: decision.revision };
    let mut attempts = Attempts::default();
    loop {
        let now = (api.flow.clock)();
        let asked = Asked::read(&api, &principal, &id, at, Some(&decision)).await?;
        let environment = &asked.engagement.environment;
        let cast = ballot::fill(&api, &principal, &decision, environment, now).await?;
        let mut next = asked.approval.value.clone();
        let counted = next.cast(cast.ballot, now).map_err(|e| said(&e))?;
        if let Some(known) = already(&api, counted, &next).await? {
            return Ok(known);
        }
        let transition = asked.transition(&api, &principal, &next, now)?;
        let transition = ballot::under(transition, &next, &cast.under);
        if api.flow.apply(&transition).await? == Commit::Applied {
            return Ok(Json(Tally::from(&next)));
        }
        attempts.again().await?;
    }
}

pub(super) async fn withdraw(
    Deps(api): Deps<Api>,
    Authenticated(principal): Authenticated,
    Path((id, phase)): Path<(EngagementId, String)>,
    Json(withdrawal): Json<WithdrawalRequest>,
) -> Result<Json<Tally>, ApiError> {
    principal.require_human()?;
    let at = At { phase: &phase, attempt: withdrawal.revision };
    let mut attempts = Attempts::default();
    loop {
        let now = (api.flow.clock)();
        let asked = Asked::read(&api, &principal, &id, at, None).await?;
        let mut next = asked.approval.value.clone();
        let counted = next.withdraw(&principal.id, &withdrawal.ballot, now);
        if let Some(known) = already(&api, counted.map_err(|e| said(&e))?, &next).await? {
            return Ok(known);
        }
        let transition = asked.transition(&api, &principal, &next, now)?;
        if api.flow.apply(&transition).await? == Commit::Applied {
            return Ok(Json(Tally::from(&next)));
        }
        attempts.again().await?;
    }
}

/// The answer to a copy of a request that was counted.
async fn already(
    api: &Api,
    counted: Counted,
    next: &Approval,
) -> Result<Option<Json<Tally>>, ApiError> {
    if counted != Counted::Already {
        return Ok(None);
    }
    // The first request may have died before it published the decision.
    if next.outcome.is_some() {
        api.flow.heal(&decided_marker(next)).await?;
    }
    Ok(Some(Json(Tally::from(next))))
}

/// A request for a decision on the result of a phase, as the ledger has it.
struct Asked {
    engagement: Engagement,
    course: Stored<Course>,
    approval: Stored<Approval>,
}

impl Asked {
    /// What the caller may not know of is missing.
    async fn read(
        api: &Api,
        principal: &Principal,
        id: &EngagementId,
        at: At<'_>,
        decision: Option<&DecisionRequest>,
    ) -> Result<Self, ApiError> {
        let ledger = &api.flow.ledger;
        let missing = || {
            let what = "request for a decision; check the engagement, the phase and the attempt";
            ApiError::not_found(what)
        };
        let engagement = ledger.get::<Engagement>(&Key::engagement(id)).await?;
        let course = ledger.get::<Course>(&Key::course(id)).await?;
        let (engagement, course) = engagement.zip(course).ok_or_else(missing)?;
        // What a caller sends may be too long to be a part of a key.
        if !course.value.phases.iter().any(|phase| phase.id == at.phase) {
            return Err(missing());
        }
        let approval = ledger.get(&Key::phase_approval(id, at.phase, at.attempt)).await?;
        let approval = approval.ok_or_else(missing)?;
        let about = (&approval.value, engagement.value.environment.as_str());
        let now = (api.flow.clock)();
        let includes = engagement.value.includes(&principal.id);
        if !includes && !ballot::knows(api, principal, decision, about, now).await? {
            return Err(missing());
        }
        Ok(Self { engagement: engagement.value, course, approval })
    }

    /// Writes the votes, and the event of a decision. It commits only while the engagement waits for this decision.
    fn transition(
        &self,
        api: &Api,
        principal: &Principal,
        next: &Approval,
        now: Timestamp,
    ) -> Result<Transition, ApiError> {
        let Self { engagement, course, approval } = self;
        let id = &engagement.engagement_id;
        let attempt = next.revision;
        let waits = course.value.status == Status::Deciding
            && course.value.attempt == attempt
            && course.value.subject() == next.change_id;
        if !waits {
            let message = format!(
                "the engagement is in {}, status `{}`: it does not wait for this decision any more",
                course.value.at(),
                course.value.status.name()
            );
            return Err(ApiError::conflict("attempt_superseded", message));
        }
        let phase = course.value.phase_id();
        let key = Key::phase_approval(id, phase, attempt);
        let transition = Transition::new()
            .put(&key, next, Some(approval.version), None)?
            .unchanged(&Key::course(id), course.version);
        let Some(outcome) = next.outcome else { return Ok(transition) };
        let decided = PhaseDecided {
            phase: phase.to_owned(),
            attempt,
            outcome,
            votes: next.votes.clone(),
            content_hash: next.content_hash.clone(),
        };
        let emit = Emit::new(api.flow.function, now, id).by(principal.actor());
        let emit = emit.traced(headgate_http::traceparent());
        let out = emit.event((next.change_id.as_str(), attempt), "", decided)?;
        Ok(transition.publishing(out).marked(decided_marker(next), now))
    }
}

fn decided_marker(approval: &Approval) -> Key {
    let subject = approval.change_id.as_str();
    Key::marker(GATE, &event_id(PhaseDecided::TYPE, subject, approval.revision, ""))
}
