//! Credentials come with a spent permit, for the plan alone, and not longer than the lock.

use std::sync::{Arc, Mutex};

use aws_sdk_sts::operation::assume_role::{AssumeRoleError, AssumeRoleInput, AssumeRoleOutput};
use aws_sdk_sts::types::Credentials;
use aws_sdk_sts::types::error::PackedPolicyTooLargeException;
use aws_smithy_mocks::{RuleMode, mock, mock_client};
use aws_smithy_types::DateTime;
use aws_smithy_types::error::ErrorMetadata;
use headgate_access::DERIVATION;
use headgate_domain::change::Status;
use headgate_domain::environment::Environments;
use headgate_domain::records::{BrokenLock, EnvironmentLock, PermitRecord};
use headgate_ledger::Key;
use headgate_review::{Report, Served};
use headgate_test_support::*;
use insta::assert_json_snapshot;
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::{Fleet, lock, request};

const ROLE: &str = "arn:aws:iam::111122223333:role/headgate-local-apply";

/// The fleet, with an environment that has an apply role. The lock of an apply ends after so many seconds.
fn vending(max_apply_seconds: u32) -> Served {
    let role = ROLE.replace("111122223333", ACCOUNT);
    let all = json!([{
        "name": "local", "account": ACCOUNT, "region": "us-east-1", "monthly_cost_limit_cents": 10_000,
        "gate": gate(), "max_apply_seconds": max_apply_seconds,
        "access": { "role_arn": role, "external_id": "secret-handshake" },
    }]);
    let environments: Environments = all.to_string().parse().unwrap();
    Served { environments, ..served() }
}

fn reviewed(policies: &[&str], unknown: &Value) -> Report {
    let widths = ["exact", "names", "services"];
    let policies = policies.iter().zip(widths);
    let policies: Vec<_> =
        policies.map(|(document, width)| json!({ "width": width, "document": document })).collect();
    let access = json!({ "version": DERIVATION, "policies": policies, "unknown": unknown });
    let mut report = Report { access: Some(serde_json::from_value(access).unwrap()), ..report() };
    report.basis.environment = vending(14_400).environments.0[0].clone();
    report
}

/// STS that remembers what it was asked, and finds the first policies too large.
fn sts(asked: &Arc<Mutex<Vec<AssumeRoleInput>>>, too_large: usize) -> aws_sdk_sts::Client {
    let seen = Arc::clone(asked);
    let large = mock!(aws_sdk_sts::Client::assume_role)
        .match_requests({
            let asked = Arc::clone(asked);
            move |input| {
                let before = asked.lock().unwrap().len();
                if before < too_large {
                    asked.lock().unwrap().push(input.clone());
                }
                before < too_large
            }
        })
        .then_error(|| {
            AssumeRoleError::PackedPolicyTooLargeException(
                PackedPolicyTooLargeException::builder().build(),
            )
        });
    let good = mock!(aws_sdk_sts::Client::assume_role)
        .match_requests(move |input| {
            seen.lock().unwrap().push(input.clone());
            true
        })
        .then_output(|| {
            let credentials = Credentials::builder()
                .access_key_id("ASIA1")
                .secret_access_key("secret")
                .session_token("token")
                .expiration(DateTime::from_secs(now().as_second() + 900))
                .build();
            AssumeRoleOutput::builder().credentials(credentials.unwrap()).build()
        });
    mock_client!(aws_sdk_sts, RuleMode::MatchAny, [&large, &good])
}

fn refusing(error: impl Fn() -> AssumeRoleError + Send + Sync + 'static) -> aws_sdk_sts::Client {
    let rule = mock!(aws_sdk_sts::Client::assume_role).then_error(error);
    mock_client!(aws_sdk_sts, RuleMode::MatchAny, [&rule])
}

fn fleet(report: &Report) -> (Fleet, Arc<Mutex<Vec<AssumeRoleInput>>>) {
    let asked = Arc::default();
    let fleet = Fleet {
        served: vending(14_400),
        sts: sts(&asked, 0),
        ..Fleet::new(Status::Approved)
            .permit(&permit())
            .with(&Key::review(&CHANGE.into(), 1), report)
    };
    (fleet, asked)
}

#[tokio::test]
async fn a_spent_permit_gives_credentials_for_its_plan() {
    let (fleet, asked) = fleet(&reviewed(&["{exact}", "{names}"], &json!([])));
    let answer = fleet.redeem(&fleet.token(|_| ())).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.body["credentials"]["access_key_id"], "ASIA1");
    assert_eq!(answer.body["permit_id"], "p-1");
    let asked = asked.lock().unwrap();
    let asked = asked.first().unwrap();
    let tags: Vec<_> = asked.tags().iter().map(|tag| (tag.key(), tag.value())).collect();
    assert_json_snapshot!(
        "assumed",
        json!({
            "role": asked.role_arn(), "external_id": asked.external_id(), "session": asked.role_session_name(),
            "source": asked.source_identity(), "seconds": asked.duration_seconds(), "policy": asked.policy(), "tags": tags,
        })
    );
    // The lock says how long they live.
    assert_json_snapshot!("redeemed_with_credentials", fleet.aws.record());
}

