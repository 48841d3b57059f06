//! Checks that several routes share.

use headgate_domain::approval::Approval;
use headgate_domain::records::{ChangeHead, PermitRecord, Revision};
use headgate_events::{ChangeId, Outcome, Verdict};
use headgate_http::{ApiError, Principal};
use headgate_ledger::{Key, Ledger, Stored};
use headgate_review::Report;

/// Role that may ask for permits and redeem them.
pub(crate) const EXECUTOR: &str = "executor";

/// How long an environment stays locked without a heartbeat, in seconds.
pub(crate) const LOCK: i64 = 5 * 60;

/// Fails with 409 Conflict.
pub(crate) fn conflict<T>(code: &str, message: impl Into<String>) -> Result<T, ApiError> {
    Err(ApiError::conflict(code, message))
}

/// Checks that the decision follows from the review: the review passed, the gate that was opened is the one that it requires, and
/// the votes meet it. The change's status already says so; this holds even if something else wrote that status.
pub(crate) fn decided(
    head: &ChangeHead,
    revision: &Revision,
    review: &Report,
    approval: &Approval,
) -> Result<(), ApiError> {
    let required = review.required(head.lane, revision.by_agent());
    let holds = review.verdict == Verdict::Pass
        && head.content_hash.as_ref() == Some(&review.content_hash)
        && approval.content_hash == review.content_hash
        && approval.gate == required
        && approval.outcome == Some(Outcome::Approved)
        && approval.missing() == 0;
    if holds {
        return Ok(());
    }
    tracing::error!(review.verdict = ?review.verdict, "an approval does not follow from its review");
    conflict(
        "approval_void",
        "the approval does not follow from the review; propose the change as a new revision, and tell an operator",
    )
}

/// Checks that the plan file to apply is the one that was proposed.
pub(crate) fn same_file(bound: Option<&str>, given: Option<&str>) -> Result<(), ApiError> {
    match bound {
        None => conflict(
            "plan_file_missing",
            "the change was proposed without its plan file, so nobody knows what an apply would do; propose it as a new revision with \
             `headgate change submit --plan-file PLANFILE`",
        ),
        Some(_) if bound != given => conflict(
            "plan_file_mismatch",
            "this plan file is not the one in the proposal; run `headgate apply` with the proposed \
             plan file",
        ),
        Some(_) => Ok(()),
    }
}

/// The permit, if it was issued to the caller.
pub(crate) async fn own(
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
