//! The right edge of a log: what is needed to append leaves.

use std::collections::BTreeMap;

use crate::hash::Hash;
use crate::prove::{Proof, Tiles};
use crate::tiles::{self, Kind, Tile, WIDTH};

/// Levels of tiles: 256⁸ leaves are more than a log can have.
const LEVELS: u8 = 8;

/// The partial tiles of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    size: u64,
    /// Hashes of the partial tile of each level; empty if the level has no partial tile.
    levels: Vec<Vec<Hash>>,
    /// Leaves of the partial bundle.
    leaves: Vec<Vec<u8>>,
}

/// The partial tile of a kind in a tree with `size` leaves.
fn partial(kind: Kind, size: u64) -> Option<Tile> {
    let members = match kind {
        Kind::Hashes { level } => size >> (8 * u32::from(level)).min(63),
        Kind::Leaves => size,
    };
    #[allow(clippy::integer_division)]
    let tile = Tile { kind, index: members / WIDTH, width: members % WIDTH };
    (tile.width > 0).then_some(tile)
}

impl Edge {
    /// The edge of an empty log.
    #[must_use]
    pub fn empty() -> Self {
        Self { size: 0, levels: vec![Vec::new(); LEVELS.into()], leaves: Vec::new() }
    }

    /// The files that the edge of a log with `size` leaves is read from.
    #[must_use]
    pub fn tiles(size: u64) -> Vec<Tile> {
        let levels = (0..LEVELS).map(|level| Kind::Hashes { level });
        levels.chain([Kind::Leaves]).filter_map(|kind| partial(kind, size)).collect()
    }

    /// Reads the edge of a log, and checks it against the log's root, so that nobody can have other leaves signed by changing a file. `None`
    /// if a file is missing or is not what it should be.
    #[must_use]
    pub fn read(size: u64, root: &Hash, files: &BTreeMap<Tile, Vec<u8>>) -> Option<Self> {
        let mut edge = Self { size, ..Self::empty() };
        let mut all = Tiles::new();
        for tile in Self::tiles(size) {
            let bytes = files.get(&tile)?;
            match tile.kind {
                Kind::Leaves => edge.leaves = tiles::leaves(&tile, bytes)?,
                Kind::Hashes { level } => {
                    let hashes = tiles::hashes(&tile, bytes)?;
                    all.insert(tile, hashes.clone());
                    *edge.levels.get_mut(usize::from(level))? = hashes;
                }
            }
        }
        let leaves: Vec<_> = edge.leaves.iter().map(|leaf| Hash::of_leaf(leaf)).collect();
        let found = match size {
            0 => Hash::of_nothing(),
            _ => Proof::of_root(size).hashes(&all)?.first().copied()?,
        };
        (found == *root && edge.levels.first() == Some(&leaves)).then_some(edge)
    }

    /// Number of leaves.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Root of the tree.
    #[must_use]
    pub fn root(&self) -> Hash {
        // Row by row, the rightmost node that is complete so far takes in what is left of it.
        let mut right: Option<Hash> = None;
        for hashes in &self.levels {
            let mut row = hashes.clone();
            for _ in 0..8 {
                if row.len() % 2 == 1 {
                    let left = row.pop();
                    right = match (left, right) {
                        (Some(left), Some(right)) => Some(Hash::of_node(&left, &right)),
                        (left, right) => left.or(right),
                    };
                }
                row = row
                    .chunks_exact(2)
                    .filter_map(|two| Some(Hash::of_node(two.first()?, two.last()?)))
                    .collect();
            }
        }
        right.unwrap_or_else(Hash::of_nothing)
    }

    /// Appends leaves. Returns the files that are new: complete tiles, and the partial ones of the new edge. `None` if a leaf is longer than
    /// 65,535 bytes.
    #[must_use]
    pub fn grow<L: AsRef<[u8]>>(&mut self, leaves: &[L]) -> Option<Vec<(Tile, Vec<u8>)>> {
        let before = self.size;
        let after = before + leaves.len() as u64;
        let mut files = Vec::new();
        for (n, leaf) in (before + 1..).zip(leaves) {
            let leaf = leaf.as_ref();
            self.leaves.push(leaf.to_vec());
            self.push(0, Hash::of_leaf(leaf), n, &mut files);
            if n.is_multiple_of(WIDTH) {
                let index = (n - 1) >> 8;
                let full = std::mem::take(&mut self.leaves);
                let tile = Tile { kind: Kind::Leaves, index, width: WIDTH };
                files.push((tile, tiles::of_leaves(&full)?));
            }
        }
        self.size = after;
        let known = Self::tiles(before);
        for tile in Self::tiles(after).into_iter().filter(|tile| !known.contains(tile)) {
            let bytes = match tile.kind {
                Kind::Leaves => tiles::of_leaves(&self.leaves)?,
                Kind::Hashes { level } => tiles::of_hashes(self.levels.get(usize::from(level))?),
            };
            files.push((tile, bytes));
        }
        Some(files)
    }

    /// Adds the `count`-th hash to a level, and to those above it if it completes a tile.
    fn push(&mut self, level: u8, hash: Hash, count: u64, files: &mut Vec<(Tile, Vec<u8>)>) {
        let Some(members) = self.levels.get_mut(usize::from(level)) else { return };
        members.push(hash);
        if members.len() as u64 != WIDTH {
            return;
        }
        let full = std::mem::take(members);
        let tile = Tile { kind: Kind::Hashes { level }, index: (count - 1) >> 8, width: WIDTH };
        files.push((tile, tiles::of_hashes(&full)));
        let mut row = full;
        while row.len() > 1 {
            row = row
                .chunks_exact(2)
                .filter_map(|two| Some(Hash::of_node(two.first()?, two.last()?)))
                .collect();
        }
        if let Some(root) = row.first() {
            self.push(level + 1, *root, count >> 8, files);
        }
    }
}
