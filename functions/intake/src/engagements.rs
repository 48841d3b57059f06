//! Whether an engagement exists.

use headgate_domain::engagement::Engagement;
use headgate_domain::ids;
use headgate_events::{EngagementId, Reason};
use headgate_ledger::{Key, Ledger, LedgerError};

/// The reason to refuse a proposal because its engagement does not exist, if so. An id that is no id has other reasons.
///
/// # Errors
/// [`LedgerError`].
pub(crate) async fn unknown_engagement(
    ledger: &Ledger,
    id: &EngagementId,
) -> Result<Option<Reason>, LedgerError> {
    if !ids::is_valid(id.as_str())
        || ledger.get::<Engagement>(&Key::engagement(id)).await?.is_some()
    {
        return Ok(None);
    }
    let message = format!(
        "there is no engagement `{id}`; a person must create it first, with `headgate engagement create {id}`"
    );
    Ok(Some(Reason::new("engagement_unknown", message)))
}
