//! Timelines that somebody rewrote, and those that were restored from a backup.

use headgate_domain::timeline::Head;
use headgate_ledger::Transition;
use headgate_log::Finding;
use headgate_log_store::{find, receipt};
use headgate_test_support::now;
use headgate_transparency_log::{Log, LogError, run};
use serde_json::{Value, json};

use crate::world::{MINUTE, World, signer};

async fn rewritten(change: impl Fn(&str, &mut Value)) -> String {
    let mut world = World::new();
    world.append("a", 4).await;
    world.append("b", 1).await;
    world.run().await.unwrap();
    world.audit();
    world.ledger.tamper(change);
    world.append("b", 1).await;
    // A rewrite does not put the timeline on the list; its next entry does.
    world.append("a", 1).await;
    let error = world.run().await.unwrap_err();
    assert!(matches!(&error, LogError::Found(all) if all.len() == 1), "{error}");
    // The others are logged, and the log has not changed to fit.
    let audited = world.audit();
    assert_eq!(audited.findings, []);
    assert_eq!(audited.timelines[&"b".into()].hashes.len(), 2);
    assert_eq!(audited.timelines[&"a".into()].hashes.len(), 4);
    assert_eq!(world.run().await.unwrap_err().to_string(), error.to_string());
    let entries = world.entries("a").await;
    assert!(!audited.timeline(&"a".into(), &entries).is_empty());
    error.to_string()
}

/// Writes the last entry and the head again, so that the chain of hashes is whole.
fn forge(key: &str, body: &mut Value) {
    let prev = Head { seq: 2, hash: String::new() };
    if key == "TIMELINE#a/ENTRY#000000000003" {
        let prev = Head { hash: body["prev"].as_str().unwrap().to_owned(), ..prev.clone() };
        let entry = prev.append(&"a".into(), json!({ "forged": true }), None).unwrap();
        *body = serde_json::to_value(entry).unwrap();
    }
}

#[tokio::test]
async fn a_rewritten_timeline_is_not_logged_any_more() {
    let cut = |key: &str, body: &mut Value| {
        if key == "TIMELINE#a/ENTRY#000000000004" {
            *body = Value::Null;
        }
        if key == "TIMELINE#a/HEAD" {
            body["hash"] = json!("0".repeat(64));
        }
    };
    let error = rewritten(cut).await;
    assert!(error.contains("a: history was rewritten;"), "{error}");
    let head = |key: &str, body: &mut Value| {
        forge(key, body);
        if key == "TIMELINE#a/HEAD" {
            body["hash"] = json!("1".repeat(64));
        }
    };
    assert!(rewritten(head).await.contains("a: history was rewritten;"));
    let gone = |key: &str, body: &mut Value| {
        if key.starts_with("TIMELINE#a/") {
            *body = Value::Null;
        }
    };
    assert!(rewritten(gone).await.contains("a: history was rewritten;"));
}

/// After a restore the ledger is a table with another name: the log says so, and goes on.
#[tokio::test]
async fn a_restored_timeline_is_logged_again_after_a_leaf_that_says_so() {
    let mut world = World::new();
    world.append("a", 3).await;
    world.append("b", 3).await;
    let backup = world.ledger.copy();
    world.append("a", 2).await;
    world.run().await.unwrap();
    world.audit();
    world.ledger = backup.storing();
    world.append("a", 1).await;
    world.append("b", 1).await;
    assert!(matches!(world.run().await, Err(LogError::Found(_))), "the name is the same");
    let restored = world.log_of("ledger-r1");
    let error = run(&restored, MINUTE).await.unwrap_err().to_string();
    assert!(error.contains("a: restored from a backup;"), "somebody hears of it: {error}");
    assert!(!error.contains("b:"), "it follows from what was logged: {error}");
    run(&restored, MINUTE).await.unwrap();
    assert_eq!(world.listed(), 0);
    let audited = world.audit();
    let [Finding::Restored { engagement, from, logged, .. }] = audited.findings.as_slice() else {
        panic!("{:?}", audited.findings)
    };
    // Its fourth entry is the same as before.
    assert_eq!((engagement.as_str(), *from, *logged), ("a", 5, 5), "names the first lost entry");
    world.append("a", 1).await;
    run(&restored, MINUTE).await.unwrap();
    let audited = world.audit();
    for (engagement, count) in [("a", 5), ("b", 4)] {
        assert_eq!(audited.timelines[&engagement.into()].hashes.len(), count);
        let entries = world.entries(engagement).await;
        assert_eq!(audited.timeline(&engagement.into(), &entries), []);
        for seq in [1, count as u64] {
            let index = find(&world.table.ledger("log"), &engagement.into(), seq).await.unwrap();
            let entry = entries[usize::try_from(seq).unwrap() - 1].clone();
            let log = signer().verifier();
            receipt(&world.bucket(), &log, entry, index.unwrap()).await.unwrap();
        }
    }
}

/// Long after a restore, nobody can pass a rewritten timeline for a restored one, however long it was quiet.
#[tokio::test]
async fn a_restore_is_no_excuse_for_ever() {
    let mut world = World::new();
    world.append("a", 3).await;
    world.append("b", 1).await;
    world.run().await.unwrap();
    run(&world.log_of("ledger-r1"), MINUTE).await.unwrap();
    world.ledger.tamper(|key, body| {
        if key == "TIMELINE#a/ENTRY#000000000003" || key == "TIMELINE#a/HEAD" {
            body["hash"] = json!("1".repeat(64));
        }
    });
    world.append("a", 1).await;
    let late = Log { clock: much_later, ..world.log_of("ledger-r1") };
    let error = run(&late, MINUTE).await.unwrap_err().to_string();
    assert!(error.contains("a: history was rewritten"), "{error}");
    assert_eq!(world.audit().findings, []);
}

fn much_later() -> jiff::Timestamp {
    now() + jiff::SignedDuration::from_hours(30)
}

/// A restore may have lost a timeline altogether. The log says so once.
#[tokio::test]
async fn a_timeline_that_a_restore_lost_is_said_once() {
    let mut world = World::new();
    world.append("a", 2).await;
    world.run().await.unwrap();
    world.audit();
    world.ledger.tamper(|key, body| {
        if key.starts_with("TIMELINE#a/") {
            *body = Value::Null;
        }
    });
    // Something of it is on the list.
    let seen = world.ledger.ledger("ledger");
    let list = Transition::new().unlogged(&"a".into(), 2, now()).unwrap();
    seen.commit(&list).await.unwrap();
    let restored = world.log_of("ledger-r1");
    run(&restored, MINUTE).await.unwrap_err();
    run(&restored, MINUTE).await.unwrap();
    let audited = world.audit();
    assert_eq!(audited.size, 3);
    let [Finding::Restored { from: 1, logged: 2, .. }] = audited.findings.as_slice() else {
        panic!("{:?}", audited.findings)
    };
}
