//! Publishes a batch: tiles, positions, checkpoint. Every step may be repeated.

use futures::{StreamExt as _, TryStreamExt as _, stream};
use headgate_failpoint::reach;
use headgate_ledger::{Commit, Transition};
use headgate_log::{Checkpoint, Hash};
use headgate_log_store::{Known, LogState, Placed};

use crate::append::edge;
use crate::batch::Batch;
use crate::deps::Log;
use crate::error::LogError;

/// Requests at the same time.
const AT_ONCE: usize = 8;
/// Attempts to replace the checkpoint when others do, too.
const ATTEMPTS: u32 = 5;

/// Publishes the batch that the state has decided but not published.
pub(crate) async fn publish(log: &Log, state: &LogState, version: u64) -> Result<(), LogError> {
    let stored = log.table.get::<Batch>(&Batch::key(state.published)).await?;
    let batch = stored.ok_or(LogError::Lost(state.published))?.value;
    let leaves: Vec<_> = batch.leaves.iter().map(|leaf| leaf.as_bytes().to_vec()).collect();
    let mut edge = edge(log, state.published, &state.published_root).await?;
    let files = edge.grow(&leaves).ok_or(LogError::Leaf)?;
    if edge.size() != state.size || edge.root().to_string() != state.root {
        return Err(LogError::Lost(state.published));
    }
    let writes = files.iter().map(|(tile, bytes)| log.bucket.write_once(tile, bytes.clone()));
    let (): () = stream::iter(writes).buffer_unordered(AT_ONCE).try_collect().await?;
    reach!("log.tiles_written");
    let places = batch.runs.iter().map(|run| async {
        let Known { engagement_id, epoch, .. } = &run.after;
        let key = Placed::key(engagement_id, *epoch, run.placed.seq);
        log.table.raise(&key, &run.placed, state.size).await?;
        log.table.raise(&Known::key(engagement_id), &run.after, state.size).await
    });
    let (): () = stream::iter(places).buffer_unordered(AT_ONCE).try_collect().await?;
    reach!("log.places_written");
    checkpoint(log, state, &edge.root()).await?;
    reach!("log.checkpoint_written");
    let next =
        LogState { published: state.size, published_root: state.root.clone(), ..state.clone() };
    let transition = Transition::new().put(&LogState::key(), &next, Some(version), None)?;
    if log.table.commit(&transition).await? != Commit::Applied {
        return Ok(()); // another run has published it, too
    }
    reach!("log.published");
    log.table.remove(&Batch::key(batch.first), 1).await?;
    let listed = batch.runs.iter();
    let listed = listed.map(|run| log.ledger.logged(&run.after.engagement_id, run.after.seq));
    let (): () = stream::iter(listed).buffer_unordered(AT_ONCE).try_collect().await?;
    tracing::info!(log.size = state.size, log.leaves = leaves.len(), "published a checkpoint");
    Ok(())
}

/// Signs the checkpoint. Nothing is signed that is smaller than what this key has signed before, or beside it: the table may be a backup.
async fn checkpoint(log: &Log, state: &LogState, root: &Hash) -> Result<(), LogError> {
    let ours = log.signer.verifier();
    let next = Checkpoint { size: state.size, root: *root };
    for _ in 0..ATTEMPTS {
        let newest = log.bucket.newest().await?;
        // A file that this key did not sign is replaced: nobody can take it for a checkpoint of this log.
        let signed = newest.as_ref().and_then(|n| Checkpoint::open(&n.note, &ours).ok());
        match signed {
            Some(before) if before == next => return Ok(()),
            Some(before) if before.size >= next.size => {
                return match log.table.get::<LogState>(&LogState::key()).await? {
                    Some(now) if now.value.size >= before.size && now.value != *state => Ok(()),
                    _ => Err(LogError::Older { signed: before.size, known: next.size }),
                };
            }
            Some(before) if !follows(&before, state) => {
                return Err(LogError::Older { signed: before.size, known: state.published });
            }
            _ => {}
        }
        if log.bucket.replace(newest.as_ref(), &next.sign(&log.signer)).await? {
            return Ok(());
        }
    }
    Err(LogError::Busy)
}

/// Whether the table knows of everything that was signed. Somebody may have put an older checkpoint back: that one is replaced.
fn follows(before: &Checkpoint, state: &LogState) -> bool {
    before.size < state.published
        || before.size == state.published && before.root.to_string() == state.published_root
}
