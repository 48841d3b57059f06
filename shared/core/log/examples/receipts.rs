//! Size of receipts, and how long it takes to verify one, in a log of a million entries. `cargo xtask bench timeline` runs it.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::integer_division
)]

use std::collections::BTreeMap;
use std::time::Instant;

use headgate_domain::timeline::{Entry, Head, Sender};
use headgate_log::{Checkpoint, Edge, Leaf, Proof, Receipt, Signer, Tiles, check_entry, tiles};
use serde_json::{Value, json};

/// Leaves of the log.
const LEAVES: u64 = 1_000_000;
/// Receipts that are verified.
const RECEIPTS: u64 = 1_000;

const EVENTS: [&str; 3] = ["approval.decided.v2", "permit.issued.v1", "change.finalized.v1"];

fn entry(n: u64) -> Entry {
    let kind = EVENTS[usize::try_from(n).unwrap() % EVENTS.len()];
    let path = format!("{}/../../../events/fixtures/{kind}.json", env!("CARGO_MANIFEST_DIR"));
    let event: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let sender = Sender {
        source: event["source"].as_str().unwrap().to_owned(),
        account: "123456789012".to_owned(),
        role: None,
        subject: Some("bob@example.com".to_owned()),
        issuer: Some("https://login.example.com/".to_owned()),
    };
    let head = Head { seq: n, ..Head::default() };
    head.append(&"eng-orders".into(), event, Some(sender)).unwrap()
}

/// Microseconds of CPU to read a stored entry and to check its hash, as the log does with every one.
fn check_us() -> f64 {
    let texts: Vec<_> = (0..3).map(|n| serde_json::to_string(&entry(n)).unwrap()).collect();
    let start = Instant::now();
    let mut checked = 0;
    while start.elapsed().as_secs_f64() < 1.0 {
        for text in &texts {
            check_entry(&serde_json::from_str(text).unwrap()).unwrap();
            checked += 1;
        }
    }
    start.elapsed().as_secs_f64() * 1e6 / f64::from(checked)
}

fn main() {
    let signer = Signer::from_seed("headgate.example.com/prod", &[1; 32]).unwrap();
    let step = LEAVES / RECEIPTS;
    let wanted: BTreeMap<u64, Entry> =
        (0..RECEIPTS).map(|n| (n * step + n % step, entry(n))).collect();
    let mut edge = Edge::empty();
    let mut hashes = Tiles::new();
    for begin in (0..LEAVES).step_by(1_000) {
        let leaf = |n: u64| match wanted.get(&n) {
            Some(entry) => Leaf::of(entry).to_bytes(),
            None => n.to_be_bytes().repeat(20),
        };
        let leaves: Vec<_> = (begin..begin + 1_000).map(leaf).collect();
        for (tile, bytes) in edge.grow(&leaves).unwrap() {
            hashes.extend(tiles::hashes(&tile, &bytes).map(|hashes| (tile, hashes)));
        }
    }
    let checkpoint = Checkpoint { size: LEAVES, root: edge.root() }.sign(&signer);
    let key = signer.verifier();
    let (mut times, mut proofs, mut sizes) = (Vec::new(), Vec::new(), BTreeMap::new());
    for (index, entry) in wanted {
        let proof = Proof::of_inclusion(index, LEAVES).unwrap().hashes(&hashes).unwrap();
        let receipt = Receipt::new(entry, index, &proof, &checkpoint);
        let text = serde_json::to_string(&receipt).unwrap();
        let kind = receipt.entry.event["type"].as_str().unwrap().to_owned();
        proofs.push(receipt.proof.len());
        sizes
            .entry(kind)
            .and_modify(|most: &mut usize| *most = text.len().max(*most))
            .or_insert(text.len());
        let start = Instant::now();
        let receipt: Receipt = serde_json::from_str(&text).unwrap();
        receipt.verify(&key).unwrap();
        times.push(start.elapsed().as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    println!(
        "{}",
        json!({
            "check_us": check_us(), "leaves": LEAVES, "receipts": times.len(),
            "p50_ms": times[times.len() / 2], "p99_ms": times[times.len() * 99 / 100],
            "proof_bytes": proofs.iter().max(), "receipt_bytes": sizes,
        })
    );
}
