//! One run: logs what is new, a few batches at a time.

use std::time::{Duration, Instant};

use headgate_ledger::Transition;
use headgate_log_store::LogState;
use jiff::SignedDuration;
use serde::Serialize;

use crate::append::append;
use crate::collect::{Limit, collect};
use crate::deps::Log;
use crate::error::LogError;
use crate::found::Found;
use crate::publish::publish;

/// Leaves that a checkpoint adds, at most, unless the log is behind.
const LEAVES: usize = 100;
/// Leaves that a checkpoint adds at most.
const MOST_LEAVES: usize = 8_000;
/// With less time left, no batch begins.
const BATCH: Duration = Duration::from_secs(15);

/// How long after the ledger got another name timelines may begin again. `headgate-restore` lists all of them, so a minute is enough. A rewrite
/// later than that must not pass for a restore.
const RESTORE: SignedDuration = SignedDuration::from_hours(24);

/// What a run has done.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize)]
pub struct Ran {
    /// Number of leaves of the newest checkpoint.
    pub size: u64,
    /// Leaves that this run has decided the order of.
    pub appended: u64,
}

/// Logs every entry that is not logged yet, for at most `left`.
///
/// # Errors
/// [`LogError`].
pub async fn run(log: &Log, left: Duration) -> Result<Ran, LogError> {
    let begun = Instant::now();
    let until = begun + left.saturating_sub(BATCH);
    let mut ran = Ran::default();
    let mut found = Found::default();
    let mut most = LEAVES;
    for round in 0.. {
        let stored = log.table.get::<LogState>(&LogState::key()).await?;
        let version = stored.as_ref().map(|stored| stored.version);
        let state = stored.map(|stored| stored.value).unwrap_or_default();
        if !state.key.is_empty() && state.key != log.signer.verifier().to_string() {
            return Err(LogError::Key(state.key));
        }
        ran.size = state.published;
        if state.ledger != log.ledger_table {
            named(log, &state, version).await?;
            continue;
        }
        if Instant::now() >= until {
            found.complete = false;
        }
        if !found.complete {
            break;
        }
        if let (Some(version), true) = (version, state.published < state.size) {
            publish(log, &state, version).await?;
            continue;
        }
        let restored = state.size > 0 && (log.clock)().duration_since(state.since) < RESTORE;
        let limit = Limit { first: state.size, leaves: most, until, round, restored };
        let collected = collect(log, limit, &mut found).await?;
        let leaves = collected.len();
        if leaves == 0 {
            break;
        }
        // A run that finds as much as it may take is behind: larger steps are faster.
        most = if leaves >= most { (2 * most).min(MOST_LEAVES) } else { most };
        if append(log, &state, version, &collected).await? {
            ran.appended += leaves as u64;
        }
    }
    tracing::info!(log.size = ran.size, log.appended = ran.appended, "logged");
    match found {
        found if !found.is_empty() => Err(LogError::Found(found)),
        found if !found.complete => Err(LogError::Incomplete(ran.appended)),
        _ => Ok(ran),
    }
}

/// Notes that the ledger has another name: only a deployment gives it one.
async fn named(log: &Log, state: &LogState, version: Option<u64>) -> Result<(), LogError> {
    let ledger = log.ledger_table.clone();
    let next = LogState { ledger, since: (log.clock)(), ..state.clone() };
    let transition = Transition::new().put(&LogState::key(), &next, version, None)?;
    log.table.commit(&transition).await?;
    Ok(())
}
