//! Fuzzes what an auditor reads: notes, receipts, tiles and leaves. Nothing may panic, and what the log did not sign may prove nothing.
//!
//! The first byte selects the reader. Random bytes seldom come near a signature, so for notes and receipts the input may also be changes of
//! valid ones.
#![no_main]

use std::sync::LazyLock;

use headgate_domain::timeline::{Entry, Head};
use headgate_log::tiles::{self, Kind, Tile};
use headgate_log::{Checkpoint, Edge, Hash, Leaf, Proof, Receipt, Signer, Verifier};
use libfuzzer_sys::fuzz_target;

struct Log {
    key: Verifier,
    entries: Vec<Entry>,
    checkpoint: Checkpoint,
    note: String,
    receipt: String,
}

/// A log with five entries, and the receipt of the fourth.
static LOG: LazyLock<Log> = LazyLock::new(|| {
    let signer = Signer::from_seed("log.example.com/headgate", &[7; 32]).expect("a valid name");
    let mut head = Head::default();
    let entries: Vec<_> = (0..5)
        .map(|n| {
            let event = serde_json::json!({ "n": n, "type": "change.accepted.v1" });
            let entry = head.append(&"eng-1".into(), event, None).expect("a small event");
            head = Head::of(&entry);
            entry
        })
        .collect();
    let nothing = std::collections::BTreeMap::new();
    let mut edge = Edge::read(0, &Hash::of_nothing(), &nothing).expect("an empty log");
    let leaves: Vec<_> = entries.iter().map(|entry| Leaf::of(entry).to_bytes()).collect();
    let files = edge.grow(&leaves).expect("small leaves");
    let read = |(tile, bytes): &(Tile, Vec<u8>)| Some((*tile, tiles::hashes(tile, bytes)?));
    let proof = Proof::of_inclusion(3, 5).expect("five leaves");
    let hashes = proof.hashes(&files.iter().filter_map(read).collect()).expect("all tiles");
    let checkpoint = Checkpoint { size: 5, root: edge.root() };
    let note = checkpoint.sign(&signer);
    let receipt = Receipt::new(entries[3].clone(), 3, &hashes, &note);
    receipt.verify(&signer.verifier()).expect("a receipt of this log");
    let receipt = serde_json::to_string(&receipt).expect("a receipt is JSON");
    Log { key: signer.verifier(), entries, checkpoint, note, receipt }
});

/// The input itself, or `valid` with the changes that it says: three bytes each, a position and what is there instead.
fn changed(valid: &str, input: &[u8]) -> Vec<u8> {
    let Some((1, changes)) = input.split_first().map(|(first, rest)| (first % 2, rest)) else { return input.to_vec() };
    let mut bytes = valid.as_bytes().to_vec();
    for change in changes.chunks_exact(3) {
        let at = usize::from(u16::from_be_bytes([change[0], change[1]]));
        match bytes.get_mut(at) {
            Some(byte) => *byte = change[2],
            None => bytes.truncate(at % bytes.len().max(1)),
        }
    }
    bytes
}

fuzz_target!(|input: &[u8]| {
    let Some((reader, input)) = input.split_first() else { return };
    let log = &*LOG;
    match reader % 5 {
        0 => {
            let note = changed(&log.note, input);
            let Ok(note) = std::str::from_utf8(&note) else { return };
            if let Ok(checkpoint) = Checkpoint::open(note, &log.key) {
                assert_eq!(checkpoint, log.checkpoint, "nobody signed this");
            }
        }
        1 => {
            let receipt = changed(&log.receipt, input);
            let Ok(receipt) = serde_json::from_slice::<Receipt>(&receipt) else { return };
            if let Ok(proven) = receipt.verify(&log.key) {
                let at = usize::try_from(proven.index).expect("a position in a small log");
                assert_eq!(log.entries.get(at), Some(&receipt.entry), "this was never logged");
            }
        }
        2 => {
            let Some((width, bytes)) = input.split_first() else { return };
            let tile = Tile { kind: Kind::Leaves, index: 0, width: u64::from(*width) + 1 };
            if let Some(leaves) = tiles::leaves(&tile, bytes) {
                assert_eq!(tiles::of_leaves(&leaves).as_deref(), Some(bytes));
            }
            let tile = Tile { kind: Kind::Hashes { level: 0 }, ..tile };
            if let Some(hashes) = tiles::hashes(&tile, bytes) {
                assert_eq!(tiles::of_hashes(&hashes), bytes);
            }
        }
        3 => {
            if let Some(leaf) = Leaf::parse(input) {
                assert_eq!(leaf.to_bytes(), input);
            }
        }
        _ => {
            let Ok(text) = std::str::from_utf8(input) else { return };
            drop(text.parse::<Verifier>());
            if let Ok(signer) = Signer::parse(text) {
                assert_eq!(Signer::parse(&signer.to_text()).map(|again| again.to_text()), Ok(signer.to_text()));
            }
        }
    }
});