#[tokio::test]
async fn the_next_wider_policy_is_taken_if_sts_finds_one_too_large() {
    for (too_large, taken) in [(1, Some("{names}")), (2, None)] {
        let (mut fleet, _) = fleet(&reviewed(&["{exact}", "{names}"], &json!([])));
        let asked = Arc::default();
        fleet.sts = sts(&asked, too_large);
        let answer = fleet.redeem(&fleet.token(|_| ())).await;
        match taken {
            Some(policy) => {
                assert_eq!(answer.status, 200);
                assert_eq!(asked.lock().unwrap().last().unwrap().policy(), Some(policy));
            }
            None => {
                assert_eq!((answer.error(), fleet.aws.writes()), ((409, "access_too_large"), 0));
            }
        }
    }
}

#[tokio::test]
async fn without_credentials_the_permit_is_not_spent() {
    let denied = || AssumeRoleError::generic(ErrorMetadata::builder().code("AccessDenied").build());
    let throttled =
        || AssumeRoleError::generic(ErrorMetadata::builder().code("Throttling").build());
    for (client, error) in
        [(refusing(denied), (409, "access_refused")), (refusing(throttled), (503, "unavailable"))]
    {
        let (mut fleet, _) = fleet(&reviewed(&["{exact}"], &json!([])));
        fleet.sts = client;
        let answer = fleet.redeem(&fleet.token(|_| ())).await;
        assert_eq!((answer.error(), fleet.aws.writes()), (error, 0));
    }
}

#[tokio::test]
async fn a_permit_that_is_lost_to_another_request_gives_none() {
    let (mut fleet, asked) = fleet(&reviewed(&["{exact}"], &json!([])));
    fleet.aws = fleet.aws.refusing(&[Refusal::Conflict]);
    let answer = fleet.redeem(&fleet.token(|_| ())).await;
    assert_eq!((answer.error(), asked.lock().unwrap().len()), ((409, "permit_contended"), 1));
    assert!(!answer.body.to_string().contains("ASIA1"));
}

#[tokio::test]
async fn what_nobody_knows_gets_no_permit_and_no_credentials() {
    let unknown = json!([{ "address": "x", "problem": "nobody knows", "fix": "name it" }]);
    let before = Report { access: None, ..reviewed(&["{exact}"], &json!([])) };
    let mut old = reviewed(&["{exact}"], &json!([]));
    old.access.as_mut().unwrap().version = DERIVATION - 1;
    for report in [reviewed(&["{exact}"], &unknown), reviewed(&[], &json!([])), before, old] {
        let (fleet, asked) = fleet(&report);
        let issued = fleet.post("", &request()).await;
        assert_eq!((issued.error(), fleet.aws.writes()), ((409, "access_unknown"), 0));
        let used = fleet.redeem(&fleet.token(|_| ())).await;
        assert_eq!((used.error(), fleet.aws.writes()), ((409, "access_unknown"), 0));
        assert!(asked.lock().unwrap().is_empty());
    }
}

#[tokio::test]
async fn a_review_under_other_access_gives_none() {
    let (mut fleet, asked) = fleet(&reviewed(&["{exact}"], &json!([])));
    let access = fleet.served.environments.0[0].access.as_mut().unwrap();
    access.grants.clear();
    access.session_seconds = 1_800;
    let issued = fleet.post("", &request()).await;
    assert_eq!((issued.error(), fleet.aws.writes()), ((409, "environment_changed"), 0));
    assert!(asked.lock().unwrap().is_empty());
}

#[tokio::test]
async fn an_environment_without_a_role_gives_none() {
    let fleet = Fleet::new(Status::Approved).permit(&permit());
    let issued = fleet.post("", &request()).await;
    assert_eq!((issued.status, &issued.body["gives_credentials"]), (201, &json!(false)));
    let used = fleet.redeem(&fleet.token(|_| ())).await;
    assert_eq!((used.status, used.body.get("credentials")), (200, None));
}

/// An apply that runs: its permit is spent, and it holds the lock.
fn running(edit: impl FnOnce(&mut EnvironmentLock, &mut PermitRecord)) -> Fleet {
    asking(edit).0
}

/// The same, and what STS was asked.
fn asking(
    edit: impl FnOnce(&mut EnvironmentLock, &mut PermitRecord),
) -> (Fleet, Arc<Mutex<Vec<AssumeRoleInput>>>) {
    let mut held = lock("p-1", now() + SignedDuration::from_mins(3));
    let mut spent = PermitRecord { used_at: Some(now()), ..permit() };
    edit(&mut held, &mut spent);
    let (fleet, asked) = fleet(&reviewed(&["{exact}"], &json!([])));
    (fleet.permit(&spent).with(&Key::environment_lock("local"), &held), asked)
}

async fn renew(fleet: &Fleet) -> Answer {
    fleet.post("/p-1/credentials", &json!({})).await
}

#[tokio::test]
async fn a_running_apply_gets_new_credentials() {
    let fleet = running(|_, _| ());
    let answer = renew(&fleet).await;
    assert_eq!((answer.status, &answer.body["access_key_id"]), (200, &json!("ASIA1")));
    assert_json_snapshot!("renewed", fleet.aws.record());
}

