//! Hashes, proofs, tiles and notes: published vectors, and two crates that we did not write, as oracles.
#![allow(clippy::unwrap_used, missing_docs)]

mod support;

use headgate_log::tiles::{self, Kind, Tile};
use headgate_log::{Checkpoint, Hash, Proof, Signer, Tree, Verifier, extends, includes};
use proptest::prelude::*;
use support::{Oracle, log};

/// Leaves and roots of transparency-dev/merkle.
const LEAVES: [&[u8]; 8] = [
    b"",
    b"\x00",
    b"\x10",
    b"\x20\x21",
    b"\x30\x31",
    b"\x40\x41\x42\x43",
    b"\x50\x51\x52\x53\x54\x55\x56\x57",
    b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
];
const ROOTS: [&str; 9] = [
    "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
    "bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=",
    "+sVCA+fMaWzw38tCySodnbr3CtnmIfS9jZhmLwDjwSU=",
    "rra8/idLcKFPsGel5VeCZNsPqbUa9eC6FZFY8yngbnc=",
    "037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=",
    "Tju7H3tHjc/nH7YxYxUZo7yhLJrvyhYSv85ME6hiZNQ=",
    "duZ9rbzfHhDht03cYIq9L5jfsW+851J3tSMqEn8gh+8=",
    "3bib5AOAnjJXUNPSY814kpwpQreUKjS3fhIslZSnTIw=",
    "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=",
];

#[test]
fn roots_are_those_of_rfc_6962() {
    let mut tree = Tree::default();
    for (n, root) in ROOTS.iter().enumerate() {
        assert_eq!(tree.root().to_string(), *root, "{n}");
        if let Some(leaf) = LEAVES.get(n) {
            tree.push(Hash::of_leaf(leaf));
        }
    }
}

#[test]
fn notes_of_others_are_read() {
    let key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    let note = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n\
                \u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n\
                \u{2014} EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";
    let verifier: Verifier = key.parse().unwrap();
    assert_eq!(verifier.to_string(), key);
    assert!(verifier.open(note).unwrap().starts_with("If you think"));
    assert!(verifier.open(&note.replace("answer", "Answer")).is_err());
    let private = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    let signer = Signer::parse(private).unwrap();
    assert_eq!(signer.to_text(), private);
    assert_eq!(signer.verifier().to_string(), key);
    let text = note.split_once("\n\n").unwrap().0;
    assert!(note.starts_with(&signer.sign(&format!("{text}\n"))));
}

#[test]
fn a_checkpoint_of_go_is_read() {
    let text = "go.sum database tree\n35225469\nvt5T6GaLCXvyHFl9VUvvItR43XZxfLgftEcTyO3eJCQ=\n\n\
                \u{2014} sum.golang.org Az3grpukl5AXaVfYkLiDGORx/DN2nlcS5kZHR5uYOBV2KA2HgXpD+gu9HHONebHLAyaKbbTM75QTtPydhKCExixSfwQ=\n";
    let key = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";
    let verifier: Verifier = key.parse().unwrap();
    assert!(verifier.open(text).is_ok());
    // Its origin is not its key's name, as ours is: so it is no checkpoint of a log with this name.
    assert!(Checkpoint::open(text, &verifier).is_err());
}

#[test]
fn our_notes_are_read_by_others() {
    use signed_note::{Note, StandardVerifier, VerifierList};
    let (signer, tree) = log(300);
    let checkpoint = Checkpoint { size: 300, root: tree.root() };
    let note = Note::from_bytes(checkpoint.sign(&signer).as_bytes()).unwrap();
    let verifier = StandardVerifier::new(&signer.verifier().to_string()).unwrap();
    let (verified, _) = note.verify(&VerifierList::new(vec![Box::new(verifier)])).unwrap();
    assert_eq!(verified.len(), 1);
    let theirs = tlog_tiles::Checkpoint::from_bytes(note.text()).unwrap();
    assert_eq!(theirs.size(), 300);
    assert_eq!(theirs.hash().0, *tree.root().as_bytes());
}

#[test]
fn paths_are_those_of_the_specification() {
    let path = |kind, index, width| Tile { kind, index, width }.path();
    let hashes = |level| Kind::Hashes { level };
    assert_eq!(path(hashes(0), 1_234_067, 256), "tile/0/x001/x234/067");
    assert_eq!(path(hashes(0), 1_234_067, 8), "tile/0/x001/x234/067.p/8");
    assert_eq!(path(hashes(2), 0, 256), "tile/2/000");
    assert_eq!(path(Kind::Leaves, 999, 1), "tile/entries/999.p/1");
    assert_eq!(path(Kind::Leaves, 1000, 256), "tile/entries/x001/000");
    let of = |level, size| {
        let all: Vec<_> = Tile::of(hashes(level), 0, size).collect();
        (all.len(), all.last().map(|t| t.width))
    };
    let sizes = [of(0, 70_000), of(1, 70_000), of(2, 70_000)];
    assert_eq!(sizes, [(274, Some(112)), (2, Some(17)), (1, Some(1))]);
    assert_eq!([of(0, 256), of(1, 256), of(2, 256)], [(1, Some(256)), (1, Some(1)), (0, None)]);
}

