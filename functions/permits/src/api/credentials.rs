//! `POST /v1/changes/{id}/permits/{permit}/credentials`: new credentials for an apply that is still running.

use axum::extract::State as Deps;
use headgate_api_types::permits::Credentials;
use headgate_domain::records::EnvironmentLock;
use headgate_events::ChangeId;
use headgate_http::{ApiError, Authenticated, Json, Path, Principal};
use headgate_ledger::{Commit, Key, Transition};
use headgate_outbox::Attempts;
use headgate_review::Report;

use crate::checks::{EXECUTOR, conflict, own};
use crate::deps::Api;
use crate::vend::{Vended, Wanted, vend};

/// Only the apply that holds the lock of its environment, and sends its heartbeats, gets more.
pub(super) async fn renew(
    Deps(api): Deps<Api>,
    Authenticated(principal): Authenticated,
    Path((id, permit)): Path<(ChangeId, String)>,
) -> Result<Json<Credentials>, ApiError> {
    principal.require(EXECUTOR)?;
    Ok(Json(renewed(&api, &principal, &id, &permit).await?))
}

async fn renewed(
    api: &Api,
    principal: &Principal,
    id: &ChangeId,
    permit: &str,
) -> Result<Credentials, ApiError> {
    let ledger = &api.flow.ledger;
    let mut attempts = Attempts::default();
    // A heartbeat may come in between. That is no reason to ask STS again.
    let mut vended = None;
    loop {
        let now = (api.flow.clock)();
        let record = own(ledger, principal, id, permit).await?.value;
        if record.used_at.is_none() {
            return conflict("permit_unused", "use the permit first: that locks the environment");
        }
        let held = ledger.lock_of(&record.environment, permit).await?;
        let Some(held) = held.filter(|held| !held.value.ended && record.reported_at.is_none())
        else {
            return conflict(
                "lock_lost",
                format!("this permit does not hold the lock of {} any more", record.environment),
            );
        };
        let lock = &held.value;
        if lock.broken.is_some() {
            return conflict("lock_broken", "an operator ends this apply; stop it and report it");
        }
        if now >= lock.expires_at {
            return conflict(
                "heartbeat_missed",
                "the apply has sent no heartbeat for too long; send one, then ask again",
            );
        }
        let Some(environment) = api.served.environments.get(&record.environment) else {
            return conflict("environment_unknown", "this fleet no longer serves the environment");
        };
        let review = ledger.get::<Report>(&Key::review(id, record.revision)).await?;
        let Some(review) = review.filter(|r| r.value.content_hash == record.content_hash) else {
            return conflict("content_hash_mismatch", "the permit is not for the reviewed content");
        };
        let ends_at = lock.ends_at.unwrap_or(lock.expires_at);
        let wanted = Wanted { environment, review: &review.value, record: &record, ends_at };
        if vended.is_none() {
            vended = vend(&api.roles, &wanted, now).await?;
        }
        let Some(Vended { credentials, .. }) = &vended else {
            return conflict(
                "no_credentials",
                format!("{} has no credentials to give; use your own", environment.name),
            );
        };
        // The lock says how long they live, so that nobody releases it before. If it was broken or reported meanwhile, they are dropped.
        let until = lock.credentials_until.max(Some(credentials.expires_at));
        let next = EnvironmentLock { credentials_until: until, ..lock.clone() };
        let key = Key::environment_lock(&record.environment);
        let kept = Transition::new().put(&key, &next, Some(held.version), None)?;
        if ledger.commit(&kept).await? == Commit::Applied {
            return Ok(credentials.clone());
        }
        attempts.again().await?;
    }
}
