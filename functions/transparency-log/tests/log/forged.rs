//! Nothing is signed beside what was signed: somebody changes the table, the files, the checkpoint or the key.

use headgate_failpoint::run as crashing;
use headgate_ledger::Key;
use headgate_log::Signer;
use headgate_test_support::Aws;
use headgate_transparency_log::{Log, LogError, run};
use serde_json::json;

use crate::world::{MINUTE, World, whole};

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
        let batch = &forged["BATCH#0000000000000003/LEAVES"];
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
            .with(&Key::named(format!("BATCH#{published:016}"), "LEAVES"), &batch);
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
