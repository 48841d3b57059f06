//! Publishes batches: tiles, positions, checkpoint. Every step may be repeated.

use futures::future::try_join_all;
use futures::{StreamExt as _, TryStreamExt as _, stream};
use headgate_failpoint::reach;
use headgate_ledger::{Commit, Transition};
use headgate_log::{Checkpoint, Hash, Proof, Tiles, extends};
use headgate_log_store::{Known, LogState, Newest, Placed};

use crate::append::edge;
use crate::batch::Batch;
use crate::deps::Log;
use crate::error::LogError;

/// Requests at the same time.
const AT_ONCE: usize = 32;
/// Attempts to replace the checkpoint when others do, too.
const ATTEMPTS: u32 = 5;

/// Publishes the batches that the state has decided but not published.
pub(crate) async fn publish(log: &Log, state: &LogState, version: u64) -> Result<(), LogError> {
    let Some(batches) = decided(log, state).await? else { return Ok(()) };
    let leaves: Vec<_> = batches.iter().flat_map(|batch| &batch.leaves).collect();
    let runs = || batches.iter().flat_map(|batch| &batch.runs);
    let mut edge = edge(log, state.published, &state.published_root).await?;
    // Before anything is written: a table that somebody changed must not even leave files behind.
    if signed(log, state).await?.is_none() {
        return Ok(());
    }
    let files = edge.grow(&leaves).ok_or(LogError::Leaf)?;
    if edge.size() != state.size || edge.root().to_string() != state.root {
        return Err(LogError::Lost(state.published));
    }
    let writes = files.iter().map(|(tile, bytes)| log.bucket.write_once(tile, bytes.clone()));
    let (): () = stream::iter(writes).buffer_unordered(AT_ONCE).try_collect().await?;
    reach!("log.tiles_written");
    let places = runs().map(|run| async {
        let Known { engagement_id, epoch, .. } = &run.after;
        if let Some(placed) = &run.placed {
            let key = Placed::key(engagement_id, *epoch, placed.seq);
            log.table.raise(&key, placed, state.size).await?;
        }
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
    try_join_all(
        batches.iter().map(async |batch| log.table.remove(&Batch::key(batch.first), 1).await),
    )
    .await?;
    let listed = runs().map(|run| log.ledger.logged(&run.after.engagement_id, run.after.seq));
    let (): () = stream::iter(listed).buffer_unordered(AT_ONCE).try_collect().await?;
    tracing::info!(log.size = state.size, log.leaves = leaves.len(), "published a checkpoint");
    Ok(())
}

/// Reads the batches, each of which begins where the one before ends. Returns `None` if another run has published them meanwhile.
async fn decided(log: &Log, state: &LogState) -> Result<Option<Vec<Batch>>, LogError> {
    let mut batches = Vec::new();
    let mut at = state.published;
    while at < state.size {
        let stored = log.table.get::<Batch>(&Batch::key(at)).await?;
        // An empty one would be read for ever.
        let next = |batch: &Batch| batch.first == at && batch.end() > at;
        let Some(batch) = stored.map(|stored| stored.value).filter(next) else {
            // Published by another run, or removed by somebody.
            let now = log.table.get::<LogState>(&LogState::key()).await?;
            let same = now.is_none_or(|now| now.value.published <= state.published);
            return if same { Err(LogError::Lost(at)) } else { Ok(None) };
        };
        at = batch.end();
        batches.push(batch);
    }
    Ok(Some(batches))
}

/// Signs the checkpoint.
async fn checkpoint(log: &Log, state: &LogState, root: &Hash) -> Result<(), LogError> {
    let next = Checkpoint { size: state.size, root: *root };
    for _ in 0..ATTEMPTS {
        let Some(before) = signed(log, state).await? else { return Ok(()) };
        let note = next.sign(&log.signer);
        // Signatures of one key are the same each time.
        if before.as_ref().is_some_and(|before| before.note == note) {
            return Ok(());
        }
        if log.bucket.replace(before.as_ref(), &note).await? {
            return Ok(());
        }
    }
    Err(LogError::Busy)
}

/// The newest checkpoint in the bucket, if the tree up to `state.published` begins with what it says: what this key signs next is then the same
/// history. The table alone is not believed, because it may be a backup, or somebody may have changed it. Returns `None` if a later one is
/// there already.
async fn signed(log: &Log, state: &LogState) -> Result<Option<Option<Newest>>, LogError> {
    let Some(newest) = log.bucket.newest().await? else {
        return match state.published {
            0 => Ok(Some(None)),
            known => Err(LogError::Missing(known)),
        };
    };
    let before = Checkpoint::open(&newest.note, &log.signer.verifier())?;
    let published = Checkpoint {
        size: state.published,
        root: Hash::from_base64(&state.published_root).unwrap_or_else(Hash::of_nothing),
    };
    if before.size > published.size {
        // Another run has published this batch, or even a later one.
        let now = log.table.get::<LogState>(&LogState::key()).await?;
        let known = now.is_some_and(|now| now.value.size >= before.size);
        let ours = before.size == state.size && before.root.to_string() == state.root;
        return match known && (ours || before.size > state.size) {
            true if ours => Ok(Some(Some(newest))),
            true => Ok(None),
            false => Err(LogError::Older { signed: before.size, known: published.size }),
        };
    }
    let growth =
        Proof::of_growth(before.size, published.size).ok_or(LogError::Fork(before.size))?;
    let tiles = tiles(log, &growth).await?;
    let hashes = growth.hashes(&tiles).ok_or(LogError::Edge(published.size))?;
    match extends((before.size, &before.root), (published.size, &published.root), &hashes) {
        true => Ok(Some(Some(newest))),
        false => Err(LogError::Fork(before.size)),
    }
}

/// Reads the tiles of a proof.
async fn tiles(log: &Log, proof: &Proof) -> Result<Tiles, LogError> {
    let read = proof.tiles().into_iter().map(async |tile| {
        let bytes = log.bucket.read(&tile.path()).await?;
        let hashes = bytes.and_then(|bytes| headgate_log::tiles::hashes(&tile, &bytes));
        hashes.map(|hashes| (tile, hashes)).ok_or(LogError::Edge(tile.index))
    });
    Ok(try_join_all(read).await?.into_iter().collect())
}
