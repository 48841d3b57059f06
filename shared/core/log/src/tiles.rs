//! Tiles: how a log is kept in a bucket. Format: <https://c2sp.org/tlog-tiles>.

use crate::hash::{HASH_BYTES, Hash};

/// Hashes in a full tile, and leaves in a full bundle.
pub const WIDTH: u64 = 256;
/// Path of the newest checkpoint.
pub const CHECKPOINT: &str = "checkpoint";
/// Media type of a checkpoint.
pub const CHECKPOINT_TYPE: &str = "text/plain; charset=utf-8";
/// Media type of tiles and bundles.
pub const TILE_TYPE: &str = "application/octet-stream";

/// What a tile has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Hashes of nodes 8 × `level` above the leaves.
    Hashes {
        /// Level of the tile; 0 has the hashes of leaves.
        level: u8,
    },
    /// The leaves themselves.
    Leaves,
}

/// Name of a tile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tile {
    /// What it has.
    pub kind: Kind,
    /// Position in its level.
    pub index: u64,
    /// Number of its members, 1 to 256. A tile with fewer than 256 is partial.
    pub width: u64,
}

impl Tile {
    /// The tiles of a kind that a tree with `size` leaves has from tile `from` on: all are full, except perhaps the last.
    pub fn of(kind: Kind, from: u64, size: u64) -> impl Iterator<Item = Self> {
        let members = match kind {
            Kind::Hashes { level } => size >> (8 * u32::from(level)).min(63),
            Kind::Leaves => size,
        };
        (from..members.div_ceil(WIDTH)).map(move |index| Self {
            kind,
            index,
            width: WIDTH.min(members - index * WIDTH),
        })
    }

    /// Path in the bucket.
    #[must_use]
    pub fn path(&self) -> String {
        let mut path = match self.kind {
            Kind::Hashes { level } => format!("tile/{level}"),
            Kind::Leaves => "tile/entries".to_owned(),
        };
        // Groups of three digits; all but the last begin with `x`.
        let digits = format!("{:03}", self.index);
        let digits = format!("{}{digits}", "0".repeat((3 - digits.len() % 3) % 3));
        let groups = digits.len().div_ceil(3);
        for group in 0..groups {
            let part = digits.get(3 * group..3 * group + 3).unwrap_or_default();
            let x = if group + 1 < groups { "x" } else { "" };
            path.push_str(&format!("/{x}{part}"));
        }
        if self.width < WIDTH {
            path.push_str(&format!(".p/{}", self.width));
        }
        path
    }
}

/// The bytes of a tile of hashes.
#[must_use]
pub fn of_hashes(hashes: &[Hash]) -> Vec<u8> {
    hashes.iter().flat_map(|hash| *hash.as_bytes()).collect()
}

/// Reads a tile of hashes. `None` unless it has exactly as many as its name says.
#[must_use]
pub fn hashes(tile: &Tile, bytes: &[u8]) -> Option<Vec<Hash>> {
    if bytes.len() as u64 != tile.width * HASH_BYTES as u64 {
        return None;
    }
    bytes.chunks(HASH_BYTES).map(Hash::from_bytes).collect()
}

/// The bytes of a bundle of leaves: each with its length before it, in two bytes. `None` if a leaf is longer than that.
#[must_use]
pub fn of_leaves<L: AsRef<[u8]>>(leaves: &[L]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for leaf in leaves {
        let leaf = leaf.as_ref();
        bytes.extend(u16::try_from(leaf.len()).ok()?.to_be_bytes());
        bytes.extend(leaf);
    }
    Some(bytes)
}

/// Reads a bundle of leaves. `None` unless it has exactly as many as its name says.
#[must_use]
pub fn leaves(tile: &Tile, mut bytes: &[u8]) -> Option<Vec<Vec<u8>>> {
    let mut leaves = Vec::new();
    while let Some((length, rest)) = bytes.split_first_chunk::<2>() {
        let (leaf, rest) = rest.split_at_checked(u16::from_be_bytes(*length).into())?;
        leaves.push(leaf.to_vec());
        bytes = rest;
    }
    (bytes.is_empty() && leaves.len() as u64 == tile.width).then_some(leaves)
}
