//! One run: logs what is new, batch by batch.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use headgate_log_store::LogState;
use serde::Serialize;

use crate::append::append;
use crate::collect::collect;
use crate::deps::Log;
use crate::error::LogError;
use crate::publish::publish;

/// Leaves that a checkpoint adds, at most, unless the log is behind.
const LEAVES: usize = 100;
/// Leaves that a checkpoint adds at most.
const MOST_LEAVES: usize = 1_000;
/// With less time left, no batch begins.
const BATCH: Duration = Duration::from_secs(15);

/// What a run has done.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize)]
pub struct Ran {
    /// Number of leaves of the newest checkpoint.
    pub size: u64,
    /// Leaves that this run has decided the order of.
    pub appended: u64,
    /// Whether time was left for all.
    pub complete: bool,
}

/// Logs every entry that is not logged yet, for at most `left`.
///
/// # Errors
/// [`LogError`].
pub async fn run(log: &Log, left: Duration) -> Result<Ran, LogError> {
    let begun = Instant::now();
    let mut ran = Ran { complete: true, ..Ran::default() };
    let mut rewritten = BTreeSet::new();
    let mut most = LEAVES;
    loop {
        let stored = log.table.get::<LogState>(&LogState::key()).await?;
        let version = stored.as_ref().map(|stored| stored.version);
        let state = stored.map(|stored| stored.value).unwrap_or_default();
        if !state.key.is_empty() && state.key != log.signer.verifier().to_string() {
            return Err(LogError::Key(state.key));
        }
        ran.size = state.published;
        if left.saturating_sub(begun.elapsed()) < BATCH {
            ran.complete = false;
            break;
        }
        if let (Some(version), true) = (version, state.published < state.size) {
            publish(log, &state, version).await?;
            continue;
        }
        let collected = collect(log, state.size, most, &mut rewritten).await?;
        if collected.leaves.is_empty() {
            break;
        }
        let leaves = collected.leaves.len();
        // A run that finds a full batch is behind: larger batches are faster.
        most = if leaves >= most { (2 * most).min(MOST_LEAVES) } else { most };
        if append(log, &state, version, collected).await? {
            ran.appended += leaves as u64;
        }
    }
    tracing::info!(
        log.size = ran.size,
        log.appended = ran.appended,
        complete = ran.complete,
        "logged"
    );
    if rewritten.is_empty() { Ok(ran) } else { Err(LogError::Rewritten(rewritten)) }
}
