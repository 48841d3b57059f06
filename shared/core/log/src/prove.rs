//! Proofs, computed from tiles.

use std::collections::{BTreeMap, BTreeSet};

use crate::hash::Hash;
use crate::tiles::{Kind, Tile, WIDTH};

/// A complete subtree: the node at `level` above the leaves, `index` from the left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Node {
    level: u32,
    index: u64,
}

/// A part of a proof: the root of the leaves from `from` up to `to`, which are the last of the tree unless they are a complete subtree.
#[derive(Debug, Clone, Copy)]
struct Part {
    from: u64,
    to: u64,
}

impl Part {
    /// The complete subtrees that it consists of, from the left.
    fn nodes(self) -> Vec<Node> {
        let (mut nodes, mut at) = (Vec::new(), self.from);
        while at < self.to {
            let level = (self.to - at).ilog2().min(at.trailing_zeros());
            nodes.push(Node { level, index: at >> level });
            at += 1 << level;
        }
        nodes
    }
}

/// The largest power of two below `n`, which is at least 2.
const fn split(n: u64) -> u64 {
    1 << (n - 1).ilog2()
}

/// PATH of RFC 9162 §2.1.3.1.
fn path(index: u64, size: u64) -> Vec<Part> {
    let (mut from, mut to) = (0, size);
    let mut parts = Vec::new();
    while to - from > 1 {
        let middle = from + split(to - from);
        if index < middle {
            parts.push(Part { from: middle, to });
            to = middle;
        } else {
            parts.push(Part { from, to: middle });
            from = middle;
        }
    }
    parts.reverse();
    parts
}

/// PROOF of RFC 9162 §2.1.4.1.
fn growth(old: u64, size: u64) -> Vec<Part> {
    let (mut from, mut to) = (0, size);
    let mut parts = Vec::new();
    let mut first = true;
    while to != old {
        let middle = from + split(to - from);
        if old <= middle {
            parts.push(Part { from: middle, to });
            to = middle;
        } else {
            parts.push(Part { from, to: middle });
            from = middle;
            first = false;
        }
    }
    if !first {
        parts.push(Part { from, to });
    }
    parts.reverse();
    parts
}

/// The tile that has a node, and the nodes of that tile below it.
fn place(node: Node, size: u64) -> (Tile, u64, u64) {
    #[allow(clippy::integer_division)]
    let level = u8::try_from(node.level / 8).unwrap_or(u8::MAX);
    let below = node.level % 8;
    let first = node.index << below;
    let members = size >> (8 * u32::from(level)).min(63);
    #[allow(clippy::integer_division)]
    let index = first / WIDTH;
    let tile = Tile {
        kind: Kind::Hashes { level },
        index,
        width: WIDTH.min(members.saturating_sub(index * WIDTH)),
    };
    (tile, first % WIDTH, 1 << below)
}

/// Tiles of hashes, by name.
pub type Tiles = BTreeMap<Tile, Vec<Hash>>;

/// What is proven of a tree with `size` leaves.
#[derive(Debug, Clone)]
pub struct Proof {
    parts: Vec<Part>,
    size: u64,
}

impl Proof {
    /// That the tree has its leaf at `index`. `None` if it has no such leaf.
    #[must_use]
    pub fn of_inclusion(index: u64, size: u64) -> Option<Self> {
        (index < size).then(|| Self { parts: path(index, size), size })
    }

    /// That the tree begins with one of `old` leaves. `None` if it is smaller.
    #[must_use]
    pub fn of_growth(old: u64, size: u64) -> Option<Self> {
        match old {
            0 => Some(Self { parts: Vec::new(), size }),
            _ => (old <= size).then(|| Self { parts: growth(old, size), size }),
        }
    }

    /// The root of the whole tree, as the single hash of a proof.
    #[must_use]
    pub fn of_root(size: u64) -> Self {
        Self { parts: if size == 0 { Vec::new() } else { vec![Part { from: 0, to: size }] }, size }
    }

    /// The tiles that it is computed from.
    #[must_use]
    pub fn tiles(&self) -> BTreeSet<Tile> {
        let nodes = self.parts.iter().flat_map(|part| part.nodes());
        nodes.map(|node| place(node, self.size).0).collect()
    }

    /// The hashes of the proof. `None` if a tile is missing or too short.
    #[must_use]
    pub fn hashes(&self, tiles: &Tiles) -> Option<Vec<Hash>> {
        self.parts.iter().map(|part| self.part(*part, tiles)).collect()
    }

    fn part(&self, part: Part, tiles: &Tiles) -> Option<Hash> {
        let node = |node: Node| self.node(node, tiles);
        let nodes = part.nodes().into_iter().map(node).collect::<Option<Vec<_>>>()?;
        let (last, left) = nodes.split_last()?;
        Some(left.iter().rev().fold(*last, |right, left| Hash::of_node(left, &right)))
    }

    fn node(&self, node: Node, tiles: &Tiles) -> Option<Hash> {
        let (tile, first, count) = place(node, self.size);
        let members = tiles.get(&tile)?;
        let from = usize::try_from(first).ok()?;
        let mut row = members.get(from..from + usize::try_from(count).ok()?)?.to_vec();
        while row.len() > 1 {
            row = row
                .chunks(2)
                .map(|two| match two {
                    [left, right] => Hash::of_node(left, right),
                    _ => Hash::of_nothing(), // rows have a power of two of members
                })
                .collect();
        }
        row.first().copied()
    }
}
