//! The log over mocked DynamoDB and S3: what is logged, what survives a crash, and what is never signed.
#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::BTreeMap;
use std::time::Duration;

use headgate_domain::timeline::{Entry, Head};
use headgate_events::EngagementId;
use headgate_failpoint::run as crashing;
use headgate_ledger::{Key, Ledger, Transition};
use headgate_log::tiles::{self, Kind, Tile};
use headgate_log::{Audit, Audited, Checkpoint, Finding, Signer};
use headgate_log_store::{LogBucket, NoReceipt, find, receipt};
use headgate_test_support::{Aws, LogFiles, now};
use headgate_transparency_log::{Log, LogError, Ran, run};
use serde_json::{Value, json};

const MINUTE: Duration = Duration::from_secs(60);

/// A fleet's ledger, the log's own table, and its bucket.
#[derive(Clone)]
struct World {
    ledger: Aws,
    table: Aws,
    files: LogFiles,
    /// Checkpoints that an auditor saw.
    seen: Vec<Checkpoint>,
}

fn signer() -> Signer {
    Signer::from_seed("log.example.com/headgate", &[9; 32]).unwrap()
}

impl World {
    fn new() -> Self {
        let (ledger, table) = (Aws::new().storing(), Aws::new().storing());
        Self { ledger, table, files: LogFiles::default(), seen: Vec::new() }
    }

    /// The same, from now on apart.
    fn copy(&self) -> Self {
        let files = LogFiles::default();
        files.files().clone_from(&self.files.files());
        Self {
            ledger: self.ledger.copy(),
            table: self.table.copy(),
            files,
            seen: self.seen.clone(),
        }
    }

    fn bucket(&self) -> LogBucket {
        LogBucket::new(self.files.client(), "log")
    }

    fn log_of(&self, table: &str) -> Log {
        Log {
            ledger: self.ledger.ledger("ledger"),
            ledger_table: table.to_owned(),
            table: self.table.ledger("log"),
            bucket: self.bucket(),
            signer: signer(),
            clock: later,
        }
    }

    async fn run(&self) -> Result<Ran, LogError> {
        run(&self.log_of("ledger"), MINUTE).await
    }

    /// Appends entries as the finalizer does.
    async fn append(&self, engagement: &str, count: u64) {
        let ledger: Ledger = self.ledger.ledger("ledger");
        let engagement: EngagementId = engagement.into();
        let key = Key::timeline(&engagement);
        for n in 0..count {
            let stored = ledger.get::<Head>(&key).await.unwrap();
            let version = stored.as_ref().map(|s| s.version);
            let head = stored.map(|s| s.value).unwrap_or_default();
            let entry = head.append(&engagement, json!({ "n": n, "type": "x.v1" }), None).unwrap();
            let next = Head { seq: entry.seq, hash: entry.hash.clone() };
            let transition = Transition::new().put(&key, &next, version, None).unwrap();
            let transition =
                transition.create(&Key::entry(&engagement, entry.seq), &entry).unwrap();
            let transition = transition.unlogged(&engagement, entry.seq, now()).unwrap();
            ledger.commit(&transition).await.unwrap();
        }
    }

    async fn entries(&self, engagement: &str) -> Vec<Entry> {
        let ledger = self.ledger.ledger("ledger");
        let found = ledger.timeline::<Entry>(&engagement.into(), 0, 10_000).await.unwrap();
        found.into_iter().map(|s| s.value).collect()
    }

    fn newest(&self) -> Checkpoint {
        let note = String::from_utf8(self.files.files()["checkpoint"].clone()).unwrap();
        Checkpoint::open(&note, &signer().verifier()).unwrap()
    }

    /// Reads the bucket as an auditor does, who knows all checkpoints so far.
    fn audit(&mut self) -> Audited {
        let newest = self.newest();
        let mut audit = Audit::new(&self.seen);
        for tile in Tile::of(Kind::Leaves, 0, newest.size) {
            let bytes = self.files.files()[&tile.path()].clone();
            tiles::leaves(&tile, &bytes).unwrap().iter().for_each(|leaf| audit.push(leaf));
        }
        self.seen.push(newest);
        audit.end(&newest)
    }

