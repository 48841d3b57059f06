//! Finds entries that are not logged yet.

use std::time::Instant;

use futures::{StreamExt as _, stream};
use headgate_events::EngagementId;
use headgate_ledger::{LedgerError, UNLOGGED_SHARDS, Unlogged};

use crate::batch::Batch;
use crate::deps::Log;
use crate::found::Found;
use crate::read::{Read, read};
use crate::spawned::Spawned;

/// Most batches that are committed in one transaction, which may have 4 MB. The item of a batch has up to 400 KB.
const BATCHES: usize = 8;
/// Most timelines of these: each takes three writes, and a run has 15 seconds for the last of them.
const TIMELINES: usize = 500;
/// Timelines, and parts of the list, that are read at the same time.
const AT_ONCE: usize = 8;

/// Batches that are appended together.
#[derive(Debug, Default)]
pub(crate) struct Collected {
    pub(crate) batches: Vec<Batch>,
    leaves: usize,
}

/// What limits the batches.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limit {
    /// Position of the first leaf.
    pub(crate) first: u64,
    /// Leaves.
    pub(crate) leaves: usize,
    /// When collecting ends.
    pub(crate) until: Instant,
    /// How often this run has collected before.
    pub(crate) round: u64,
    /// Whether the ledger was restored from a backup a short time ago.
    pub(crate) restored: bool,
}

impl Collected {
    /// Number of leaves.
    pub(crate) fn len(&self) -> usize {
        self.leaves
    }

    fn is_full(&self, limit: &Limit) -> bool {
        let timelines: usize = self.batches.iter().map(|batch| batch.runs.len()).sum();
        self.leaves >= limit.leaves
            || timelines >= TIMELINES
            || (self.batches.len() >= BATCHES && self.batches.last().is_some_and(Batch::is_full))
    }

    fn has(&self, engagement: &EngagementId) -> bool {
        let mut runs = self.batches.iter().flat_map(|batch| &batch.runs);
        runs.any(|run| run.after.engagement_id == *engagement)
    }

    /// The batch that takes the next timeline.
    fn open(&mut self, first: u64) -> Option<&mut Batch> {
        match self.batches.last() {
            Some(last) if !last.is_full() => {}
            last => {
                let first = last.map_or(first, Batch::end);
                self.batches.push(Batch::at(first));
            }
        }
        self.batches.last_mut()
    }
}

/// Collects batches. What cannot be logged is added to `found`, and does not keep the others from being logged.
pub(crate) async fn collect(
    log: &Log,
    limit: Limit,
    found: &mut Found,
) -> Result<Collected, LedgerError> {
    let mut collected = Collected::default();
    // Each run and each batch begins elsewhere, so that one part of the list cannot hold up the others.
    let minute = u64::try_from((log.clock)().as_second()).unwrap_or_default() >> 6;
    let begin = minute + limit.round;
    let shards =
        (begin..).map(|n| u8::try_from(n % u64::from(UNLOGGED_SHARDS)).unwrap_or_default());
    let shards = shards.take(usize::from(UNLOGGED_SHARDS));
    // Each is read to its end, also while the timelines of an earlier one are read.
    let first = async |shard: u8| {
        let (ledger, now) = (log.ledger.clone(), (log.clock)());
        let page = Spawned::new(async move { ledger.to_log(shard, now, None).await });
        (shard, page.done().await)
    };
    let mut pages = stream::iter(shards).map(first).buffered(AT_ONCE);
    while let Some((shard, page)) = pages.next().await {
        let (mut page, mut next) = match page {
            Ok(page) => page,
            // Log the others first, as with timelines.
            Err(error) if collected.leaves > 0 => {
                tracing::warn!(?error, "a part of the list cannot be read now");
                return Ok(collected);
            }
            Err(error) => return Err(error),
        };
        loop {
            if !add(log, &limit, page, (&mut collected, found)).await? {
                return Ok(collected);
            }
            let Some(after) = next else { break };
            (page, next) = log.ledger.to_log(shard, (log.clock)(), Some(after)).await?;
        }
    }
    Ok(collected)
}

/// Adds the timelines of a page. Returns `false` if there is no room or no time for more.
async fn add(
    log: &Log,
    limit: &Limit,
    page: Vec<Unlogged>,
    (collected, found): (&mut Collected, &mut Found),
) -> Result<bool, LedgerError> {
    let news = |id: &EngagementId| !found.has(id) && !collected.has(id);
    let page: Vec<_> = page.into_iter().filter(|one| news(&one.engagement_id)).collect();
    let limits = (limit.leaves, limit.restored);
    let reads = page.into_iter().map(async |unlogged: Unlogged| {
        let id = unlogged.engagement_id.clone();
        let log = log.clone();
        // On another processor, if there is one: to check entries takes most of the time.
        let read = Spawned::new(async move { read(&log, limits, unlogged).await });
        (id, read.done().await)
    });
    let mut reads = stream::iter(reads).buffered(AT_ONCE);
    loop {
        if collected.is_full(limit) {
            return Ok(false);
        }
        if Instant::now() >= limit.until {
            found.complete = false;
            return Ok(false);
        }
        match reads.next().await {
            None => return Ok(true),
            Some((_, Ok(Read::Nothing))) => {}
            // The index is eventually consistent: a timeline may be in it twice, at its old place and at its new one.
            Some((id, Ok(_))) if collected.has(&id) => {}
            Some((id, Ok(Read::Entries { known, entries, restored }))) => {
                let most = limit.leaves - collected.leaves;
                let Some(batch) = collected.open(limit.first) else { return Ok(false) };
                let table = &log.ledger_table;
                collected.leaves += batch.add((known, restored), entries, most, table);
                if restored {
                    found.restored(id);
                }
            }
            Some((id, Ok(Read::Rewritten))) => found.rewritten(id),
            // One item that nobody can read must not keep all others out of the log.
            Some((id, Err(error))) if error.is_about_an_item() => found.unreadable(id, &error),
            // Log the others first. If it fails again, the next step ends the run.
            Some((id, Err(error))) if collected.leaves > 0 => {
                tracing::warn!(engagement.id = %id, ?error, "a timeline cannot be read now");
                return Ok(false);
            }
            Some((_, Err(error))) => return Err(error),
        }
    }
}
