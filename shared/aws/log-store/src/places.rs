//! Where each entry is in the log.

use headgate_events::{EngagementId, Versioned};
use headgate_ledger::{Key, Ledger, LedgerError};
use serde::{Deserialize, Serialize};

use crate::state::Known;

/// Where entries of a timeline are in the log, one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    /// Position of the first entry on the timeline.
    pub seq: u64,
    /// Its position in the log.
    pub index: u64,
    /// Number of entries.
    pub count: u64,
}

impl Versioned for Placed {}

impl Placed {
    /// Its item in the log's table.
    #[must_use]
    pub fn key(engagement: &EngagementId, epoch: u32, seq: u64) -> Key {
        Key::named(format!("TIMELINE#{engagement}"), format!("PLACED#{epoch:06}#{seq:012}"))
    }
}

/// Position of an entry in the log; `None` if it is not logged yet.
///
/// # Errors
/// [`LedgerError`].
pub async fn find(
    table: &Ledger,
    engagement: &EngagementId,
    seq: u64,
) -> Result<Option<u64>, LedgerError> {
    let known = table.get::<Known>(&Known::key(engagement)).await?;
    let Some(Known { epoch, .. }) = known.map(|stored| stored.value) else { return Ok(None) };
    let from = Placed::key(engagement, epoch, 0);
    let to = Placed::key(engagement, epoch, seq);
    let Some(found) = table.last_between::<Placed>(&from, &to).await? else { return Ok(None) };
    let Placed { seq: first, index, count } = found.value;
    Ok((seq - first < count).then_some(index + (seq - first)))
}
