//! The task ledger, messages and the survey.

use headgate_ledger::Key;
use headgate_test_support::{Caller, Refusal};
use serde_json::{Value, json};

use super::play::{Play, agent, dev, operator, owner};

fn note(text: &str, follows: u64) -> Value {
    json!({ "section": "facts", "name": "budget", "text": text, "follows": follows })
}

fn pm() -> Caller {
    agent("pm-bot")
}

#[tokio::test]
async fn an_entry_is_overwritten_only_by_who_has_read_it() {
    let play = Play::new().await;
    let first = play.post(&pm(), "ledger", note("200 USD", 0)).await;
    assert_eq!((first.status, &first.body["version"]), (200, &json!(1)));
    // A copy, and somebody who has not read it.
    assert_eq!(play.post(&pm(), "ledger", note("200 USD", 0)).await.status, 200);
    let blind = play.post(&owner(), "ledger", note("500 USD", 0)).await;
    assert_eq!(blind.error(), (409, "entry_changed"));
    assert!(blind.said().contains("`follows` 1"), "{}", blind.said());
    let next = play.post(&owner(), "ledger", note("500 USD", 1)).await;
    assert_eq!((&next.body["version"], &next.body["author"]), (&json!(2), &json!("owen")));
    let told = play.events();
    assert_eq!(told.iter().filter(|kind| *kind == "engagement.noted").count(), 2);
}

#[tokio::test]
async fn only_the_pm_agent_and_people_keep_the_ledger() {
    let play = Play::new().await;
    for (who, code) in [
        (dev(), (403, "not_a_member")),
        (agent("stranger"), (404, "not_found")),
        (Caller::new("mallory", &["approver", "proposer"]), (403, "role_missing")),
    ] {
        let answer = play.post(&who, "ledger", note("x", 0)).await;
        assert_eq!(answer.error(), code);
    }
    assert_eq!(play.post(&operator(), "ledger", note("x", 0)).await.status, 200);
    let mut bad = note("x", 0);
    bad["name"] = "a#b".into();
    assert_eq!(play.post(&pm(), "ledger", bad).await.error(), (400, "id_invalid"));
    let long = note(&"x".repeat(2_001), 0);
    assert_eq!(play.post(&pm(), "ledger", long).await.error(), (400, "text_invalid"));
}

#[tokio::test]
async fn a_message_is_written_once() {
    let play = Play::new().await;
    let message = |text: &str| json!({ "message_id": "m-1", "text": text });
    for _ in 0..2 {
        assert_eq!(
            play.post(&owner(), "messages", message("The demo is on Friday.")).await.status,
            201
        );
    }
    let other = play.post(&owner(), "messages", message("It is not.")).await;
    assert_eq!(other.error(), (409, "message_exists"));
    // Somebody else with the same text is somebody else.
    let theirs = play.post(&dev(), "messages", message("The demo is on Friday.")).await;
    assert_eq!(theirs.error(), (409, "message_exists"));
    assert_eq!(play.post(&agent("other-bot"), "messages", message("x")).await.status, 404);
    let told = play.events();
    assert_eq!(told.iter().filter(|kind| *kind == "engagement.messaged").count(), 1);
}

/// Two write at the same time: the commit of one conflicts, and it looks again.
#[tokio::test]
async fn writers_at_the_same_time_do_not_lose_anything() {
    let mut play = Play::new().await;
    play.aws = play.aws.clone().refusing(&[Refusal::Conflict]);
    assert_eq!(play.post(&pm(), "ledger", note("200 USD", 0)).await.status, 200);
    let entries = |play: &Play| play.aws.stored()["ENGAGEMENT#eng-1/WRITTEN"]["entries"].clone();
    assert_eq!(entries(&play), 1);
    // Somebody else writes between the read and the commit: a write that ignored it would count 2.
    let others = json!({ "entries": 2, "messages": 0 });
    play.aws = play.aws.clone().changing_after(1, &Key::written(&"eng-1".into()), &others);
    let mut another = note("x", 0);
    another["name"] = "another".into();
    assert_eq!(play.post(&pm(), "ledger", another).await.status, 200);
    assert_eq!(entries(&play), 3);
}

#[tokio::test]
async fn what_is_written_has_an_end() {
    let play = Play::new().await;
    play.post(&pm(), "ledger", note("200 USD", 0)).await;
    play.aws.tamper(|key, body| {
        if key.ends_with("/WRITTEN") {
            *body = json!({ "entries": 200, "messages": 300 });
        }
    });
    let mut another = note("x", 0);
    another["name"] = "another".into();
    assert_eq!(play.post(&pm(), "ledger", another).await.error(), (409, "too_many"));
    let message = json!({ "message_id": "m-1", "text": "x" });
    assert_eq!(play.post(&owner(), "messages", message).await.error(), (409, "too_many"));
    // The next version of an entry needs no room.
    assert_eq!(play.post(&pm(), "ledger", note("500 USD", 1)).await.status, 200);
}

#[tokio::test]
async fn the_owner_says_once_how_it_went_after_the_end() {
    let play = Play::new().await;
    let answers = json!({ "result": 5, "communication": 4, "effort": 3, "again": true });
    let early = play.post(&owner(), "survey", answers.clone()).await;
    assert_eq!(early.error(), (409, "engagement_state"));
    play.post(&owner(), "cancel", json!({ "reason": "over" })).await;
    assert_eq!(
        play.post(&operator(), "survey", answers.clone()).await.error(),
        (403, "owner_required")
    );
    let mut bad = answers.clone();
    bad["effort"] = 6.into();
    assert_eq!(play.post(&owner(), "survey", bad).await.error(), (400, "grade_out_of_range"));
    for _ in 0..2 {
        assert_eq!(play.post(&owner(), "survey", answers.clone()).await.status, 201);
    }
    let mut other = answers;
    other["result"] = 1.into();
    assert_eq!(play.post(&owner(), "survey", other).await.error(), (409, "already_answered"));
}
