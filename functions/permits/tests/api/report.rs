//! Heartbeats and reports.

use headgate_domain::change::Status;
use headgate_domain::records::{EnvironmentLock, PermitRecord};
use headgate_ledger::Key;
use headgate_test_support::*;
use insta::assert_json_snapshot;
use jiff::SignedDuration;
use serde_json::json;

use super::{Fleet, lock, outcome};

#[tokio::test]
async fn a_heartbeat_renews_only_the_lock_of_its_permit() {
    let key = Key::environment_lock("local");
    let used = PermitRecord { used_at: Some(now()), ..permit() };
    let own = lock("p-1", now() + SignedDuration::from_secs(30));
    let fleet = Fleet::new(Status::Applying).permit(&used).with(&key, &own);
    let answer = fleet.beat("p-1").await;
    assert_eq!((answer.status, fleet.aws.writes()), (200, 1));
    let other = lock("p-0", now() + SignedDuration::from_secs(30));
    let fleet = Fleet::new(Status::Applying).permit(&used).with(&key, &other);
    let answer = fleet.beat("p-1").await;
    assert_eq!((answer.error(), fleet.aws.writes()), ((409, "lock_lost"), 0));
}

/// The report commits after the heartbeat has read the permit, and before it reads the lock.
#[tokio::test]
async fn a_heartbeat_does_not_renew_a_lock_that_a_report_has_just_released() {
    let used = PermitRecord { used_at: Some(now()), ..permit() };
    let ended = EnvironmentLock { ended: true, ..lock("p-1", now()) };
    let fleet =
        Fleet::new(Status::Executed).permit(&used).with(&Key::environment_lock("local"), &ended);
    let answer = fleet.beat("p-1").await;
    assert_eq!((answer.error(), fleet.aws.writes()), ((409, "permit_reported"), 0));
}

/// The report commits between the heartbeat's reads and its commit.
#[tokio::test]
async fn a_heartbeat_conflicts_with_a_report() {
    let key = Key::environment_lock("local");
    let used = PermitRecord { used_at: Some(now()), ..permit() };
    let own = lock("p-1", now() + SignedDuration::from_secs(30));
    let ended = EnvironmentLock { ended: true, ..own.clone() };
    let mut fleet = Fleet::new(Status::Applying).permit(&used).with(&key, &own);
    fleet.aws = fleet.aws.storing().changing_after(1, &key, &ended);
    let answer = fleet.beat("p-1").await;
    assert_eq!((answer.error(), fleet.aws.writes()), ((409, "permit_reported"), 0));
}

#[tokio::test]
async fn the_report_publishes_and_releases_the_lock() {
    let used = PermitRecord { used_at: Some(now()), ..permit() };
    let own = lock("p-1", now() + SignedDuration::from_secs(30));
    let fleet =
        Fleet::new(Status::Applying).permit(&used).with(&Key::environment_lock("local"), &own);
    let answer = fleet.post("/p-1/report", &outcome()).await;
    assert_eq!(
        (answer.status, fleet.aws.published()),
        (200, vec!["change.executed.v1".to_owned()])
    );
    assert_json_snapshot!("reported", fleet.aws.record());
}

#[tokio::test]
async fn a_second_report_changes_nothing_and_publishes_what_the_first_could_not() {
    let reported = PermitRecord { used_at: Some(now()), reported_at: Some(now()), ..permit() };
    let marker = Key::marker("permits", "p-1#report");
    let outbox = json!([{
        "id": "e-1", "source": "headgate.permits-api", "kind": "change.executed.v1", "detail": { "id": "e-1" },
    }]);
    for (published, expected) in [(true, vec![]), (false, vec!["change.executed.v1".to_owned()])] {
        let mut fleet = Fleet::new(Status::Executed).permit(&reported);
        fleet.aws = fleet.aws.with_marker(&marker, &outbox, published);
        let answer = fleet.post("/p-1/report", &outcome()).await;
        assert_eq!((answer.status, fleet.aws.writes()), (200, 0));
        assert_eq!(fleet.aws.published(), expected);
    }
}

#[tokio::test]
async fn an_unused_permit_has_nothing_to_report() {
    let fleet = Fleet::new(Status::Approved).permit(&permit());
    let answer = fleet.post("/p-1/report", &outcome()).await;
    assert_eq!((answer.error(), fleet.aws.writes()), ((409, "permit_unused"), 0));
}

#[tokio::test]
async fn somebody_elses_permit_is_refused() {
    let fleet = Fleet::new(Status::Approved).permit(&permit());
    let path = format!("/v1/changes/{CHANGE}/permits/p-1/report");
    let other = Caller::new("mallory", &["executor"]);
    let answer = other.post(fleet.router(), &path, &outcome()).await;
    assert_eq!((answer.error(), fleet.aws.writes()), ((403, "permit_not_yours"), 0));
}
