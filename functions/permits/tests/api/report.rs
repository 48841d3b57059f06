//! Heartbeats and reports.

use headgate_domain::change::Status;
use headgate_domain::records::PermitRecord;
use headgate_ledger::Key;
use headgate_test_support::*;
use insta::assert_json_snapshot;
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::{Fleet, lock, outcome};

#[tokio::test]
async fn a_heartbeat_renews_only_the_lock_of_its_permit() {
    let key = Key::environment_lock("local");
    let used = PermitRecord { used_at: Some(now()), ..permit() };
    let own = lock("p-1", now() + SignedDuration::from_secs(30));
    let fleet = Fleet::new(Status::Applying).permit(&used).with(&key, &own);
    let answer = fleet.post("/p-1/heartbeat", &Value::Null).await;
    assert_eq!(
        (answer.status, fleet.aws.writes()),
        (200, 2),
        "the lock, and that the permit is unchanged"
    );
    let other = lock("p-0", now() + SignedDuration::from_secs(30));
    let fleet = Fleet::new(Status::Applying).permit(&used).with(&key, &other);
    let answer = fleet.post("/p-1/heartbeat", &Value::Null).await;
    assert_eq!((answer.error(), fleet.aws.writes()), ((409, "lock_lost"), 0));
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