#[test]
fn bundles_are_read_as_they_were_written() {
    let leaves: [&[u8]; 3] = [b"a", b"", &[7; 300]];
    let bytes = tiles::of_leaves(&leaves).unwrap();
    let tile = Tile { kind: Kind::Leaves, index: 0, width: 3 };
    assert_eq!(tiles::leaves(&tile, &bytes).unwrap(), leaves);
    assert_eq!(tiles::leaves(&Tile { width: 2, ..tile }, &bytes), None);
    for cut in 0..bytes.len() {
        assert_eq!(tiles::leaves(&tile, &bytes[..cut]), None, "{cut}");
    }
    assert_eq!(tiles::of_leaves(&[vec![0; 65_536]]), None);
}

/// A tree of 66,000 leaves has three levels of tiles.
#[test]
fn three_levels_of_tiles_prove_what_they_should() {
    let oracle = Oracle::new(66_000);
    for (index, old) in [(0, 1), (65_535, 65_536), (65_536, 65_537), (65_999, 256), (300, 65_999)] {
        proofs(&oracle, 66_000, index, old).unwrap();
    }
}

/// Roots and proofs are those of an implementation that we did not write, and proven by its hashes.
fn proofs(oracle: &Oracle, size: u64, index: u64, old: u64) -> Result<(), TestCaseError> {
    let tree = oracle.tiles(size);
    let root = oracle.root(size);
    prop_assert_eq!(Proof::of_root(size).hashes(&tree).unwrap(), vec![root]);
    let proof = Proof::of_inclusion(index, size).unwrap();
    let ours = proof.hashes(&tree).unwrap();
    prop_assert_eq!(&ours, &oracle.inclusion(size, index));
    prop_assert!(proof.tiles().iter().all(|tile| tree.contains_key(tile)));
    prop_assert!(includes(&root, size, index, &oracle.leaf(index), &ours));
    let ours = Proof::of_growth(old, size).unwrap().hashes(&tree).unwrap();
    prop_assert_eq!(&ours, &oracle.growth(size, old));
    prop_assert!(extends((old, &oracle.root(old)), (size, &root), &ours));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn proofs_are_those_of_another_implementation(size in 1u64..3_000, at in any::<u64>(), old in any::<u64>()) {
        proofs(&Oracle::new(size), size, at % size, old % size + 1)?;
    }

    /// A proof holds for one leaf at one position of one tree, and for nothing else.
    #[test]
    fn a_proof_proves_nothing_else(size in 2u64..600, at in any::<u64>(), other in any::<u64>(), flip in any::<u64>()) {
        let index = at % size;
        let oracle = Oracle::new(size);
        let tiles = oracle.tiles(size);
        let (root, leaf) = (oracle.root(size), oracle.leaf(index));
        let proof = Proof::of_inclusion(index, size).unwrap().hashes(&tiles).unwrap();
        let other = other % (2 * size);
        if other != index {
            prop_assert!(!includes(&root, size, other, &leaf, &proof));
            prop_assert!(!includes(&root, size, index, &oracle.leaf(other % size), &proof) || other % size == index);
        }
        let mut changed = proof.clone();
        let n = usize::try_from(flip).unwrap_or(0) % changed.len();
        changed[n] = Hash::of_leaf(&flip.to_be_bytes());
        prop_assert!(!includes(&root, size, index, &leaf, &changed));
        prop_assert!(!includes(&root, size, index, &leaf, &proof[1..]));
        let longer: Vec<_> = proof.iter().copied().chain([root]).collect();
        prop_assert!(!includes(&root, size, index, &leaf, &longer));
        let old = index + 1;
        let growth = Proof::of_growth(old, size).unwrap().hashes(&tiles).unwrap();
        if old < size {
            let none = Hash::of_leaf(b"none");
            prop_assert!(!extends((old, &none), (size, &root), &growth));
            prop_assert!(!extends((old, &oracle.root(old)), (size, &none), &growth));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Whatever the batches are, the bucket has every tile of every size that was signed, as another implementation computes them.
    #[test]
    fn a_log_grows_into_the_same_tiles(batches in prop::collection::vec(0u64..700, 1..8)) {
        use std::collections::BTreeMap;
        let oracle = Oracle::new(batches.iter().sum());
        let mut files = BTreeMap::new();
        let (mut size, mut root) = (0, Hash::of_nothing());
        for batch in batches {
            let mut edge = headgate_log::Edge::read(size, &root, &files).unwrap();
            let leaves: Vec<_> = (size..size + batch).map(|n| n.to_be_bytes().to_vec()).collect();
            for (tile, bytes) in edge.grow(&leaves).unwrap() {
                prop_assert_eq!(files.insert(tile, bytes), None, "{:?} was written twice", tile);
            }
            (size, root) = (edge.size(), edge.root());
            if size > 0 {
                prop_assert_eq!(root, oracle.root(size));
            }
            for (tile, hashes) in oracle.tiles(size) {
                prop_assert_eq!(tiles::hashes(&tile, &files[&tile]), Some(hashes));
            }
            let bundles = Tile::of(Kind::Leaves, 0, size).flat_map(|tile| tiles::leaves(&tile, &files[&tile]).unwrap());
            let all: Vec<_> = (0..size).map(|n| n.to_be_bytes().to_vec()).collect();
            prop_assert_eq!(bundles.collect::<Vec<_>>(), all);
            // Nobody can slip in a file.
            if let Some(tile) = headgate_log::Edge::tiles(size).first() {
                let mut forged = files.clone();
                forged.get_mut(tile).unwrap()[0] ^= 1;
                prop_assert!(headgate_log::Edge::read(size, &root, &forged).is_none());
                forged.remove(tile);
                prop_assert!(headgate_log::Edge::read(size, &root, &forged).is_none());
            }
        }
    }
}
