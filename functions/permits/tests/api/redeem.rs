//! A permit is spent once, for what it is for.

use headgate_domain::change::Status;
use headgate_domain::records::PermitRecord;
use headgate_ledger::Key;
use headgate_permit_tokens::KeyRing;
use headgate_test_support::*;
use insta::assert_json_snapshot;
use jiff::SignedDuration;
use serde_json::json;

use super::Fleet;

#[tokio::test]
async fn redeeming_spends_the_permit_and_locks_the_environment() {
    let fleet = Fleet::new(Status::Approved).permit(&permit());
    let answer = fleet.redeem(&fleet.token(|_| ())).await;
    assert_eq!(answer.status, 200);
    assert_json_snapshot!("redeemed", fleet.aws.record());
}

#[tokio::test]
async fn a_permit_is_spent_once() {
    let used = PermitRecord { used_at: Some(now()), ..permit() };
    let fleet = Fleet::new(Status::Approved).permit(&used);
    let answer = fleet.redeem(&fleet.token(|_| ())).await;
    assert_eq!((answer.error(), fleet.aws.writes()), ((409, "permit_used"), 0));
}

#[tokio::test]
async fn of_two_at_once_one_meets_a_conflict() {
    let mut fleet = Fleet::new(Status::Approved).permit(&permit());
    fleet.aws = fleet.aws.refusing(&[Refusal::Conflict]);
    let answer = fleet.redeem(&fleet.token(|_| ())).await;
    assert_eq!((answer.error(), fleet.aws.writes()), ((409, "permit_contended"), 0));
}

#[tokio::test]
async fn a_forged_or_expired_permit_is_refused() {
    let fleet = Fleet::new(Status::Approved).permit(&permit());
    let other = KeyRing::new(now()).unwrap();
    let stranger = Fleet { ring: other, ..Fleet::new(Status::Approved) }.token(|_| ());
    assert_eq!(fleet.redeem(&stranger).await.error(), (403, "permit_forged"));
    assert_eq!(fleet.redeem("no.jwt.at-all").await.error(), (403, "permit_forged"));
    let expired = fleet.token(|c| c.exp = now().as_second() - 120);
    assert_eq!(fleet.redeem(&expired).await.error(), (409, "permit_expired"));
    assert_eq!(fleet.aws.writes(), 0);
}

#[tokio::test]
async fn a_permit_of_something_else_is_refused() {
    let fleet = Fleet::new(Status::Approved).permit(&permit());
    let answer = fleet.redeem(&fleet.token(|c| c.jti = "p-2".into())).await;
    assert_eq!((answer.error(), fleet.aws.writes()), ((409, "permit_mismatch"), 0));
}

#[tokio::test]
async fn another_account_is_refused() {
    let fleet = Fleet::new(Status::Approved).permit(&permit());
    let body = json!({ "permit": fleet.token(|_| ()), "account": "999999999999", "plan_hash": PLAN, "plan_file_sha256": PLAN_FILE });
    let answer = fleet.post("/p-1/use", &body).await;
    assert_eq!((answer.error(), fleet.aws.writes()), ((403, "permit_account"), 0));
}

#[tokio::test]
async fn redeeming_checks_again_what_was_checked_when_the_permit_was_issued() {
    let mut other_policies = report();
    other_policies.bundle_digest = "older".into();
    let mut old = report();
    old.reviewed_at = now() - SignedDuration::from_hours(25);
    let mut other_gate = report();
    other_gate.basis.environment.gate.quorum = 1;
    for (report, code) in [
        (other_policies, "policies_changed"),
        (old, "plan_expired"),
        (other_gate, "environment_changed"),
    ] {
        let fleet = Fleet::new(Status::Approved)
            .permit(&permit())
            .with(&Key::review(&CHANGE.into(), 1), &report);
        let answer = fleet.redeem(&fleet.token(|_| ())).await;
        assert_eq!((answer.error(), fleet.aws.writes()), ((409, code), 0));
    }
}

#[tokio::test]
async fn only_an_executor_redeems() {
    let fleet = Fleet::new(Status::Approved).permit(&permit());
    let path = format!("/v1/changes/{CHANGE}/permits/p-1/use");
    let body = json!({
        "permit": fleet.token(|_| ()), "account": ACCOUNT, "plan_hash": PLAN, "plan_file_sha256": PLAN_FILE,
    });
    let without = Caller::new("exec", &["approver"]);
    let answer = without.post(fleet.router(), &path, &body).await;
    assert_eq!((answer.error(), fleet.aws.writes()), ((403, "role_missing"), 0));
}

/// The attack: who can write the ledger, but cannot sign, changes what a permit is for after it was signed.
#[tokio::test]
async fn a_permit_that_was_changed_in_the_ledger_is_refused() {
    let edits: [fn(&mut PermitRecord); 7] = [
        |record| record.plan_hash = "other".into(),
        |record| record.plan_file_sha256 = Some("other".into()),
        |record| record.content_hash = "other".into(),
        |record| record.account = "999999999999".into(),
        |record| record.region = "us-west-2".into(),
        |record| record.environment = "prod".into(),
        |record| record.files_sha256 = Some("other".into()),
    ];
    for (n, edit) in edits.into_iter().enumerate() {
        let mut record = permit();
        edit(&mut record);
        let fleet = Fleet::new(Status::Approved).permit(&record);
        let answer = fleet.redeem(&fleet.token(|_| ())).await;
        assert_eq!(answer.error(), (409, "permit_mismatch"), "{n}");
        assert_eq!(fleet.aws.writes(), 0, "{n}");
    }
    // A request with the same idempotency key gets a changed permit signed. The revision and its review do not say the same.
    for (n, edit) in edits.into_iter().enumerate() {
        let mut record = permit();
        edit(&mut record);
        let fleet = Fleet::new(Status::Approved).permit(&record);
        let token = fleet.token(|claims| {
            claims.plan_hash = record.plan_hash.clone();
            claims.plan_file_sha256 = record.plan_file_sha256.clone().unwrap_or_default();
            claims.content_hash = record.content_hash.clone();
            (claims.account, claims.region) = (record.account.clone(), record.region.clone());
            claims.environment = record.environment.clone();
            claims.files_sha256 = record.files_sha256.clone();
        });
        let body = json!({
            "permit": token, "account": record.account, "plan_hash": record.plan_hash,
            "plan_file_sha256": record.plan_file_sha256,
        });
        let answer = fleet.post("/p-1/use", &body).await;
        assert!(answer.status >= 400, "{n}: {}", answer.body);
        assert_eq!(fleet.aws.writes(), 0, "{n}");
    }
}
