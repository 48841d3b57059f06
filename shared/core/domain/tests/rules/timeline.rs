//! Every change to the timeline is detected.

use headgate_domain::timeline::{Broken, Entry, Head, verify};
use proptest::prelude::*;
use serde_json::json;

fn chain(length: u64) -> (Vec<Entry>, Head) {
    let mut head = Head::default();
    let mut entries = Vec::new();
    for n in 0..length {
        let entry = head
            .append(&"eng-1".into(), json!({"id": n, "type": "change.accepted.v1"}), None)
            .unwrap();
        head = Head { seq: entry.seq, hash: entry.hash.clone() };
        entries.push(entry);
    }
    (entries, head)
}

#[test]
fn a_chain_as_written_verifies() {
    let (entries, head) = chain(5);
    assert_eq!(verify(&entries, &head), Ok(()));
    assert_eq!(verify([], &Head::default()), Ok(()));
}

#[test]
fn each_kind_of_damage_is_named() {
    let (entries, head) = chain(4);
    let mut changed = entries.clone();
    changed[1].event["type"] = json!("change.refused.v1");
    assert_eq!(verify(&changed, &head), Err(Broken::Content { seq: 2 }));
    let mut lost = entries.clone();
    lost.remove(1);
    assert_eq!(verify(&lost, &head), Err(Broken::Gap { expected: 2, found: 3 }));
    assert_eq!(verify(&entries[..3], &head), Err(Broken::Cut { expected: 4, found: 3 }));
    let mut relinked = entries.clone();
    relinked[2].prev = entries[0].hash.clone();
    assert_eq!(verify(&relinked, &head), Err(Broken::Link { seq: 3 }));
    // Someone who rewrites the whole tail consistently is caught by the recorded head.
    let (mut forged, _) = chain(3);
    let last = Head { seq: 3, hash: forged[2].hash.clone() };
    forged.push(last.append(&"eng-1".into(), json!({"id": "forged"}), None).unwrap());
    assert_eq!(verify(&forged, &head), Err(Broken::Content { seq: 4 }));
}

proptest! {
    #[test]
    fn any_single_edit_is_found(length in 1u64..8, which in any::<prop::sample::Index>(), kind in 0u8..4) {
        let (mut entries, head) = chain(length);
        let n = which.index(entries.len());
        match kind {
            0 => entries[n].event = json!({"id": "other"}),
            1 => entries[n].hash = "0".repeat(64),
            2 => entries[n].engagement_id = "eng-2".into(),
            _ => { entries.remove(n); }
        }
        prop_assert!(verify(&entries, &head).is_err());
    }
}