    fn listed(&self) -> usize {
        self.ledger.stored().keys().filter(|key| key.starts_with("UNLOGGED#")).count()
    }
}

/// A minute after the tests' time, because the list is read up to the present.
fn later() -> jiff::Timestamp {
    now() + jiff::SignedDuration::from_secs(60)
}

/// Everything that should hold after a run: every entry is logged once, and can be proven.
async fn whole(world: &mut World, engagements: &[(&str, u64)]) {
    let audited = world.audit();
    assert_eq!(audited.findings, []);
    let table = world.table.ledger("log");
    for (engagement, count) in engagements {
        let id: EngagementId = (*engagement).into();
        let entries = world.entries(engagement).await;
        assert_eq!(entries.len() as u64, *count, "{engagement}");
        assert_eq!(audited.timeline(&id, &entries), []);
        assert_eq!(audited.timelines[&id].hashes.len() as u64, *count, "{engagement}");
        for entry in [entries.first(), entries.last()].into_iter().flatten().cloned() {
            let index = find(&table, &id, entry.seq).await.unwrap().unwrap();
            let log = signer().verifier();
            let receipt = receipt(&world.bucket(), &log, entry, index).await.unwrap();
            assert_eq!(receipt.verify(&log).unwrap().index, index);
        }
        assert_eq!(find(&table, &id, count + 1).await.unwrap(), None);
    }
    assert_eq!(world.listed(), 0);
}

#[tokio::test]
async fn every_entry_is_logged_once_and_can_be_proven() {
    let mut world = World::new();
    let ran = world.run().await.unwrap();
    assert_eq!(ran, Ran { size: 0, appended: 0 });
    assert!(world.files.files().is_empty(), "nothing is signed before there is something");
    world.append("a", 3).await;
    world.append("b", 2).await;
    assert_eq!(world.run().await.unwrap().size, 5);
    whole(&mut world, &[("a", 3), ("b", 2)]).await;
    assert_eq!(world.run().await.unwrap(), Ran { size: 5, appended: 0 });
    world.append("a", 300).await;
    assert_eq!(world.run().await.unwrap().size, 305);
    whole(&mut world, &[("a", 303), ("b", 2)]).await;
}

#[tokio::test]
async fn an_entry_that_is_not_logged_yet_has_no_receipt() {
    let world = World::new();
    world.append("a", 1).await;
    assert_eq!(find(&world.table.ledger("log"), &"a".into(), 1).await.unwrap(), None);
    let entry = world.entries("a").await.remove(0);
    let none = receipt(&world.bucket(), &signer().verifier(), entry, 0).await;
    assert!(matches!(none, Err(NoReceipt::Later)), "{none:?}");
}

/// Crashes at every failpoint, also twice in a row, with new entries in between: nothing is lost, doubled or signed twice.
#[tokio::test]
async fn a_crash_anywhere_loses_and_doubles_nothing() {
    let mut start = World::new();
    start.append("a", 2).await;
    start.run().await.unwrap();
    start.audit();
    start.append("a", 1).await;
    start.append("b", 120).await;
    let mut points = BTreeMap::new();
    for first in 0.. {
        let world = start.copy();
        let ran = crashing(Some(first), world.run()).await;
        if ran.output.is_some() {
            break;
        }
        *points.entry(*ran.reached.last().unwrap()).or_insert(0) += 1;
        for second in 0.. {
            let mut world = world.copy();
            world.append("c", 1).await;
            let again = crashing(Some(second), world.run()).await;
            let ended = again.output.is_some();
            world.run().await.unwrap();
            whole(&mut world, &[("a", 3), ("b", 120), ("c", 1)]).await;
            if ended {
                break;
            }
        }
    }
    let names: Vec<_> = points.keys().copied().collect();
    assert_eq!(
        names,
        [
            "log.checkpoint_written",
            "log.committed",
            "log.places_written",
            "log.published",
            "log.tiles_written"
        ]
    );
}

