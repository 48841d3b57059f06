//! Receipts: an entry, and the proof that it is in the log.

use headgate_domain::timeline::{Broken, Entry, Head};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::checkpoint::{Checkpoint, CheckpointError, number};
use crate::hash::Hash;
use crate::leaf::Leaf;
use crate::note::Verifier;
use crate::proof::includes;

/// First line of a proof: <https://c2sp.org/tlog-proof>.
const FORMAT: &str = "c2sp.org/tlog-proof@v1";
/// Most hashes of a proof: a log has fewer than 2⁶³ leaves.
const MOST_HASHES: usize = 63;

/// An entry of a timeline with the proof that it is in the log. Anybody can check it with the log's public key alone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Receipt {
    /// The entry.
    pub entry: Entry,
    /// Proof of inclusion and checkpoint, in the format `c2sp.org/tlog-proof@v1`.
    pub proof: String,
}

/// What a receipt proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proven {
    /// Position of the leaf.
    pub index: u64,
    /// The checkpoint that covers it.
    pub checkpoint: Checkpoint,
}

/// Why a receipt proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptError {
    /// Not a proof in the format above.
    #[error("the receipt has no proof in the format {FORMAT}")]
    Malformed,
    /// The checkpoint is not of this log.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The entry's hash is not that of its content.
    #[error("entry {0} is not what its hash says: it was changed")]
    Entry(u64),
    /// The entry is not in the log at that position.
    #[error("entry {seq} is not leaf {index} of the log")]
    NotIncluded {
        /// Position on the timeline.
        seq: u64,
        /// Position in the log.
        index: u64,
    },
}

/// Whether the hash of an entry is that of its content.
///
/// # Errors
/// [`Broken::Content`].
pub fn check_entry(entry: &Entry) -> Result<(), Broken> {
    let before = Head { seq: entry.seq.saturating_sub(1), hash: entry.prev.clone() };
    match before.append(&entry.engagement_id, entry.event.clone(), entry.sender.clone()) {
        Ok(again) if again == *entry => Ok(()),
        _ => Err(Broken::Content { seq: entry.seq }),
    }
}

impl Receipt {
    /// Writes a receipt.
    #[must_use]
    pub fn new(entry: Entry, index: u64, hashes: &[Hash], checkpoint: &str) -> Self {
        let hashes: String = hashes.iter().map(|hash| format!("{hash}\n")).collect();
        Self { entry, proof: format!("{FORMAT}\nindex {index}\n{hashes}\n{checkpoint}") }
    }

    /// The signed checkpoint in it; not verified.
    #[must_use]
    pub fn checkpoint(&self) -> Option<&str> {
        self.proof.split_once("\n\n").map(|(_, note)| note)
    }

    /// Checks it offline.
    ///
    /// # Errors
    /// [`ReceiptError`].
    pub fn verify(&self, log: &Verifier) -> Result<Proven, ReceiptError> {
        let seq = self.entry.seq;
        check_entry(&self.entry).map_err(|_| ReceiptError::Entry(seq))?;
        let (index, hashes, note) = self.parts().ok_or(ReceiptError::Malformed)?;
        let checkpoint = Checkpoint::open(note, log)?;
        let leaf = Hash::of_leaf(&Leaf::of(&self.entry).to_bytes());
        match includes(&checkpoint.root, checkpoint.size, index, &leaf, &hashes) {
            true => Ok(Proven { index, checkpoint }),
            false => Err(ReceiptError::NotIncluded { seq, index }),
        }
    }

    fn parts(&self) -> Option<(u64, Vec<Hash>, &str)> {
        let (head, note) = self.proof.split_once("\n\n")?;
        let mut lines = head.split('\n');
        if lines.next()? != FORMAT {
            return None;
        }
        let mut line = lines.next()?;
        if line.starts_with("extra ") {
            line = lines.next()?;
        }
        let index = number(line.strip_prefix("index ")?)?;
        let hashes: Vec<_> = lines.map(Hash::from_base64).collect::<Option<_>>()?;
        (hashes.len() <= MOST_HASHES).then_some((index, hashes, note))
    }
}
