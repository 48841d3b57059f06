//! Finds entries that are not logged yet.

use std::time::Instant;

use headgate_ledger::{LedgerError, UNLOGGED_SHARDS, Unlogged};
use headgate_log::Leaf;
use headgate_log_store::{Known, Placed};

use crate::batch::Run;
use crate::deps::Log;
use crate::follow::{Follows, follow};
use crate::found::Found;

/// Most bytes of a batch, which is stored in one item of up to 400 KB.
const MOST_BYTES: usize = 256 * 1024;

/// The next batch.
#[derive(Debug, Default)]
pub(crate) struct Collected {
    pub(crate) leaves: Vec<Vec<u8>>,
    pub(crate) runs: Vec<Run>,
    bytes: usize,
}

/// What limits a batch.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limit {
    /// Position of the first leaf.
    pub(crate) first: u64,
    /// Leaves.
    pub(crate) leaves: usize,
    /// When collecting ends.
    pub(crate) until: Instant,
    /// Number of the batch in this run.
    pub(crate) round: u64,
    /// Whether the ledger was restored from a backup a short time ago.
    pub(crate) restored: bool,
}

impl Collected {
    fn push(&mut self, leaf: &Leaf) {
        let leaf = leaf.to_bytes();
        // The batch is JSON in which each leaf is a string: quotes and backslashes take two bytes.
        let escaped = leaf.iter().filter(|byte| matches!(byte, b'"' | b'\\')).count();
        self.bytes += leaf.len() + escaped + 3;
        self.leaves.push(leaf);
    }

    fn is_full(&self, limit: &Limit) -> bool {
        self.leaves.len() >= limit.leaves || self.bytes >= MOST_BYTES
    }

    fn end_run(&mut self, after: Known, placed: Option<Placed>) {
        // Ids may be long, and JSON may write each of their characters as six.
        self.bytes += 6 * (after.engagement_id.as_str().len() + after.table.len()) + 512;
        self.runs.push(Run { after, placed });
    }
}

/// Collects a batch. What cannot be logged is added to `found`, and does not keep the others from being logged.
pub(crate) async fn collect(
    log: &Log,
    limit: Limit,
    found: &mut Found,
) -> Result<Collected, LedgerError> {
    let mut collected = Collected::default();
    // Each run and each batch begins elsewhere, so that one part of the list cannot hold up the others.
    let minute = u64::try_from((log.clock)().as_second()).unwrap_or_default() >> 6;
    let begin = minute + limit.round;
    for shard in 0..u64::from(UNLOGGED_SHARDS) {
        let shard = u8::try_from((begin + shard) % u64::from(UNLOGGED_SHARDS)).unwrap_or_default();
        let mut after = None;
        loop {
            let (page, next) = log.ledger.to_log(shard, (log.clock)(), after).await?;
            for unlogged in page {
                if collected.is_full(&limit) {
                    return Ok(collected);
                }
                if Instant::now() >= limit.until {
                    found.complete = false;
                    return Ok(collected);
                }
                let id = unlogged.engagement_id.clone();
                if found.has(&id) || collected.runs.iter().any(|run| run.after.engagement_id == id)
                {
                    continue;
                }
                match timeline(log, &limit, unlogged, &mut collected).await {
                    Ok(Outcome::Logged) => {}
                    Ok(Outcome::Restored) => found.restored(id),
                    Ok(Outcome::Rewritten) => found.rewritten(id),
                    // One item that nobody can read must not keep all others out of the log.
                    Err(error) if error.is_about_an_item() => found.unreadable(id, &error),
                    Err(error) => return Err(error),
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

/// What became of a timeline.
enum Outcome {
    Logged,
    Restored,
    Rewritten,
}

/// Adds the new entries of one timeline.
async fn timeline(
    log: &Log,
    limit: &Limit,
    Unlogged { engagement_id, seq }: Unlogged,
    collected: &mut Collected,
) -> Result<Outcome, LedgerError> {
    let stored = log.table.get::<Known>(&Known::key(&engagement_id)).await?;
    let nothing = || Known::nothing(&engagement_id, &log.ledger_table);
    let known = stored.map_or_else(nothing, |stored| stored.value);
    let most = limit.leaves.saturating_sub(collected.leaves.len());
    let (known, entries, outcome) = match follow(log, &known, most).await? {
        Follows::Entries(entries) => (known, entries, Outcome::Logged),
        // Only a deployment gives the ledger another name, when it was restored from a backup.
        Follows::Not if limit.restored && known.table != log.ledger_table => {
            let begun = Known { epoch: known.epoch + 1, ..nothing() };
            let Follows::Entries(entries) = follow(log, &begun, most).await? else {
                return Ok(Outcome::Rewritten);
            };
            let table = log.ledger_table.clone();
            collected.push(&Leaf::Restored { engagement_id: engagement_id.clone(), table });
            (begun, entries, Outcome::Restored)
        }
        Follows::Not => return Ok(Outcome::Rewritten),
    };
    if entries.is_empty() {
        match outcome {
            // All of it was logged before the restore, and nothing is left.
            Outcome::Restored => collected.end_run(known, None),
            _ => log.ledger.logged(&engagement_id, seq.min(known.seq)).await?,
        }
        return Ok(outcome);
    }
    let index = limit.first + collected.leaves.len() as u64;
    let mut placed = Placed { seq: known.seq + 1, index, count: 0 };
    let mut after = Known { table: log.ledger_table.clone(), ..known };
    for entry in &entries {
        if placed.count > 0 && collected.is_full(limit) {
            break; // the rest is in the next batch
        }
        collected.push(&Leaf::of(entry));
        placed.count += 1;
        (after.seq, after.hash) = (entry.seq, entry.hash.clone());
    }
    collected.end_run(after, Some(placed));
    Ok(outcome)
}
