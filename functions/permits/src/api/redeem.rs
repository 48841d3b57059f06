//! `POST /v1/changes/{id}/permits/{permit}/use`: spends the permit and locks the environment in one
//! transaction, right before the apply, and returns the credentials for it.

use axum::extract::State as Deps;
use headgate_api_types::permits::{UseRequest, Used};
use headgate_domain::change::Status;
use headgate_domain::content::{file_list, plan_file};
use headgate_domain::environment::Environment;
use headgate_domain::records::{ChangeHead, EnvironmentLock, PermitRecord, Revision};
use headgate_events::latest::PermitUsed;
use headgate_events::{Artifact, ChangeId, RevisionRef};
use headgate_http::{ApiError, Authenticated, Json, Path, Principal};
use headgate_ledger::{ApprovalState, Commit, Key, Ledger, Listing, Transition};
use headgate_outbox::Emit;
use headgate_permit_tokens::{PermitClaims, VerifyError};
use headgate_review::Report;
use jiff::{SignedDuration, Timestamp};

use super::issue::issued_claims;
use super::refused::on_record;
use crate::PERMITS;
use crate::checks::{EXECUTOR, LOCK, conflict, decided, own, same_file};
use crate::deps::Api;
use crate::vend::{Wanted, vend};

/// Spends a permit. A second use is refused.
pub(super) async fn redeem(
    Deps(api): Deps<Api>,
    Authenticated(principal): Authenticated,
    Path((id, permit)): Path<(ChangeId, String)>,
    Json(request): Json<UseRequest>,
) -> Result<Json<Used>, ApiError> {
    principal.require(EXECUTOR)?;
    Ok(Json(spend(&api, &principal, &id, &permit, &request).await?))
}

async fn spend(
    api: &Api,
    principal: &Principal,
    id: &ChangeId,
    permit: &str,
    request: &UseRequest,
) -> Result<Used, ApiError> {
    let ledger = &api.flow.ledger;
    let now = (api.flow.clock)();
    // First: only the holder of a permit may make us look for the keys again.
    let stored = own(ledger, principal, id, permit).await?;
    let claims = verified(api, &request.permit, now).await?;
    // Somebody who can write the ledger cannot sign, so what is stored must be what was signed.
    let signed = issued_claims(&stored.value, claims.iat);
    if claims.jti != permit || claims.change_id != *id || claims != signed {
        return conflict(
            "permit_mismatch",
            "the signed permit is not the stored permit of this change and permit id",
        );
    }
    let mut record = stored.value;
    if record.used_at.is_some() {
        return conflict("permit_used", "the permit has already been used; ask for a new one");
    }
    if now >= record.expires_at {
        return conflict("permit_expired", "the permit has expired; ask for a new one");
    }
    if request.account != record.account {
        return Err(ApiError::forbidden(
            "permit_account",
            format!(
                "the permit is for account {}, not {}; use credentials of the permit's account",
                record.account, request.account
            ),
        ));
    }
    let about = RevisionRef { change: id, revision: record.revision };
    on_record(api, principal, about, same_plan(&record, request)).await?;
    let state = ledger.approval_state(id, record.revision).await?;
    let review = ledger.get::<Report>(&Key::review(id, record.revision)).await?;
    let revision = ledger.get::<Revision>(&Key::revision(id, record.revision)).await?;
    let (Some(ApprovalState { head, approval }), Some(review), Some(revision)) =
        (state.filter(|s| !s.superseded()), review, revision)
    else {
        return conflict(
            "revision_superseded",
            "a newer revision supersedes this permit; use the newest revision",
        );
    };
    // An approval allows one apply, even if several permits were issued.
    if head.value.status != Status::Approved {
        let status = head.value.status.name();
        return conflict("not_approved", format!("the change is {status}, not approved"));
    }
    let environment = api
        .served
        .may_apply(&review.value, &record.environment, now)
        .or_else(|v| conflict(v.code, v.message))?;
    decided(&head.value, &revision.value, &review.value, &approval.value)?;
    if record.content_hash != review.value.content_hash {
        return conflict(
            "content_hash_mismatch",
            "the permit is not for the approved content; propose it as a new revision",
        );
    }
    if record.plan_hash != review.value.plan_hash || !is_for(&record, &head.value, &revision.value)
    {
        return conflict(
            "permit_mismatch",
            "the stored permit is not for what was approved; ask for a new one",
        );
    }
    let lock = Key::environment_lock(&record.environment);
    let held = ledger.get::<EnvironmentLock>(&lock).await?;
    if let Some(held) = &held {
        is_free(ledger, &held.value, environment, now).await?;
    }
    record.used_at = Some(now);
    let ends_at = now + SignedDuration::from_secs(i64::from(environment.max_apply_seconds));
    // First: an apply without credentials would fail, and an approval allows only one. They leave this function only if the permit is spent.
    let access = Wanted { environment, review: &review.value, record: &record, ends_at };
    let vended = vend(&api.roles, &access, now).await?;
    let taken = EnvironmentLock {
        environment: record.environment.clone(),
        change_id: id.to_owned(),
        permit_id: permit.to_owned(),
        holder: principal.id.clone(),
        taken_at: now,
        ended: false,
        ends_at: Some(ends_at),
        credentials_until: vended.as_ref().map(|vended| vended.credentials.expires_at),
        broken: None,
        expires_at: now + SignedDuration::from_secs(LOCK),
    };
    let listing = Listing::change(head.value.created_at, id);
    let event = PermitUsed {
        revision: record.revision,
        permit_id: permit.to_owned(),
        environment: record.environment.clone(),
        account: record.account.clone(),
        credentials: vended.as_ref().map(|vended| vended.given.clone()),
    };
    let emit = Emit::new(api.flow.function, now, &head.value.engagement_id)
        .traced(headgate_http::traceparent())
        .by(principal.actor());
    let out = emit.event((id.as_str(), record.revision), permit, event)?;
    let marker = Key::marker(PERMITS, &format!("{permit}#use"));
    let applying = ChangeHead { status: Status::Applying, updated_at: now, ..head.value.clone() };
    // Each write requires the version that was read: of two requests at once, one gets a conflict.
    let used = Transition::new()
        .put(&Key::permit(id, permit), &record, Some(stored.version), None)?
        .put(&lock, &taken, held.map(|l| l.version), None)?
        .put(&Key::change(id), &applying, Some(head.version), Some(&listing))?
        .publishing(out)
        .marked(marker.clone(), now);
    match ledger.commit(&used).await? {
        Commit::Applied => {
            // The permit is spent, so its executor must get its answer. What cannot be published now, the sweeper publishes.
            if let Err(error) = api.flow.heal(&marker).await {
                tracing::warn!(error = &error as &dyn std::error::Error, "not published yet");
            }
            let credentials = vended.map(|vended| vended.credentials);
            Ok(Used { permit: record, credentials })
        }
        Commit::Duplicate | Commit::Conflict => conflict(
            "permit_contended",
            "another request changed the permit, the lock or the change; try again",
        ),
    }
}

