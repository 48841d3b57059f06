//! Receipts from the bucket.

use futures::future::try_join_all;
use headgate_domain::timeline::Entry;
use headgate_log::tiles;
use headgate_log::{Checkpoint, Proof, Receipt, Verifier};

use crate::bucket::{BucketError, LogBucket};

/// Why there is no receipt.
#[derive(Debug, thiserror::Error)]
pub enum NoReceipt {
    /// The newest checkpoint does not cover the entry yet.
    #[error("the entry is not in the transparency log yet")]
    Later,
    /// The bucket does not have what the checkpoint was signed for.
    #[error("the log's bucket does not prove that the entry is in it")]
    Unproven,
    /// S3 failed.
    #[error(transparent)]
    Bucket(#[from] BucketError),
}

/// The receipt of an entry that is at `index` of the log. It is verified before it is returned.
///
/// # Errors
/// [`NoReceipt`].
pub async fn receipt(
    bucket: &LogBucket,
    log: &Verifier,
    entry: Entry,
    index: u64,
) -> Result<Receipt, NoReceipt> {
    let newest = bucket.newest().await?.ok_or(NoReceipt::Later)?;
    let checkpoint = Checkpoint::open(&newest.note, log).map_err(|_| NoReceipt::Unproven)?;
    let proof = Proof::of_inclusion(index, checkpoint.size).ok_or(NoReceipt::Later)?;
    let read = proof.tiles().into_iter().map(async |tile| {
        let bytes = bucket.read(&tile.path()).await?;
        let hashes = bytes.and_then(|bytes| tiles::hashes(&tile, &bytes));
        hashes.map(|hashes| (tile, hashes)).ok_or(NoReceipt::Unproven)
    });
    let tiles = try_join_all(read).await?.into_iter().collect();
    let hashes = proof.hashes(&tiles).ok_or(NoReceipt::Unproven)?;
    let receipt = Receipt::new(entry, index, &hashes, &newest.note);
    match receipt.verify(log) {
        Ok(_) => Ok(receipt),
        Err(_) => Err(NoReceipt::Unproven),
    }
}
