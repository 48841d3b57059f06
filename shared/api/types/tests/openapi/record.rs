//! The examples of the transparency log are real: somebody who reads the document can verify them.

use headgate_api_types::record::{Log, Receipt};
use headgate_domain::timeline::{Head, Sender};
use headgate_log::{Checkpoint, Edge, Leaf, Proof, Signer, tiles};
use serde::Serialize;

const EVENT: &str = include_str!("../../../../../events/fixtures/approval.decided.v2.json");

/// Writes an example, or compares it.
fn example(name: &str, value: &impl Serialize) {
    let path = format!("{}/examples/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let text = format!("{}\n", serde_json::to_string_pretty(value).unwrap());
    if std::env::var_os("HEADGATE_UPDATE").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    assert_eq!(
        std::fs::read_to_string(&path).unwrap_or_default(),
        text,
        "run `cargo xtask schemas`"
    );
}

#[test]
fn the_examples_can_be_verified() {
    let signer = Signer::from_seed("headgate.example.com/prod", &[1; 32]).unwrap();
    let event = serde_json::from_str(EVENT).unwrap();
    let sender = Sender {
        source: "headgate.approval-gate-decide".to_owned(),
        account: "123456789012".to_owned(),
        role: None,
        subject: Some("bob@example.com".to_owned()),
        issuer: Some("https://login.example.com/".to_owned()),
    };
    let entry = Head::default().append(&"eng-orders".into(), event, Some(sender)).unwrap();
    let others = (0..5).map(|n| format!("{{\"other\":{n}}}").into_bytes());
    let leaves: Vec<_> = others.chain([Leaf::of(&entry).to_bytes()]).collect();
    let mut edge = Edge::empty();
    let files = edge.grow(&leaves).unwrap();
    let hashes = files.iter().filter_map(|(tile, b)| Some((*tile, tiles::hashes(tile, b)?)));
    let hashes = Proof::of_inclusion(5, 6).unwrap().hashes(&hashes.collect()).unwrap();
    let checkpoint = Checkpoint { size: 6, root: edge.root() }.sign(&signer);
    let receipt: Receipt = Receipt::new(entry, 5, &hashes, &checkpoint);
    receipt.verify(&signer.verifier()).unwrap();
    example("receipt", &receipt);
    example("log", &Log { public_key: signer.verifier().to_string(), size: 6, checkpoint });
}
