//! Roles that people have lost, as votes and delegations look at them.

use headgate_domain::approval::{Delegation, LostRoles};
use headgate_events::PrincipalId;
use headgate_http::ApiError;
use headgate_ledger::{Key, Ledger, LedgerError, Stored};

/// The roles that a person has lost, read consistently.
pub(crate) async fn known(
    ledger: &Ledger,
    person: &PrincipalId,
) -> Result<Option<Stored<LostRoles>>, LedgerError> {
    ledger.get(&Key::lost_roles(person)).await
}

/// Refuses a delegation of a role that its giver lost.
pub(crate) async fn refuse(ledger: &Ledger, delegation: &Delegation) -> Result<(), ApiError> {
    let Some(lost) = known(ledger, &delegation.from).await? else { return Ok(()) };
    match lost.value.ends(delegation) {
        None => Ok(()),
        Some(role) => Err(ApiError::forbidden(
            "role_lost",
            format!(
                "you lost the role {role} at {}; if you have it again, delegate it a day later",
                lost.value.roles[role]
            ),
        )),
    }
}

/// Leaves out the delegations that have ended because their giver lost a role.
pub(crate) async fn without_lost(
    ledger: &Ledger,
    from: &PrincipalId,
    mut delegations: Vec<Stored<Delegation>>,
) -> Result<Vec<Stored<Delegation>>, LedgerError> {
    if let Some(lost) = known(ledger, from).await? {
        delegations.retain(|delegation| lost.value.ends(&delegation.value).is_none());
    }
    Ok(delegations)
}
