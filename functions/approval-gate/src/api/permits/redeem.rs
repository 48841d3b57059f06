//! `POST /v1/changes/{id}/permits/{permit}/use`: the permit is spent and the environment locked, in one
//! transaction, right before the apply.

use axum::extract::{Path, State as Deps};
use headgate_domain::change::Status;
use headgate_http::{ApiError, Authenticated, Json, Principal};
use headgate_ledger::{
    ChangeHead, Commit, EnvironmentLock, Key, Listing, PermitRecord, Transition,
};
use headgate_permits::{PermitClaims, VerifyError};
use headgate_review::Report;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use super::refused::on_record;
use super::running::LOCK;
use super::{conflict, own, same_file, still_stands};
use crate::api::{Api, Failure};
use crate::state::State;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct UseRequest {
    /// The signed permit.
    permit: String,
    /// The account that the executor is about to change.
    account: String,
    /// Hash of the plan that it is about to apply.
    plan_hash: String,
    /// SHA-256 of the plan file.
    #[serde(default)]
    plan_file_sha256: Option<String>,
}

/// Uses a permit up. The second use is refused.
pub(in crate::api) async fn redeem(
    Deps(api): Deps<Api>,
    Authenticated(principal): Authenticated,
    Path((id, permit)): Path<(String, String)>,
    Json(request): Json<UseRequest>,
) -> Result<Json<PermitRecord>, ApiError> {
    Ok(Json(spend(&api, &principal, &id, &permit, &request).await?))
}

async fn spend(
    api: &Api,
    principal: &Principal,
    id: &str,
    permit: &str,
    request: &UseRequest,
) -> Result<PermitRecord, Failure> {
    let ledger = &api.flow.ledger;
    let now = (api.flow.clock)();
    let claims = verified(api, &request.permit, now).await?;
    if claims.jti != permit || claims.change_id != id {
        return conflict("permit_mismatch", "this is the permit of something else");
    }
    let stored = own(ledger, principal, id, permit).await?;
    let mut record = stored.value;
    if record.used_at.is_some() {
        return conflict("permit_used", "a permit is good for one apply; ask for a new one");
    }
    if now >= record.expires_at {
        return conflict("permit_expired", "the permit has expired; ask for a new one");
    }
    if request.account != record.account {
        return Err(Failure::Said(ApiError::forbidden(
            "permit_account",
            format!("the permit is for account {}, not {}", record.account, request.account),
        )));
    }
    let about = (id, record.revision);
    on_record(api, principal, about, same_plan(&record, request)).await?;
    let state = State::read(ledger, id, record.revision).await?;
    let review = ledger.get::<Report>(&Key::review(id, record.revision)).await?;
    let (Some(State { head, .. }), Some(review)) = (state.filter(|s| !s.superseded()), review)
    else {
        return conflict("revision_superseded", "a newer revision has made this permit void");
    };
    // One approval is one apply, however many permits were asked for.
    if head.value.status != Status::Approved {
        let status = head.value.status.name();
        return conflict("not_approved", format!("the change is {status}, not approved"));
    }
    let environment = still_stands(api, &review.value, &record.environment, now)?;
    environment.open_at(now).or_else(|closed| conflict(closed.code(), closed.to_string()))?;
    let lock = Key::environment_lock(&record.environment);
    let held = ledger.get::<EnvironmentLock>(&lock).await?;
    if let Some(held) = held.as_ref().filter(|l| now < l.value.expires_at) {
        let EnvironmentLock { environment, change_id, holder, expires_at, .. } = &held.value;
        return conflict(
            "environment_locked",
            format!(
                "{holder} is applying {change_id} to {environment}, until it is reported or \
                 {expires_at}; try again then"
            ),
        );
    }
    record.used_at = Some(now);
    let taken = EnvironmentLock {
        environment: record.environment.clone(),
        change_id: id.to_owned(),
        permit_id: permit.to_owned(),
        holder: principal.id.clone(),
        taken_at: now,
        expires_at: now + SignedDuration::from_secs(LOCK),
    };
    let listing = Listing::change(head.value.created_at, id);
    let applying = ChangeHead { status: Status::Applying, updated_at: now, ..head.value.clone() };
    // Permit, lock and head follow the versions that were read: of two at once, one meets a conflict.
    let used = Transition::new()
        .put(&Key::permit(id, permit), &record, Some(stored.version), None)?
        .put(&lock, &taken, held.map(|l| l.version), None)?
        .put(&Key::change(id), &applying, Some(head.version), Some(&listing))?;
    match ledger.commit(&used).await? {
        Commit::Applied => Ok(record),
        Commit::Duplicate | Commit::Conflict => {
            conflict("permit_contended", "something changed meanwhile; look again")
        }
    }
}

fn same_plan(record: &PermitRecord, request: &UseRequest) -> Result<(), Failure> {
    if request.plan_hash != record.plan_hash {
        return conflict("plan_hash_mismatch", "the permit is for another plan");
    }
    same_file(record.plan_file_sha256.as_deref(), request.plan_file_sha256.as_deref())
}

/// What the permit says, if one of our keys signed it: also one that rotated in since the keys were read.
async fn verified(api: &Api, permit: &str, now: Timestamp) -> Result<PermitClaims, Failure> {
    let behind = |e| Failure::Said(ApiError::unavailable(&e));
    let ring = api.keys.ring(now).await.map_err(behind)?;
    let mut claims = ring.public(now).verify(permit, now.as_second());
    if claims == Err(VerifyError::UnknownKey) {
        let ring = api.keys.fresh(now).await.map_err(behind)?;
        claims = ring.public(now).verify(permit, now.as_second());
    }
    claims.map_err(|e| {
        let message = e.to_string();
        Failure::Said(match e {
            VerifyError::Expired => ApiError::conflict("permit_expired", message),
            _ => ApiError::forbidden("permit_forged", message),
        })
    })
}
