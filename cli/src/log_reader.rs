//! Reads a transparency log from its bucket, or from a copy of it.

use std::path::{Path, PathBuf};

use headgate_log::tiles::{self, CHECKPOINT, Kind, Tile, WIDTH};
use headgate_log::{Audit, Audited, Checkpoint, Verifier};
use indicatif::ProgressBar;

use crate::aws;
use crate::fail::Failure;

/// Bundles of leaves that are read at the same time.
const AT_ONCE: usize = 16;
/// A log with more bundles shows its progress.
const LONG: u64 = 64;
/// Most bytes of a file of a log.
const MOST_BYTES: u64 = 17 * 1024 * 1024;

/// Where a log is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// A bucket, read with the caller's AWS credentials.
    Bucket(String),
    /// A folder with a copy of the bucket.
    Folder(PathBuf),
}

impl Place {
    pub(crate) fn parse(text: &str) -> Result<Self, Failure> {
        match text.strip_prefix("s3://").map(|bucket| bucket.trim_end_matches('/')) {
            None => Ok(Self::Folder(text.into())),
            Some(bucket) if !bucket.is_empty() && !bucket.contains('/') => {
                Ok(Self::Bucket(bucket.to_owned()))
            }
            Some(_) => Err(Failure::Usage(format!("{text} is not s3://BUCKET"))),
        }
    }

    /// Reads files; each must exist.
    fn read(&self, paths: &[String]) -> Result<Vec<Vec<u8>>, Failure> {
        let missing = |path: &str| {
            Failure::Refused(format!(
                "{path} is missing in the log; {}",
                match path {
                    CHECKPOINT => "the first one is signed within a minute of the first entry",
                    _ => "leaves were removed, or the copy is not complete",
                }
            ))
        };
        match self {
            Self::Bucket(bucket) => {
                let found = aws::log_files(bucket, paths)?;
                let pairs = found.into_iter().zip(paths);
                pairs.map(|(bytes, path)| bytes.ok_or_else(|| missing(path))).collect()
            }
            Self::Folder(folder) => {
                let read = |path: &String| match whole(&folder.join(path)) {
                    Ok(bytes) => Ok(bytes),
                    Err(e) if e.kind() == std::io::ErrorKind::NotFound => Err(missing(path)),
                    Err(e) => Err(Failure::Usage(format!("{}: {e}", folder.join(path).display()))),
                };
                paths.iter().map(read).collect()
            }
        }
    }

    /// The newest checkpoint, not verified.
    fn checkpoint(&self) -> Result<String, Failure> {
        let bytes = self.read(&[CHECKPOINT.to_owned()])?.pop().unwrap_or_default();
        String::from_utf8(bytes).map_err(|_| Failure::Refused("the checkpoint is not text".into()))
    }

    /// Reads every leaf, and compares the tree with the newest checkpoint and those that are known. Returns the newest checkpoint, too.
    pub(crate) fn audit(
        &self,
        key: &Verifier,
        known: &[Checkpoint],
    ) -> Result<(Audited, String), Failure> {
        let note = self.checkpoint()?;
        let newest = Checkpoint::open(&note, key)
            .map_err(|e| Failure::Refused(format!("the log's newest checkpoint: {e}")))?;
        let mut bundles = Tile::of(Kind::Leaves, 0, newest.size);
        let progress = match newest.size.div_ceil(WIDTH) {
            0..LONG => ProgressBar::hidden(),
            more => ProgressBar::new(more),
        };
        let mut audit = Audit::new(known);
        loop {
            let some: Vec<_> = bundles.by_ref().take(AT_ONCE).collect();
            if some.is_empty() {
                break;
            }
            let paths: Vec<_> = some.iter().map(Tile::path).collect();
            for ((tile, path), bytes) in some.iter().zip(&paths).zip(self.read(&paths)?) {
                let leaves = tiles::leaves(tile, &bytes)
                    .ok_or_else(|| Failure::Refused(format!("{path} is not what the log wrote")))?;
                leaves.iter().for_each(|leaf| audit.push(leaf));
            }
            progress.inc(some.len() as u64);
        }
        progress.finish_and_clear();
        Ok((audit.end(&newest), note))
    }
}

/// Reads a file that is one, and not too large: the copy may be somebody else's.
fn whole(path: &Path) -> std::io::Result<Vec<u8>> {
    let about = std::fs::metadata(path)?;
    if !about.is_file() || about.len() > MOST_BYTES {
        return Err(std::io::Error::other("this is not a file of a log"));
    }
    std::fs::read(path)
}