async fn rewritten(change: impl Fn(&str, &mut Value)) -> String {
    let mut world = World::new();
    world.append("a", 4).await;
    world.append("b", 1).await;
    world.run().await.unwrap();
    world.audit();
    world.ledger.tamper(change);
    world.append("b", 1).await;
    // Whoever rewrites the ledger does not put the timeline on the list; its next entry does.
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
    assert_eq!((engagement.as_str(), *from, *logged), ("a", 5, 5), "what is gone is named");
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

/// A backup of the log's own table would have the key sign a second history.
#[tokio::test]
async fn nothing_is_signed_beside_what_was_signed() {
    let mut world = World::new();
    world.append("a", 3).await;
    world.run().await.unwrap();
    let backup = world.table.copy();
    world.append("a", 2).await;
    world.run().await.unwrap();
    let signed = world.newest();
    world.table = backup;
    world.append("b", 7).await;
    let error = world.run().await.unwrap_err();
    assert!(matches!(error, LogError::Older { .. } | LogError::Bucket(_)), "{error}");
    assert_eq!(world.newest(), signed);
    world.table = Aws::new().storing();
    world.run().await.unwrap_err();
    assert_eq!(world.newest(), signed);
}

/// The root is computed from files in the bucket: one that was changed must not get a signature.
#[tokio::test]
async fn nothing_is_signed_over_files_that_were_changed() {
    let world = World::new();
    world.append("a", 3).await;
    world.run().await.unwrap();
    for name in ["tile/0/000.p/3", "tile/entries/000.p/3"] {
        for gone in [true, false] {
            let world = world.copy();
            if gone {
                world.files.files().remove(name);
            } else {
                world.files.files().get_mut(name).unwrap()[7] ^= 1;
            }
            world.append("a", 1).await;
            let before = world.newest();
            assert!(matches!(world.run().await, Err(LogError::Edge(3))), "{name}");
            assert_eq!(world.newest(), before);
        }
    }
    // Somebody else wrote a tile that is about to be written.
    world.files.files().insert("tile/0/000.p/4".to_owned(), vec![0; 128]);
    world.append("a", 1).await;
    let error = world.run().await.unwrap_err();
    assert!(matches!(error, LogError::Bucket(_)), "{error}");
    assert_eq!(world.newest().size, 3);
}

/// An old checkpoint in place of the newest is replaced: the log begins with what it says.
#[tokio::test]
async fn an_old_checkpoint_that_was_put_back_is_replaced() {
    let mut world = World::new();
    world.append("a", 1).await;
    world.run().await.unwrap();
    let first = world.files.files()["checkpoint"].clone();
    world.append("a", 1).await;
    world.run().await.unwrap();
    world.files.files().insert("checkpoint".to_owned(), first);
    world.append("a", 1).await;
    world.run().await.unwrap();
    whole(&mut world, &[("a", 3)]).await;
}

/// Only this key writes checkpoints. Something else in its place, or nothing, means that somebody else writes to the bucket.
#[tokio::test]
async fn nothing_is_signed_while_the_checkpoint_is_gone() {
    for gone in [true, false] {
        let world = World::new();
        world.append("a", 1).await;
        world.run().await.unwrap();
        if gone {
            world.files.files().remove("checkpoint");
        } else {
            world.files.files().insert("checkpoint".to_owned(), b"nonsense".to_vec());
        }
        world.append("a", 1).await;
        let error = world.run().await.unwrap_err();
        assert!(matches!(error, LogError::Missing(1) | LogError::Foreign(_)), "{error}");
        assert!(!world.files.files().contains_key("tile/0/000.p/2"));
    }
}

/// Somebody writes the log's table, and has the key sign another history: a batch of their own, on what was published or on what was not.
#[tokio::test]
async fn a_forged_table_gets_no_signature() {
    for published in [3, 5] {
        let mut world = World::new();
        world.append("a", 3).await;
        world.run().await.unwrap();
        let three = world.newest();
        world.append("a", 2).await;
        world.run().await.unwrap();
        let signed = world.newest();
        world.audit();
        // As a batch of a forger would lead to: the tree of five leaves of another log.
        let other = World::new();
        other.append("x", 3).await;
        other.run().await.unwrap();
        let before = other.table.copy();
        other.append("x", 7).await;
        crashing(Some(0), other.run()).await;
        let forged = other.table.stored();
        drop(before);
        let batch = &forged["LOG/BATCH#0000000000000003"];
        let mut state = forged["LOG/STATE"].clone();
        state["published"] = json!(published);
        let root = if published == 3 { three.root } else { signed.root };
        state["published_root"] = json!(root.to_string());
        let mut batch = batch.clone();
        batch["first"] = json!(published);
        world.table = world
            .table
            .copy()
            .storing()
            .with(&Key::named("LOG", "STATE"), &state)
            .with(&Key::named("LOG", format!("BATCH#{published:016}")), &batch);
        let files = world.files.files().len();
        let error = world.run().await.unwrap_err();
        assert!(
            matches!(error, LogError::Older { .. } | LogError::Lost(_)),
            "{published}: {error}"
        );
        assert_eq!(world.newest(), signed);
        assert_eq!(world.files.files().len(), files, "nothing is left behind");
    }
}

/// Somebody writes the table and the files, and has another log of the same length. Only the checkpoint tells: this key has signed another tree.
#[tokio::test]
async fn a_forged_table_and_forged_files_get_no_signature() {
    let world = World::new();
    world.append("a", 5).await;
    world.run().await.unwrap();
    let signed = world.files.files()["checkpoint"].clone();
    let mut other = World::new();
    other.append("x", 5).await;
    other.run().await.unwrap();
    other.files.files().insert("checkpoint".to_owned(), signed.clone());
    other.append("x", 1).await;
    let error = other.run().await.unwrap_err();
    assert!(matches!(error, LogError::Fork(5)), "{error}");
    assert_eq!(other.files.files()["checkpoint"], signed);
    // The same for a checkpoint of fewer leaves.
    other = World::new();
    other.append("x", 7).await;
    other.run().await.unwrap();
    other.files.files().insert("checkpoint".to_owned(), signed.clone());
    other.append("x", 1).await;
    let error = other.run().await.unwrap_err();
    assert!(matches!(error, LogError::Fork(5)), "{error}");
    assert_eq!(other.files.files()["checkpoint"], signed);
}

/// An item that nobody can read, and a timeline that is gone, must not keep the others from being logged, nor fill the log.
#[tokio::test]
async fn one_broken_timeline_does_not_stop_the_others() {
    let mut world = World::new();
    world.append("a", 2).await;
    world.append("b", 2).await;
    world.append("c", 2).await;
    world.ledger.tamper(|key, body| {
        if key.starts_with("TIMELINE#a/ENTRY") || key.starts_with("UNLOGGED#") {
            *body = json!("nonsense");
        }
        if key.starts_with("TIMELINE#b/") {
            *body = Value::Null;
        }
    });
    let error = world.run().await.unwrap_err().to_string();
    assert!(error.contains("a: cannot be read"), "{error}");
    let audited = world.audit();
    assert_eq!(audited.findings, []);
    assert_eq!(audited.size, 2, "{:?}", audited.timelines);
    assert_eq!(audited.timelines[&"c".into()].hashes.len(), 2);
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

/// Ids of engagements may be long, and JSON may need six bytes for each of their characters: a batch must still fit into its item.
#[tokio::test]
async fn a_batch_fits_into_its_item_whatever_ids_are() {
    let mut world = World::new();
    let id = "\u{1}".repeat(256);
    world.append(&id, 1_500).await;
    world.append("b", 1).await;
    world.run().await.unwrap();
    whole(&mut world, &[(&id, 1_500), ("b", 1)]).await;
}

#[tokio::test]
async fn a_run_without_time_says_that_it_is_not_complete() {
    let world = World::new();
    world.append("a", 1).await;
    let ran = run(&world.log_of("ledger"), Duration::from_secs(10)).await;
    assert!(matches!(ran, Err(LogError::Incomplete(0))), "{ran:?}");
}

/// Another key would be another log. Nobody who pinned the first one would notice what the second one signs.
#[tokio::test]
async fn another_key_signs_nothing() {
    let mut world = World::new();
    world.append("a", 1).await;
    world.run().await.unwrap();
    world.append("a", 1).await;
    let signer = Signer::from_seed("log.example.com/headgate", &[8; 32]).unwrap();
    let other = Log { signer, ..world.log_of("ledger") };
    assert!(matches!(run(&other, MINUTE).await, Err(LogError::Key(_))));
    assert_eq!(world.newest().size, 1);
    world.run().await.unwrap();
    whole(&mut world, &[("a", 2)]).await;
}
