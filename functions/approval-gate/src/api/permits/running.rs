//! While the apply runs: its lock is renewed; at its end it is reported and the environment is free.

use axum::extract::{Path, State as Deps};
use headgate_events::latest::{ChangeExecuted, ExecutionOutcome};
use headgate_flow::{Attempts, Emit};
use headgate_http::{ApiError, Authenticated, Json, Principal};
use headgate_ledger::{ChangeHead, Commit, EnvironmentLock, Key, PermitRecord, Transition};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{conflict, own};
use crate::GATE;
use crate::api::{Api, Failure};

/// How long an environment stays locked without a sign of life, in seconds.
pub(super) const LOCK: i64 = 5 * 60;
/// Longest text on what was looked at afterwards, in characters.
const MAX_VERIFICATION: usize = 4_000;

#[derive(Serialize)]
pub(in crate::api) struct Renewed {
    expires_at: Timestamp,
}

/// `POST …/permits/{permit}/heartbeat`: the apply still runs.
pub(in crate::api) async fn renew(
    Deps(api): Deps<Api>,
    Authenticated(principal): Authenticated,
    Path((id, permit)): Path<(String, String)>,
) -> Result<Json<Renewed>, ApiError> {
    Ok(Json(renewed(&api, &principal, &id, &permit).await?))
}

async fn renewed(
    api: &Api,
    principal: &Principal,
    id: &str,
    permit: &str,
) -> Result<Renewed, Failure> {
    let ledger = &api.flow.ledger;
    let record = own(ledger, principal, id, permit).await?.value;
    if record.reported_at.is_some() {
        return conflict("permit_reported", "this apply has been reported; its lock is released");
    }
    let key = Key::environment_lock(&record.environment);
    let mut attempts = Attempts::default();
    loop {
        let now = (api.flow.clock)();
        // Also one that lapsed, as long as nobody took it: the apply still runs.
        let Some(lock) = ledger.lock_of(&record.environment, permit).await? else {
            return conflict(
                "lock_lost",
                format!("{} is not locked for this permit any more", record.environment),
            );
        };
        let expires_at = now + SignedDuration::from_secs(LOCK);
        let next = EnvironmentLock { expires_at, ..lock.value };
        let renewed = Transition::new().put(&key, &next, Some(lock.version), None)?;
        if ledger.commit(&renewed).await? == Commit::Applied {
            return Ok(Renewed { expires_at });
        }
        attempts.again().await?;
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct ReportRequest {
    outcome: ExecutionOutcome,
    /// What was looked at afterwards, and what was seen.
    #[serde(default)]
    verification: String,
    duration_ms: u64,
}

/// `POST …/permits/{permit}/report`: the apply ended. The same report again changes nothing.
pub(in crate::api) async fn report(
    Deps(api): Deps<Api>,
    Authenticated(principal): Authenticated,
    Path((id, permit)): Path<(String, String)>,
    Json(request): Json<ReportRequest>,
) -> Result<Json<PermitRecord>, ApiError> {
    Ok(Json(reported(&api, &principal, &id, &permit, &request).await?))
}

async fn reported(
    api: &Api,
    principal: &Principal,
    id: &str,
    permit: &str,
    request: &ReportRequest,
) -> Result<PermitRecord, Failure> {
    let flow = &api.flow;
    let marker = Key::marker(GATE, &format!("{permit}#report"));
    let mut attempts = Attempts::default();
    loop {
        let now = (flow.clock)();
        let stored = own(&flow.ledger, principal, id, permit).await?;
        let mut record = stored.value;
        if record.used_at.is_none() {
            return conflict("permit_unused", "nothing was applied under this permit");
        }
        if record.reported_at.is_some() {
            flow.heal(&marker).await?;
            return Ok(record);
        }
        let Some(head) = flow.ledger.get::<ChangeHead>(&Key::change(id)).await? else {
            return Err(Failure::Said(ApiError::not_found("change")));
        };
        record.reported_at = Some(now);
        let executed = ChangeExecuted {
            revision: record.revision,
            content_hash: record.content_hash.clone(),
            permit_id: permit.to_owned(),
            outcome: request.outcome,
            verification: request.verification.chars().take(MAX_VERIFICATION).collect(),
            duration_ms: request.duration_ms,
        };
        let emit = Emit::new(flow.function, now, &head.value.engagement_id)
            .traced(headgate_http::traceparent());
        let out = emit.by(principal.actor()).event((id, record.revision), permit, executed)?;
        let transition = Transition::new()
            .put(&Key::permit(id, permit), &record, Some(stored.version), None)?
            .publishing(out)
            .marked(marker.clone(), now);
        let locked = (record.environment.as_str(), permit);
        let transition = flow.ledger.releasing(transition, locked, now).await?;
        match flow.apply(&transition).await? {
            Commit::Applied | Commit::Duplicate => return Ok(record),
            Commit::Conflict => attempts.again().await?,
        }
    }
}
