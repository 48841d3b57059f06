//! Permits: asked for, used, kept alive while the apply runs, and reported.

mod issue;
mod redeem;
mod refused;
mod running;

use headgate_domain::environment::Environment;
use headgate_http::{ApiError, Principal};
use headgate_ledger::{Key, Ledger, PermitRecord, Stored};
use headgate_review::Report;
use jiff::Timestamp;

use super::{Api, Failure};

pub(super) use issue::issue;
pub(super) use redeem::redeem;
pub(super) use running::{renew, report};

/// Refuses with 409.
fn conflict<T>(code: &str, message: impl Into<String>) -> Result<T, Failure> {
    Err(Failure::Said(ApiError::conflict(code, message)))
}

/// Whether the plan file that is about to be applied is the one of the proposal, where that is known.
fn same_file(bound: Option<&str>, given: Option<&str>) -> Result<(), Failure> {
    match bound {
        Some(_) if bound != given => conflict(
            "plan_file_mismatch",
            "the proposal has its plan file, and the one that is about to be applied is another; \
             `headgate apply` with that very file",
        ),
        _ => Ok(()),
    }
}

/// The permit, if it is the caller's own.
async fn own(
    ledger: &Ledger,
    principal: &Principal,
    change: &str,
    permit: &str,
) -> Result<Stored<PermitRecord>, Failure> {
    let Some(stored) = ledger.get::<PermitRecord>(&Key::permit(change, permit)).await? else {
        return Err(Failure::Said(ApiError::not_found("permit")));
    };
    if stored.value.issued_to != principal.id {
        return Err(Failure::Said(ApiError::forbidden(
            "permit_not_yours",
            "the permit was issued to another",
        )));
    }
    Ok(stored)
}

/// The environment, if what was reviewed for it still stands: under the same policies, and not too long ago.
pub(super) fn still_stands<'a>(
    api: &'a Api,
    review: &Report,
    environment: &str,
    now: Timestamp,
) -> Result<&'a Environment, Failure> {
    let Some(environment) = api.environments.get(environment) else {
        let message = format!("environment `{environment}` is not served here any more");
        return conflict("environment_unknown", message);
    };
    if review.bundle_digest != api.bundle_digest {
        return conflict(
            "policies_changed",
            "the policies have changed since the review, which makes it void; propose a new revision",
        );
    }
    let reviewed = &review.basis.environment;
    let place = |e: &Environment| (e.account.clone(), e.region.clone(), e.class().to_owned());
    if place(reviewed) != place(environment)
        || reviewed.gate != environment.gate
        || reviewed.gate_rules != environment.gate_rules
    {
        return conflict(
            "environment_changed",
            format!(
                "{} has another account, region, class or gate than at the review, which makes it \
                 void; propose a new revision",
                environment.name
            ),
        );
    }
    environment
        .still_fresh(review.reviewed_at, now)
        .or_else(|closed| conflict(closed.code(), closed.to_string()))?;
    Ok(environment)
}