#[tokio::test]
async fn a_heartbeat_in_between_is_no_reason_to_ask_sts_again() {
    let (mut fleet, asked) = asking(|_, _| ());
    fleet.aws = fleet.aws.refusing(&[Refusal::Conflict]);
    assert_eq!(renew(&fleet).await.status, 200);
    assert_eq!(asked.lock().unwrap().len(), 1);
}

/// The permit is spent by then: an executor without an answer could not apply what was approved.
#[tokio::test]
async fn credentials_are_given_although_the_bus_refuses_the_event() {
    let (mut fleet, _) = fleet(&reviewed(&["{exact}"], &json!([])));
    fleet.aws = fleet.aws.storing().rejecting(50);
    let answer = fleet.redeem(&fleet.token(|_| ())).await;
    assert_eq!(
        (answer.status, &answer.body["credentials"]["access_key_id"]),
        (200, &json!("ASIA1"))
    );
    assert!(fleet.aws.published().is_empty());
    // The sweeper finds it there.
    let marker = &fleet.aws.stored()["MARKER#permits#p-1#use/MARKER"];
    assert_eq!(marker["outbox"][0]["kind"], "permit.used.v1");
}

#[tokio::test]
async fn an_apply_that_has_ended_or_must_end_gets_none() {
    let broken = BrokenLock { by: "olga".into(), at: now(), reason: "it hangs".into() };
    type Edit = Box<dyn FnOnce(&mut EnvironmentLock, &mut PermitRecord)>;
    let cases: [(Edit, &str); 7] = [
        (Box::new(|lock, _| lock.ended = true), "lock_lost"),
        (Box::new(|lock, _| lock.permit_id = "p-2".into()), "lock_lost"),
        (Box::new(|_, permit| permit.reported_at = Some(now())), "lock_lost"),
        (Box::new(|_, permit| permit.used_at = None), "permit_unused"),
        (Box::new(|lock, _| lock.broken = Some(broken)), "lock_broken"),
        (Box::new(|lock, _| lock.expires_at = now()), "heartbeat_missed"),
        (
            Box::new(|lock, _| lock.ends_at = Some(now() + SignedDuration::from_mins(14))),
            "apply_too_long",
        ),
    ];
    for (edit, code) in cases {
        let fleet = running(edit);
        let answer = renew(&fleet).await;
        assert_eq!((answer.error(), fleet.aws.writes()), ((409, code), 0));
    }
}

#[tokio::test]
async fn only_the_holder_with_the_role_gets_more() {
    let fleet = running(|_, _| ());
    let path = format!("/v1/changes/{CHANGE}/permits/p-1/credentials");
    let other = Caller::new("mallory", &["executor"]);
    assert_eq!(
        other.post(fleet.router(), &path, &json!({})).await.error(),
        (403, "permit_not_yours")
    );
    let without = Caller::new("exec", &["approver"]);
    assert_eq!(
        without.post(fleet.router(), &path, &json!({})).await.error(),
        (403, "role_missing")
    );
}

#[tokio::test]
async fn an_environment_is_not_released_while_credentials_work() {
    let held = |until| EnvironmentLock {
        expires_at: now() - SignedDuration::from_mins(1),
        credentials_until: Some(until),
        ..lock("p-1", now())
    };
    let spent = PermitRecord { used_at: Some(now()), ..permit() };
    let release = async |until| {
        let fleet = Fleet::new(Status::Applying).permit(&spent);
        let fleet = fleet.with(&Key::environment_lock("local"), &held(until));
        let olga = Caller::new("olga", &["operator"]);
        let body = json!({ "reason": "the runner is gone" });
        olga.post(fleet.router(), "/v1/environments/local/release", &body).await
    };
    let early = release(now() + SignedDuration::from_mins(7)).await;
    assert_eq!(early.error(), (409, "credentials_valid"));
    assert_eq!(release(now()).await.status, 200);
}

/// In production, the report of an executor does not end its credentials.
#[tokio::test]
async fn in_production_the_next_apply_waits_until_the_last_credentials_have_expired() {
    let redeem = async |class: &str, until| {
        let mut served = vending(14_400);
        served.environments.0[0].class = Some(class.to_owned());
        let mut report = reviewed(&["{exact}"], &json!([]));
        report.basis.environment = served.environments.0[0].clone();
        let reported = EnvironmentLock {
            ended: true,
            credentials_until: Some(until),
            ..lock("p-0", now() - SignedDuration::from_mins(1))
        };
        let (fleet, _) = fleet(&report);
        let fleet = Fleet { served, ..fleet }.with(&Key::environment_lock("local"), &reported);
        fleet.redeem(&fleet.token(|_| ())).await
    };
    let soon = now() + SignedDuration::from_mins(7);
    assert_eq!(redeem("prod", soon).await.error(), (409, "credentials_valid"));
    assert_eq!(redeem("prod", now()).await.status, 200);
    assert_eq!(redeem("sandbox", soon).await.status, 200);
}
