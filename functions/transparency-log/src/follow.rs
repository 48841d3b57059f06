//! Whether a timeline follows from what the log has of it.

use headgate_domain::timeline::{Entry, Head};
use headgate_ledger::{Key, LedgerError};
use headgate_log::check_entry;
use headgate_log_store::Known;

use crate::deps::Log;

pub(crate) enum Follows {
    /// The entries to log, by position and hash, in order; none if all are logged. Their content may be many times larger in memory than
    /// stored, and several timelines are read at the same time.
    Entries(Vec<(u64, String)>),
    /// The timeline is another one.
    Not,
}

/// Up to `most` entries after those that are known, if they follow.
pub(crate) async fn follow(log: &Log, known: &Known, most: usize) -> Result<Follows, LedgerError> {
    let engagement = &known.engagement_id;
    // The head is read first: what the finalizer appends meanwhile is among the entries.
    let head = log.ledger.get::<Head>(&Key::timeline(engagement)).await?;
    let head = head.map(|stored| stored.value).unwrap_or_default();
    let limit = i32::try_from(most.max(1)).unwrap_or(i32::MAX);
    let entries = log.ledger.timeline::<Entry>(engagement, known.seq, limit).await?;
    let mut end = Head { seq: known.seq, hash: known.hash.clone() };
    if entries.is_empty() || head.seq < known.seq {
        return Ok(if head == end { Follows::Entries(Vec::new()) } else { Follows::Not });
    }
    for entry in &entries {
        let entry = &entry.value;
        let follows = entry.seq == end.seq + 1 && entry.prev == end.hash;
        if !follows || entry.engagement_id != *engagement || check_entry(entry).is_err() {
            return Ok(Follows::Not);
        }
        end = Head::of(entry);
    }
    let short = entries.into_iter().map(|entry| (entry.value.seq, entry.value.hash));
    Ok(Follows::Entries(short.collect()))
}
