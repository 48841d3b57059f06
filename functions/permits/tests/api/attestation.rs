//! Statements of approvals for other tools.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use headgate_domain::change::Status;
use headgate_events::{Outcome, Verdict};
use headgate_ledger::Key;
use headgate_review::Report;
use headgate_test_support::*;
use serde_json::Value;

use crate::Fleet;

async fn attested(fleet: &Fleet) -> Answer {
    let path = format!("/v1/changes/{CHANGE}/attestation");
    Caller::new("vic", &["reader"]).get(fleet.router(), &path).await
}

#[tokio::test]
async fn an_approval_is_stated_about_its_plan_and_signed() {
    let answer = attested(&Fleet::new(Status::Approved)).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let payload = STANDARD.decode(answer.body["payload"].as_str().unwrap()).unwrap();
    let statement: Value = serde_json::from_slice(&payload).unwrap();
    assert_eq!(statement["subject"].as_array().unwrap().len(), 1, "no reviewer saw the plan file");
    let plan = &revision().proposed.dossier.plan.sha256;
    assert_eq!(statement["subject"][0]["digest"]["sha256"], plan.as_str());
    assert!(!statement.to_string().contains("comment"), "the voters' words stay here");
}

/// It is believed where nobody asks the fleet again, so it is as strict as a permit.
#[tokio::test]
async fn nothing_else_is_stated() {
    let refused = async |fleet: Fleet| attested(&fleet).await.error().1.to_owned();
    let key = Key::approval(&CHANGE.into(), 1);
    for outcome in [None, Some(Outcome::Rejected), Some(Outcome::Expired)] {
        let other = headgate_domain::approval::Approval { outcome, ..approved() };
        let fleet = Fleet::new(Status::Approved).with(&key, &other);
        assert_eq!(refused(fleet).await, "not_approved", "{outcome:?}");
    }
    let mut votes = approved();
    votes.votes.clear();
    let fleet = Fleet::new(Status::Approved).with(&key, &votes);
    assert_eq!(refused(fleet).await, "approval_void");
    let review = Report { verdict: Verdict::Revise, ..report() };
    let fleet = Fleet::new(Status::Approved).with(&Key::review(&CHANGE.into(), 1), &review);
    assert_eq!(refused(fleet).await, "approval_void");
    let path = format!("/v1/changes/{CHANGE}/attestation");
    let answer = Caller::new("intern", &[]).get(Fleet::new(Status::Approved).router(), &path).await;
    assert_eq!(answer.error(), (403, "role_missing"));
}
