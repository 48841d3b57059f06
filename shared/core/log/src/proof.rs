//! Verification of inclusion and consistency proofs: RFC 9162 §2.1.3.2 and §2.1.4.2.

use crate::hash::Hash;

/// Whether `leaf` is at `index` in the tree with `size` leaves and this root.
#[must_use]
pub fn includes(root: &Hash, size: u64, index: u64, leaf: &Hash, proof: &[Hash]) -> bool {
    if index >= size {
        return false;
    }
    let (mut at, mut last) = (index, size - 1);
    let mut node = *leaf;
    for sibling in proof {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            node = Hash::of_node(sibling, &node);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            node = Hash::of_node(&node, sibling);
        }
        at >>= 1;
        last >>= 1;
    }
    last == 0 && node == *root
}

/// Whether the tree with `size` leaves and root `root` begins with the tree with `old_size` leaves and root `old_root`.
#[must_use]
pub fn extends(
    (old_size, old_root): (u64, &Hash),
    (size, root): (u64, &Hash),
    proof: &[Hash],
) -> bool {
    if old_size == size {
        return proof.is_empty() && old_root == root;
    }
    if old_size > size {
        return false;
    }
    if old_size == 0 {
        return proof.is_empty() && *old_root == Hash::of_nothing();
    }
    let whole = old_size.is_power_of_two().then_some(old_root);
    let mut proof = whole.into_iter().chain(proof);
    let Some(first) = proof.next() else { return false };
    let (mut at, mut last) = (old_size - 1, size - 1);
    while at & 1 == 1 {
        at >>= 1;
        last >>= 1;
    }
    let (mut old, mut new) = (*first, *first);
    for sibling in proof {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            old = Hash::of_node(sibling, &old);
            new = Hash::of_node(sibling, &new);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            new = Hash::of_node(&new, sibling);
        }
        at >>= 1;
        last >>= 1;
    }
    last == 0 && old == *old_root && new == *root
}
