//! Logs for tests, and the oracle.
#![allow(clippy::unwrap_used, dead_code, missing_docs)]

use headgate_log::tiles::{Kind, Tile};
use headgate_log::{Hash, Signer, Tiles, Tree};
use tlog_tiles as theirs;

/// A key and a tree with so many leaves.
pub fn log(size: u64) -> (Signer, Tree) {
    let mut tree = Tree::default();
    for n in 0..size {
        tree.push(Hash::of_leaf(&n.to_be_bytes()));
    }
    (Signer::from_seed("log.example.com/headgate", &[7; 32]).unwrap(), tree)
}

/// A log with numbers as leaves, kept by the crate `tlog_tiles`.
pub struct Oracle(Vec<theirs::Hash>);

struct Stored<'a>(&'a [theirs::Hash]);

impl theirs::HashReader for Stored<'_> {
    fn read_hashes(&self, at: &[u64]) -> Result<Vec<theirs::Hash>, theirs::Error> {
        Ok(at.iter().map(|n| self.0[usize::try_from(*n).unwrap()]).collect())
    }
}

fn ours(hash: &theirs::Hash) -> Hash {
    Hash::from_bytes(&hash.0).unwrap()
}

impl Oracle {
    pub fn new(size: u64) -> Self {
        let mut stored = Vec::new();
        for n in 0..size {
            let new = theirs::stored_hashes(n, &n.to_be_bytes(), &Stored(&stored)).unwrap();
            stored.extend(new);
        }
        Self(stored)
    }

    fn at(&self, level: u8, index: u64) -> Hash {
        let n = theirs::stored_hash_index(level, index);
        ours(&self.0[usize::try_from(n).unwrap()])
    }

    pub fn leaf(&self, index: u64) -> Hash {
        self.at(0, index)
    }

    pub fn root(&self, size: u64) -> Hash {
        ours(&theirs::tree_hash(size, &Stored(&self.0)).unwrap())
    }

    pub fn inclusion(&self, size: u64, index: u64) -> Vec<Hash> {
        theirs::prove_record(size, index, &Stored(&self.0)).unwrap().iter().map(ours).collect()
    }

    pub fn growth(&self, size: u64, old: u64) -> Vec<Hash> {
        theirs::prove_tree(size, old, &Stored(&self.0)).unwrap().iter().map(ours).collect()
    }

    /// All tiles of the tree.
    pub fn tiles(&self, size: u64) -> Tiles {
        let tiles = (0..4).flat_map(|level| Tile::of(Kind::Hashes { level }, 0, size));
        let hashes = |tile: Tile| {
            let Kind::Hashes { level } = tile.kind else { unreachable!() };
            let members = (0..tile.width).map(|n| self.at(8 * level, 256 * tile.index + n));
            (tile, members.collect())
        };
        tiles.map(hashes).collect()
    }
}
