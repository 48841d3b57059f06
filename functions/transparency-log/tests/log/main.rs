//! The log over mocked DynamoDB and S3: what is logged, what survives a crash, and what is never signed.
#![allow(clippy::unwrap_used, missing_docs)]

mod forged;
mod rewritten;
mod world;

use std::collections::BTreeMap;
use std::time::Duration;

use headgate_failpoint::run as crashing;
use headgate_log_store::{NoReceipt, find, receipt};
use headgate_transparency_log::{LogError, Ran, run};
use serde_json::{Value, json};

use crate::world::{World, signer, whole};

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

/// The index is eventually consistent. While an entry is appended, a timeline may be listed at its old place and at its new one.
/// Somebody who can write to the ledger could also list it under another sort key.
#[tokio::test]
async fn a_timeline_that_is_listed_twice_is_logged_once() {
    let mut world = World::new();
    world.append("a", 3).await;
    world.append("b", 2).await;
    world.ledger.list_twice(("UNLOGGED#a", "HEAD"), "HEAD");
    world.run().await.unwrap();
    whole(&mut world, &[("a", 3), ("b", 2)]).await;
    world.append("a", 1).await;
    world.ledger.list_twice(("UNLOGGED#a", "HEAD"), "OTHER");
    world.run().await.unwrap();
    let audited = world.audit();
    assert_eq!((audited.findings.len(), audited.size), (0, 6));
}

/// A log that is behind takes larger steps: several batches are committed and published together. A crash anywhere loses none of them.
#[tokio::test]
async fn a_log_that_is_behind_takes_several_batches_at_once() {
    let start = World::new();
    // A leaf of these has about 1.5 KB, so an item is full after some 150.
    let ids: Vec<_> = (0..5).map(|n| format!("{n}{}", "\u{1}".repeat(250))).collect();
    for id in &ids {
        start.append(id, 160).await;
    }
    let all: Vec<_> = ids.iter().map(|id| (id.as_str(), 160)).collect();
    let mut most = 0;
    for point in 0.. {
        let mut world = start.copy();
        let ran = crashing(Some(point), world.run()).await;
        let waiting = world.table.stored();
        most = most.max(waiting.keys().filter(|key| key.contains("BATCH#")).count());
        if ran.output.is_some() {
            break;
        }
        world.run().await.unwrap();
        whole(&mut world, &all).await;
    }
    assert!(most > 1, "{most}");
}

/// S3 answers 409 while another write of the same object is under way. Nobody knows whether that one succeeds, so the next run looks again.
#[tokio::test]
async fn a_conflict_of_s3_loses_and_doubles_nothing() {
    for conflicts in 1..6 {
        let mut world = World::new();
        world.append("a", 2).await;
        world.run().await.unwrap();
        world.audit();
        world.append("a", 1).await;
        world.files.conflicting(conflicts);
        let mut runs = 0;
        while world.run().await.is_err() {
            runs += 1;
            assert!(runs < 10, "{conflicts}");
        }
        whole(&mut world, &[("a", 3)]).await;
    }
}

#[tokio::test]
async fn a_run_without_time_says_that_it_is_not_complete() {
    let world = World::new();
    world.append("a", 1).await;
    let ran = run(&world.log_of("ledger"), Duration::from_secs(10)).await;
    assert!(matches!(ran, Err(LogError::Incomplete(0))), "{ran:?}");
}
