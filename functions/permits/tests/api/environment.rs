//! An environment is locked until its apply is reported or released.

use headgate_domain::change::Status;
use headgate_domain::records::EnvironmentLock;
use headgate_domain::records::PermitRecord;
use headgate_ledger::Key;
use headgate_test_support::*;
use insta::assert_json_snapshot;
use jiff::SignedDuration;
use serde_json::json;

use super::{Fleet, executor, last, lock, outcome};

async fn redeem_beside(lock: &EnvironmentLock, last: Option<&PermitRecord>) -> (Answer, usize) {
    let mut fleet =
        Fleet::new(Status::Approved).permit(&permit()).with(&Key::environment_lock("local"), lock);
    if let Some(last) = last {
        fleet = fleet.with(&Key::permit(&CHANGE.into(), "p-0"), last);
    }
    let answer = fleet.redeem(&fleet.token(|_| ())).await;
    (answer, fleet.aws.writes())
}

#[tokio::test]
async fn a_locked_environment_waits() {
    let held = lock("p-0", now() + SignedDuration::from_mins(2));
    let (answer, writes) = redeem_beside(&held, Some(&last(None))).await;
    assert_eq!((answer.error(), writes), ((409, "environment_locked"), 0));
}

/// Its executor may have lost its network, not its credentials.
#[tokio::test]
async fn an_apply_without_heartbeats_still_holds_its_environment() {
    for minutes in [0, 1, 60, 7 * 24 * 60] {
        let silent = lock("p-0", now() - SignedDuration::from_mins(minutes));
        // If its permit is gone, nobody knows whether it is reported.
        for last in [Some(last(None)), None] {
            let (answer, writes) = redeem_beside(&silent, last.as_ref()).await;
            assert_eq!((answer.error(), writes), ((409, "apply_unreported"), 0), "{minutes} min");
            let said = answer.body["message"].as_str().unwrap();
            assert!(said.contains("`headgate release local`"), "{said}");
        }
    }
}

#[tokio::test]
async fn a_reported_apply_holds_nothing() {
    let free = lock("p-0", now() - SignedDuration::from_secs(1));
    assert_eq!(redeem_beside(&free, Some(&last(Some(now())))).await.0.status, 200);
}

async fn release(fleet: &Fleet, who: &Caller, reason: &str) -> Answer {
    let path = "/v1/environments/local/release";
    who.post(fleet.router(), path, &json!({ "reason": reason })).await
}

fn silent() -> Fleet {
    let silent = lock("p-0", now() - SignedDuration::from_mins(1));
    Fleet::new(Status::Applying)
        .with(&Key::environment_lock("local"), &silent)
        .with(&Key::permit(&CHANGE.into(), "p-0"), &last(None))
}

#[tokio::test]
async fn an_operator_releases_an_apply_that_nobody_reports() {
    let fleet = silent();
    let olga = Caller::new("olga", &["operator"]);
    assert_eq!(release(&fleet, &olga, " ").await.error(), (400, "reason_required"));
    assert_eq!(release(&fleet, &executor(), "x").await.error(), (403, "role_missing"));
    let bot = Caller::new("olga", &["operator", "agent"]);
    assert_eq!(release(&fleet, &bot, "x").await.error(), (403, "human_required"));
    assert_eq!(fleet.aws.writes(), 0);
    let answer = release(&fleet, &olga, "the runner is gone").await;
    assert_eq!((answer.status, &answer.body["released_by"]), (200, &json!("olga")));
    assert_json_snapshot!("released", fleet.aws.record());
}

#[tokio::test]
async fn an_apply_with_heartbeats_cannot_be_released() {
    let running = lock("p-0", now() + SignedDuration::from_secs(1));
    let fleet = silent().with(&Key::environment_lock("local"), &running);
    let answer = release(&fleet, &Caller::new("olga", &["operator"]), "x").await;
    assert_eq!((answer.error(), fleet.aws.writes()), ((409, "apply_running"), 0));
}

#[tokio::test]
async fn only_what_is_held_can_be_released() {
    let olga = Caller::new("olga", &["operator"]);
    let never = Fleet::new(Status::Approved);
    assert_eq!(release(&never, &olga, "x").await.error(), (409, "environment_free"));
    let reported = silent().with(&Key::permit(&CHANGE.into(), "p-0"), &last(Some(now())));
    assert_eq!(release(&reported, &olga, "x").await.error(), (409, "environment_free"));
    let path = "/v1/environments/moon/release";
    let answer = olga.post(silent().router(), path, &json!({ "reason": "x" })).await;
    assert_eq!(answer.error(), (409, "environment_free"));
}

/// A heartbeat between the check and the commit: the lock that was checked is not there any more.
#[tokio::test]
async fn a_release_conflicts_with_a_heartbeat() {
    let renewed = lock("p-0", now() + SignedDuration::from_mins(4));
    let key = Key::environment_lock("local");
    let mut fleet = silent();
    // If the handler looked again before its commit, it would find the renewed lock, and release that.
    fleet.aws = fleet.aws.storing().changing_after(1, &key, &renewed);
    let answer = release(&fleet, &Caller::new("olga", &["operator"]), "x").await;
    assert_eq!((answer.error(), fleet.aws.writes()), ((409, "apply_running"), 0));
}

/// After a restore or a repair by hand.
#[tokio::test]
async fn a_lock_whose_permit_is_missing_can_be_released() {
    let silent = lock("p-0", now() - SignedDuration::from_mins(1));
    let mut fleet = Fleet::new(Status::Approved)
        .permit(&permit())
        .with(&Key::environment_lock("local"), &silent);
    fleet.aws = fleet.aws.storing();
    assert_eq!(fleet.redeem(&fleet.token(|_| ())).await.error(), (409, "apply_unreported"));
    let olga = Caller::new("olga", &["operator"]);
    assert_eq!(release(&fleet, &olga, "x").await.error(), (409, "permit_unknown"));
    assert_eq!(fleet.redeem(&fleet.token(|_| ())).await.status, 200);
}

/// It must not look as if the executor's outcome were on record.
#[tokio::test]
async fn a_report_after_the_release_is_refused() {
    let released = PermitRecord {
        used_at: Some(now()),
        reported_at: Some(now()),
        released_by: Some("olga".into()),
        ..permit()
    };
    let fleet = Fleet::new(Status::ExecutionFailed).permit(&released);
    let answer = fleet.post("/p-1/report", &outcome()).await;
    assert_eq!((answer.error(), fleet.aws.writes()), ((409, "apply_released"), 0));
}
