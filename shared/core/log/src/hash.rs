//! Hashes of a Merkle tree: RFC 6962 §2.1, the same as RFC 9162 §2.1.1.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

/// Bytes of a hash.
pub const HASH_BYTES: usize = 32;

/// A SHA-256 hash of a leaf or a node. Shown in base64, as in checkpoints and proofs.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Hash([u8; HASH_BYTES]);

impl Hash {
    /// The hash of a leaf's bytes. Leaves and nodes are hashed with different prefixes, so that no leaf passes for a node.
    #[must_use]
    pub fn of_leaf(leaf: &[u8]) -> Self {
        Self(Sha256::new().chain_update([0]).chain_update(leaf).finalize().into())
    }

    /// The hash of a node with two children.
    #[must_use]
    pub fn of_node(left: &Self, right: &Self) -> Self {
        Self(
            Sha256::new()
                .chain_update([1])
                .chain_update(left.0)
                .chain_update(right.0)
                .finalize()
                .into(),
        )
    }

    /// The root of a tree without leaves.
    #[must_use]
    pub fn of_nothing() -> Self {
        Self(Sha256::digest([]).into())
    }

    /// Reads 32 bytes.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// Reads base64 with padding.
    #[must_use]
    pub fn from_base64(text: &str) -> Option<Self> {
        Self::from_bytes(&STANDARD.decode(text).ok()?)
    }

    /// The 32 bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; HASH_BYTES] {
        &self.0
    }
}

impl std::fmt::Display for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&STANDARD.encode(self.0))
    }
}

impl std::fmt::Debug for Hash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self}")
    }
}
