//! Decides the order of new leaves, in one transaction.

use std::collections::BTreeMap;

use futures::future::try_join_all;
use headgate_failpoint::reach;
use headgate_ledger::{Commit, Transition};
use headgate_log::{Edge, Hash};
use headgate_log_store::LogState;

use crate::batch::Batch;
use crate::collect::Collected;
use crate::deps::Log;
use crate::error::LogError;

/// Commits batches. Returns `false` if another run was faster.
pub(crate) async fn append(
    log: &Log,
    state: &LogState,
    version: Option<u64>,
    collected: &Collected,
) -> Result<bool, LogError> {
    let mut edge = edge(log, state.size, &state.root).await?;
    let leaves: Vec<_> = collected.batches.iter().flat_map(|batch| &batch.leaves).collect();
    edge.grow(&leaves).ok_or(LogError::Leaf)?;
    let next = LogState {
        key: log.signer.verifier().to_string(),
        size: edge.size(),
        root: edge.root().to_string(),
        ..state.clone()
    };
    let transition = Transition::new().put(&LogState::key(), &next, version, None)?;
    let transition = collected.batches.iter().try_fold(transition, |transition, batch| {
        transition.create(&Batch::key(batch.first), batch)
    })?;
    let committed = log.table.commit(&transition).await? == Commit::Applied;
    reach!("log.committed");
    Ok(committed)
}

/// Reads the right edge of the log from the bucket, and checks it against the root that the state has.
pub(crate) async fn edge(log: &Log, size: u64, root: &str) -> Result<Edge, LogError> {
    let root = match size {
        0 => Hash::of_nothing(),
        _ => Hash::from_base64(root).ok_or(LogError::Edge(size))?,
    };
    let read = Edge::tiles(size).into_iter().map(async |tile| {
        let bytes = log.bucket.read(&tile.path()).await?;
        Ok::<_, LogError>(bytes.map(|bytes| (tile, bytes)))
    });
    let files: BTreeMap<_, _> = try_join_all(read).await?.into_iter().flatten().collect();
    Edge::read(size, &root, &files).ok_or(LogError::Edge(size))
}
