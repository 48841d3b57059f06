//! Checkpoints: <https://c2sp.org/tlog-checkpoint>.

use crate::hash::Hash;
use crate::note::{NoteError, Signer, Verifier};

/// A signed statement of a log: so many leaves, with this root.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checkpoint {
    /// Number of leaves.
    pub size: u64,
    /// Root of their tree.
    pub root: Hash,
}

/// Why a checkpoint is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// Not signed by the log.
    #[error("the checkpoint is not of this log: {0}")]
    Note(#[from] NoteError),
    /// The signed text is not a checkpoint of this log.
    #[error("the log signed this, but it is not a checkpoint")]
    Malformed,
}

impl Checkpoint {
    /// The signed note.
    #[must_use]
    pub fn sign(&self, signer: &Signer) -> String {
        signer.sign(&format!("{}\n{}\n{}\n", signer.name(), self.size, self.root))
    }

    /// Reads a note that the log signed.
    ///
    /// # Errors
    /// [`CheckpointError`].
    pub fn open(note: &str, log: &Verifier) -> Result<Self, CheckpointError> {
        let text = log.open(note)?;
        Self::read(text, log.name()).ok_or(CheckpointError::Malformed)
    }

    /// Extension lines are not used, and not looked at.
    fn read(text: &str, origin: &str) -> Option<Self> {
        let mut lines = text.strip_suffix('\n')?.split('\n');
        if lines.next()? != origin {
            return None;
        }
        let (size, root) = (number(lines.next()?)?, Hash::from_base64(lines.next()?)?);
        lines.all(|line| !line.is_empty()).then_some(Self { size, root })
    }
}

/// A decimal number as it is written, without zeros before it.
pub(crate) fn number(text: &str) -> Option<u64> {
    let number: u64 = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}
