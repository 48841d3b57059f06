//! Checks that several routes share.

use headgate_domain::records::PermitRecord;
use headgate_events::ChangeId;
use headgate_http::{ApiError, Principal};
use headgate_ledger::{Key, Ledger, Stored};

/// Role that may ask for permits and redeem them.
pub(super) const EXECUTOR: &str = "executor";

/// Fails with 409 Conflict.
pub(super) fn conflict<T>(code: &str, message: impl Into<String>) -> Result<T, ApiError> {
    Err(ApiError::conflict(code, message))
}

/// Checks that the plan file to apply is the one in the proposal, if the proposal has one.
pub(super) fn same_file(bound: Option<&str>, given: Option<&str>) -> Result<(), ApiError> {
    match bound {
        Some(_) if bound != given => conflict(
            "plan_file_mismatch",
            "this plan file is not the one in the proposal; run `headgate apply` with the proposed \
             plan file",
        ),
        _ => Ok(()),
    }
}

/// The permit, if it was issued to the caller.
pub(super) async fn own(
    ledger: &Ledger,
    principal: &Principal,
    change: &ChangeId,
    permit: &str,
) -> Result<Stored<PermitRecord>, ApiError> {
    let Some(stored) = ledger.get::<PermitRecord>(&Key::permit(change, permit)).await? else {
        return Err(ApiError::not_found("permit"));
    };
    if stored.value.issued_to != principal.id {
        return Err(ApiError::forbidden(
            "permit_not_yours",
            "the permit was issued to somebody else; ask for your own",
        ));
    }
    Ok(stored)
}
