//! Reads the new entries of one timeline.

use headgate_ledger::{LedgerError, Unlogged};
use headgate_log_store::Known;

use crate::deps::Log;
use crate::follow::{Follows, follow};

/// Most entries of one timeline in a batch.
const ENTRIES: usize = 1_000;

/// What is new on a timeline.
#[derive(Debug)]
pub(crate) enum Read {
    /// Nothing: it is off the list.
    Nothing,
    /// These entries, which follow from what is known. None after a restore that left none.
    Entries {
        /// What the log has of the timeline.
        known: Known,
        /// The entries, by position and hash, in order.
        entries: Vec<(u64, String)>,
        /// Whether the timeline begins again, after a restore.
        restored: bool,
    },
    /// It does not follow from what the log has of it.
    Rewritten,
}

/// Reads up to `most` new entries of a timeline. `restored` says whether the ledger was restored a short time ago.
pub(crate) async fn read(
    log: &Log,
    (most, restored): (usize, bool),
    Unlogged { engagement_id, seq }: Unlogged,
) -> Result<Read, LedgerError> {
    let most = most.min(ENTRIES);
    let stored = log.table.get::<Known>(&Known::key(&engagement_id)).await?;
    let nothing = || Known::nothing(&engagement_id, &log.ledger_table);
    let known = stored.map_or_else(nothing, |stored| stored.value);
    match follow(log, &known, most).await? {
        Follows::Entries(entries) if entries.is_empty() => {
            log.ledger.logged(&engagement_id, seq.min(known.seq)).await?;
            Ok(Read::Nothing)
        }
        Follows::Entries(entries) => Ok(Read::Entries { known, entries, restored: false }),
        // Only a deployment gives the ledger another name, when it was restored from a backup.
        Follows::Not if restored && known.table != log.ledger_table => {
            let begun = Known { epoch: known.epoch + 1, ..nothing() };
            match follow(log, &begun, most).await? {
                Follows::Entries(entries) => {
                    Ok(Read::Entries { known: begun, entries, restored: true })
                }
                Follows::Not => Ok(Read::Rewritten),
            }
        }
        Follows::Not => Ok(Read::Rewritten),
    }
}
