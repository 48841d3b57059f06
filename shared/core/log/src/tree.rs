//! The root of a growing tree, computed leaf by leaf.

use crate::hash::Hash;

/// A tree of which only the roots of its complete subtrees are kept: enough to append leaves and to compute the root.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    size: u64,
    /// Roots of the complete subtrees, largest first: one for each bit that is set in `size`.
    peaks: Vec<Hash>,
}

impl Tree {
    /// Number of leaves.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Appends a leaf.
    pub fn push(&mut self, leaf: Hash) {
        let mut node = leaf;
        let mut rest = self.size;
        while rest & 1 == 1 {
            let Some(left) = self.peaks.pop() else { break };
            node = Hash::of_node(&left, &node);
            rest >>= 1;
        }
        self.peaks.push(node);
        self.size += 1;
    }

    /// The root of the tree.
    #[must_use]
    pub fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev();
        let Some(last) = peaks.next() else { return Hash::of_nothing() };
        peaks.fold(*last, |right, left| Hash::of_node(left, &right))
    }
}
