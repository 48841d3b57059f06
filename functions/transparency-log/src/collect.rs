//! Finds entries that are not logged yet, and checks that they follow from what was logged before.

use std::collections::BTreeSet;

use headgate_domain::timeline::{Entry, Head};
use headgate_events::EngagementId;
use headgate_ledger::{Key, LedgerError, UNLOGGED_SHARDS, Unlogged};
use headgate_log::{Leaf, check_entry};
use headgate_log_store::{Known, Placed};

use crate::batch::Run;
use crate::deps::Log;

/// Most bytes of the leaves and runs of a batch, which are stored in one item.
const MOST_BYTES: usize = 200 * 1024;
/// Bytes of a run in that item, about.
const RUN_BYTES: usize = 512;

/// The next batch.
#[derive(Debug, Default)]
pub(crate) struct Collected {
    pub(crate) leaves: Vec<Vec<u8>>,
    pub(crate) runs: Vec<Run>,
    bytes: usize,
}

impl Collected {
    fn push(&mut self, leaf: &Leaf) {
        let leaf = leaf.to_bytes();
        self.bytes += leaf.len();
        self.leaves.push(leaf);
    }

    fn is_full(&self, most: usize) -> bool {
        self.leaves.len() >= most || self.bytes >= MOST_BYTES
    }
}

/// Whether the timeline still follows from what the log has of it.
enum Next {
    /// The entries to log, in order; none if all are logged.
    Entries(Vec<Entry>),
    Rewritten,
}

/// Collects up to `most` leaves, or a few more, for positions from `first` on. Timelines that were rewritten are added to `rewritten`.
pub(crate) async fn collect(
    log: &Log,
    first: u64,
    most: usize,
    rewritten: &mut BTreeSet<EngagementId>,
) -> Result<Collected, LedgerError> {
    let mut collected = Collected::default();
    let mut seen = BTreeSet::new();
    // Each batch begins elsewhere, so that one busy part of the list does not hold up the others.
    let begin = u8::try_from(first % u64::from(UNLOGGED_SHARDS)).unwrap_or_default();
    for shard in 0..UNLOGGED_SHARDS {
        let shard = (begin + shard) % UNLOGGED_SHARDS;
        let mut after = None;
        loop {
            let (page, next) = log.ledger.to_log(shard, (log.clock)(), after).await?;
            for Unlogged { engagement_id, seq } in page {
                if collected.is_full(most) {
                    return Ok(collected);
                }
                if !rewritten.contains(&engagement_id) && seen.insert(engagement_id.clone()) {
                    let one = Unlogged { engagement_id, seq };
                    timeline(log, first, most, one, &mut collected, rewritten).await?;
                }
            }
            after = next;
            if after.is_none() {
                break;
            }
        }
    }
    Ok(collected)
}

/// Adds the new entries of one timeline.
async fn timeline(
    log: &Log,
    first: u64,
    most: usize,
    Unlogged { engagement_id, seq }: Unlogged,
    collected: &mut Collected,
    rewritten: &mut BTreeSet<EngagementId>,
) -> Result<(), LedgerError> {
    let stored = log.table.get::<Known>(&Known::key(&engagement_id)).await?;
    let nothing = || Known::nothing(&engagement_id, &log.ledger_table);
    let mut known = stored.map_or_else(nothing, |stored| stored.value);
    let limit = most.saturating_sub(collected.leaves.len());
    let mut entries = match next(log, &known, limit).await? {
        Next::Entries(entries) => entries,
        // Only Terraform gives the ledger another name, when it was restored from a backup.
        Next::Rewritten if known.table != log.ledger_table => {
            tracing::warn!(engagement.id = %engagement_id, "the timeline was restored from a backup; it is logged again");
            let table = log.ledger_table.clone();
            let begun = Known { epoch: known.epoch + 1, ..nothing() };
            let again = next(log, &begun, limit).await?;
            let Next::Entries(entries) = again else {
                rewritten.insert(engagement_id);
                return Ok(());
            };
            collected.push(&Leaf::Restored { engagement_id: engagement_id.clone(), table });
            known = begun;
            entries
        }
        Next::Rewritten => {
            tracing::error!(
                engagement.id = %engagement_id,
                logged.seq = known.seq,
                "the timeline does not follow from what was logged of it: its history was rewritten"
            );
            rewritten.insert(engagement_id);
            return Ok(());
        }
    };
    let Some(last) = entries.last() else {
        return log.ledger.logged(&engagement_id, seq.min(known.seq)).await;
    };
    let after = Known {
        seq: last.seq,
        hash: last.hash.clone(),
        table: log.ledger_table.clone(),
        ..known.clone()
    };
    let placed = Placed {
        seq: known.seq + 1,
        index: first + collected.leaves.len() as u64,
        count: entries.len() as u64,
    };
    for entry in entries.drain(..) {
        collected.push(&Leaf::of(&entry));
    }
    collected.bytes += RUN_BYTES;
    collected.runs.push(Run { after, placed });
    Ok(())
}

/// The entries after those that are known, if they follow.
async fn next(log: &Log, known: &Known, limit: usize) -> Result<Next, LedgerError> {
    let engagement = &known.engagement_id;
    let limit = i32::try_from(limit).unwrap_or(i32::MAX);
    let entries = log.ledger.timeline::<Entry>(engagement, known.seq, limit).await?;
    let mut head = Head { seq: known.seq, hash: known.hash.clone() };
    if entries.is_empty() {
        let end = log.ledger.get::<Head>(&Key::timeline(engagement)).await?;
        let same = end.map(|stored| stored.value).unwrap_or_default() == head;
        return Ok(if same { Next::Entries(Vec::new()) } else { Next::Rewritten });
    }
    for entry in &entries {
        let entry = &entry.value;
        let follows = entry.seq == head.seq + 1 && entry.prev == head.hash;
        if !follows || entry.engagement_id != *engagement || check_entry(entry).is_err() {
            return Ok(Next::Rewritten);
        }
        head = Head { seq: entry.seq, hash: entry.hash.clone() };
    }
    Ok(Next::Entries(entries.into_iter().map(|stored| stored.value).collect()))
}
