//! No apply holds an environment for ever: its lock has an end, and an operator can bring the end forward.

use headgate_domain::change::Status;
use headgate_domain::records::{BrokenLock, EnvironmentLock};
use headgate_ledger::Key;
use headgate_test_support::*;
use insta::assert_json_snapshot;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::{Fleet, last, lock};

/// A fleet on which `exec` applies with permit `p-0`; the next heartbeat is due in four minutes.
fn applying(ends_at: Option<Timestamp>, broken: Option<BrokenLock>) -> Fleet {
    let running = lock("p-0", now() + SignedDuration::from_mins(4));
    let running = EnvironmentLock { ends_at, broken, ..running };
    Fleet::new(Status::Applying)
        .with(&Key::environment_lock("local"), &running)
        .with(&Key::permit(&CHANGE.into(), "p-0"), &last(None))
}

async fn break_lock(fleet: &Fleet, who: &Caller, reason: &str) -> Answer {
    let path = "/v1/environments/local/break";
    who.post(fleet.router(), path, &json!({ "reason": reason })).await
}

fn olga() -> Caller {
    Caller::new("olga", &["operator"])
}

fn broken() -> BrokenLock {
    BrokenLock { by: "olga".into(), at: now(), reason: "it hangs".to_owned() }
}

/// The attack: an executor that sends heartbeats for ever, because it hangs or somebody has its token.
#[tokio::test]
async fn heartbeats_do_not_renew_a_lock_for_ever() {
    let soon = now() + SignedDuration::from_mins(2);
    let fleet = applying(Some(soon), None);
    let answer = fleet.beat("p-0").await;
    assert_eq!((answer.status, &answer.body["expires_at"]), (200, &json!(soon)), "{answer:?}");
    for end in [now(), now() - SignedDuration::from_hours(1)] {
        let fleet = applying(Some(end), None);
        let answer = fleet.beat("p-0").await;
        assert_eq!((answer.error(), fleet.aws.writes()), ((409, "apply_too_long"), 0));
    }
    // A lock that an earlier build took has no end.
    assert_eq!(applying(None, None).beat("p-0").await.status, 200);
}

#[tokio::test]
async fn the_lock_of_an_apply_has_an_end() {
    let fleet = Fleet::new(Status::Approved).permit(&permit());
    assert_eq!(fleet.redeem(&fleet.token(|_| ())).await.status, 200);
    let written = fleet.aws.record();
    let lock = &written["written"][2]["body"];
    assert_eq!(lock["ends_at"], json!(now() + SignedDuration::from_hours(4)), "{written:#}");
}

#[tokio::test]
async fn an_operator_breaks_a_lock_and_it_is_published() {
    let fleet = applying(Some(now() + SignedDuration::from_hours(3)), None);
    assert_eq!(break_lock(&fleet, &olga(), " ").await.error(), (400, "reason_required"));
    let exec = Caller::new("exec", &["executor"]);
    assert_eq!(break_lock(&fleet, &exec, "x").await.error(), (403, "role_missing"));
    let bot = Caller::new("olga", &["operator", "agent"]);
    assert_eq!(break_lock(&fleet, &bot, "x").await.error(), (403, "human_required"));
    assert_eq!(fleet.aws.writes(), 0);
    let answer = break_lock(&fleet, &olga(), "it hangs").await;
    let ends_at = now() + SignedDuration::from_mins(5);
    assert_eq!((answer.status, &answer.body["ends_at"]), (200, &json!(ends_at)));
    assert_eq!(fleet.aws.published(), ["lock.broken.v1"]);
    assert_json_snapshot!("broken", fleet.aws.record());
}

/// It never gives an apply more time than it had.
#[tokio::test]
async fn a_broken_lock_ends_no_later() {
    let soon = now() + SignedDuration::from_mins(1);
    let answer = break_lock(&applying(Some(soon), None), &olga(), "x").await;
    assert_eq!((answer.status, &answer.body["ends_at"]), (200, &json!(soon)));
}

#[tokio::test]
async fn a_broken_lock_takes_no_heartbeats_and_is_released_after_its_end() {
    let grace = now() + SignedDuration::from_mins(4);
    let fleet = applying(Some(grace), Some(broken()));
    let answer = fleet.beat("p-0").await;
    assert_eq!((answer.error(), fleet.aws.writes()), ((409, "lock_broken"), 0));
    assert!(answer.body["message"].as_str().unwrap().contains("olga ends this apply (it hangs)"));
    // Again, it changes nothing: not even the reason.
    let again = break_lock(&fleet, &olga(), "other").await;
    assert_eq!((again.status, fleet.aws.writes()), (200, 0));
    let release = json!({ "reason": "it is gone" });
    let early = olga().post(fleet.router(), "/v1/environments/local/release", &release).await;
    assert_eq!(early.error(), (409, "apply_running"));
    let over =
        EnvironmentLock { ends_at: Some(now()), broken: Some(broken()), ..lock("p-0", now()) };
    let fleet = applying(None, None).with(&Key::environment_lock("local"), &over);
    let released = olga().post(fleet.router(), "/v1/environments/local/release", &release).await;
    assert_eq!(released.status, 200, "{released:?}");
}

#[tokio::test]
async fn only_an_apply_with_heartbeats_has_a_lock_to_break() {
    let never = Fleet::new(Status::Approved);
    assert_eq!(break_lock(&never, &olga(), "x").await.error(), (409, "environment_free"));
    let ended =
        EnvironmentLock { ended: true, ..lock("p-0", now() + SignedDuration::from_mins(4)) };
    let ended = never.with(&Key::environment_lock("local"), &ended);
    assert_eq!(break_lock(&ended, &olga(), "x").await.error(), (409, "environment_free"));
    let silent = applying(None, None).with(&Key::environment_lock("local"), &lock("p-0", now()));
    assert_eq!(break_lock(&silent, &olga(), "x").await.error(), (409, "heartbeat_missed"));
}

/// A heartbeat between the read and the commit, and the report of the apply.
#[tokio::test]
async fn a_break_conflicts_with_a_heartbeat_and_wins_the_next_time() {
    let renewed = lock("p-0", now() + SignedDuration::from_mins(5));
    let key = Key::environment_lock("local");
    let mut fleet = applying(None, None);
    fleet.aws = fleet.aws.storing().changing_after(1, &key, &renewed);
    assert_eq!(break_lock(&fleet, &olga(), "x").await.status, 200);
    let ended = EnvironmentLock { ended: true, ..renewed };
    let mut fleet = applying(None, None);
    fleet.aws = fleet.aws.storing().changing_after(1, &key, &ended);
    let answer = break_lock(&fleet, &olga(), "x").await;
    assert_eq!((answer.error(), fleet.aws.writes()), ((409, "environment_free"), 0));
}