/// Checks that the apply that took the lock last has ended. Without heartbeats it may be running nevertheless: its executor
/// may have lost its network, not its credentials.
async fn is_free(
    ledger: &Ledger,
    held: &EnvironmentLock,
    served: &Environment,
    now: Timestamp,
) -> Result<(), ApiError> {
    // In production, two sets of credentials never work at the same time, whatever was reported.
    if let Some(until) =
        held.credentials_until.filter(|until| served.is_production() && now < *until)
    {
        return conflict(
            "credentials_valid",
            format!(
                "the credentials of the last apply to {}, of {}, work until {until}; try again then",
                held.environment, held.change_id
            ),
        );
    }
    let EnvironmentLock { environment, change_id, permit_id, holder, expires_at, ended, .. } = held;
    if *ended {
        return Ok(());
    }
    if now < *expires_at {
        return conflict(
            "environment_locked",
            format!(
                "{holder} is applying {change_id} to {environment}; try again when that apply is reported"
            ),
        );
    }
    let last = ledger.get::<PermitRecord>(&Key::permit(change_id, permit_id)).await?;
    if last.is_none_or(|permit| permit.value.reported_at.is_none()) {
        return conflict(
            "apply_unreported",
            format!(
                "{holder} began to apply {change_id} to {environment}, and neither reported it nor sent the heartbeat that was due at \
                 {expires_at}, so the apply may still be running; make sure that it is not, then ask an operator for \
                 `headgate release {environment}`"
            ),
        );
    }
    Ok(())
}

/// Whether a permit is for what a revision proposes. A permit that was changed in the ledger before it was signed again is not.
fn is_for(permit: &PermitRecord, head: &ChangeHead, revision: &Revision) -> bool {
    let proposed = &revision.proposed;
    let sha256 = |artifact: &Artifact| artifact.sha256.clone();
    permit.environment == head.environment
        && permit.account == proposed.account
        && permit.region == proposed.region
        && permit.plan_file_sha256 == plan_file(&proposed.dossier).map(sha256)
        && permit.files_sha256 == file_list(&proposed.dossier).map(sha256)
}

fn same_plan(record: &PermitRecord, request: &UseRequest) -> Result<(), ApiError> {
    if request.plan_hash != record.plan_hash {
        return conflict(
            "plan_hash_mismatch",
            "the permit is for another plan; apply the approved plan",
        );
    }
    same_file(record.plan_file_sha256.as_deref(), request.plan_file_sha256.as_deref())
}

/// The claims of the permit, if one of our keys signed it. Reads the keys again if the cached ones do not
/// include the signing key.
async fn verified(api: &Api, permit: &str, now: Timestamp) -> Result<PermitClaims, ApiError> {
    let ring = api.keys.ring(now).await?;
    let mut claims = ring.public(now).verify(permit, now.as_second());
    if claims == Err(VerifyError::UnknownKey) {
        let ring = api.keys.fresh(now).await?;
        claims = ring.public(now).verify(permit, now.as_second());
    }
    claims.map_err(|e| {
        let message = e.to_string();
        match e {
            VerifyError::Expired => ApiError::conflict("permit_expired", message),
            _ => ApiError::forbidden("permit_forged", message),
        }
    })
}
