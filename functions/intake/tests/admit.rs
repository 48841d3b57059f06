//! Proposals from the bus and over HTTP: admitted or refused, with every reason.
#![allow(clippy::unwrap_used)]

use aws_sdk_s3::operation::get_object::GetObjectOutput;
use aws_sdk_s3::primitives::ByteStream;
use aws_smithy_mocks::{RuleMode, mock, mock_client};
use axum::Router;
use headgate_artifacts::Artifacts;
use headgate_domain::canonical::sha256_hex;
use headgate_domain::change::Status;
use headgate_events::Delivery;
use headgate_intake::{Agents, Api, Intake, Registered, handle, router};
use headgate_ledger::Key;
use headgate_outbox::{Handled, Once};
use headgate_test_support::*;
use insta::assert_json_snapshot;
use serde_json::{Value, json};

const PLAN_JSON: &[u8] = include_bytes!("../../../policies/tests/containers-pass/plan.json");

/// A ledger with the engagement of the change.
fn known() -> Aws {
    Aws::new().with(&Key::engagement(&"eng-orders".into()), &engagement())
}

fn agents() -> Agents {
    let of = |models: &[&str]| Registered {
        human_owner: "dana".into(),
        models: models.iter().map(|m| (*m).to_owned()).collect(),
    };
    let bots = [("terraform-bot", of(&["model-a"])), ("other-bot", of(&["model-a"]))];
    Agents(bots.map(|(id, registered)| (id.to_owned(), registered)).into())
}

fn artifacts(bytes: &'static [u8]) -> Artifacts {
    let found = mock!(aws_sdk_s3::Client::get_object).then_output(move || {
        GetObjectOutput::builder()
            .content_length(i64::try_from(bytes.len()).unwrap())
            .body(ByteStream::from_static(bytes))
            .build()
    });
    Artifacts::new(mock_client!(aws_sdk_s3, RuleMode::MatchAny, [&found]), "artifacts")
}

fn intake(aws: &Aws, bytes: &'static [u8]) -> Intake {
    Intake {
        memory: headgate_artifacts::MemoryBudget::new(20),
        flow: aws.flow("intake"),
        artifacts: artifacts(bytes),
        environments: environments(),
        agents: agents(),
    }
}

fn proposed(source: &str, edit: impl FnOnce(&mut Value)) -> Delivery {
    delivery("change.proposed.v2", source, |d| {
        let sha256 = sha256_hex(PLAN_JSON);
        d["data"]["dossier"]["plan"] = json!({
            "uri": format!("s3://artifacts/uploads/agents/terraform-bot/{sha256}"), "sha256": sha256,
            "bytes": PLAN_JSON.len(), "media_type": "application/json",
        });
        edit(d);
    })
}

async fn refused(aws: &Aws, bytes: &'static [u8], delivery: Delivery) -> Vec<String> {
    handle(&intake(aws, bytes), delivery).await.unwrap();
    assert_eq!(aws.published(), ["change.refused.v1"]);
    let record = aws.record();
    let reasons = record["published"][0]["detail"]["data"]["reasons"].as_array().unwrap();
    reasons.iter().map(|r| r["code"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_registered_agents_proposal_is_accepted() {
    let aws = known();
    handle(&intake(&aws, PLAN_JSON), proposed("agent.terraform-bot", |_| ())).await.unwrap();
    assert_eq!(aws.published(), ["change.accepted.v1"]);
    assert_json_snapshot!("accepted", aws.record());
}

#[tokio::test]
async fn an_unknown_agent_and_an_unknown_source_are_refused() {
    for (source, code) in [("agent.stranger", "agent_unknown"), ("ci.github", "sender_unknown")] {
        let codes = refused(&known(), PLAN_JSON, proposed(source, |_| ())).await;
        assert_eq!(codes[0], code);
    }
}

#[tokio::test]
async fn an_agent_cannot_propose_as_another() {
    let other = proposed("agent.terraform-bot", |d| d["data"]["agent"]["id"] = "other-bot".into());
    assert_eq!(refused(&known(), PLAN_JSON, other).await, ["identity_mismatch"]);
}

#[tokio::test]
async fn every_problem_is_reported_at_once() {
    let broken = proposed("agent.terraform-bot", |d| {
        d["data"]["environment"] = "moon".into();
        d["data"]["dossier"]["why"] = "".into();
        d["data"]["dossier"]["rollback"] = "".into();
        d["data"]["revision"] = 7.into();
    });
    let aws = known();
    let codes = refused(&aws, PLAN_JSON, broken).await;
    assert_eq!(codes, ["environment_unknown", "dossier_incomplete", "revision_conflict"]);
    assert_json_snapshot!("refused", aws.record()["published"][0]["detail"]["data"]);
}

#[tokio::test]
async fn bytes_other_than_declared_and_bytes_that_are_no_plan_are_refused() {
    let other = refused(&known(), b"{}", proposed("agent.terraform-bot", |_| ())).await;
    assert_eq!(other, ["artifact_size_mismatch"]);
    let no_plan = proposed("agent.terraform-bot", |d| {
        let sha256 = sha256_hex(b"[]");
        d["data"]["dossier"]["plan"] = json!({
            "uri": format!("s3://artifacts/uploads/agents/terraform-bot/{sha256}"), "sha256": sha256, "bytes": 2,
            "media_type": "application/json",
        });
    });
    assert_eq!(refused(&known(), b"[]", no_plan).await, ["plan_unreadable"]);
}

/// The attack: name the plan of somebody else, whose digest is on its change, as evidence, and download it.
#[tokio::test]
async fn artifacts_of_others_are_refused_unread() {
    let sha256 = sha256_hex(PLAN_JSON);
    for place in [
        "s3://artifacts/uploads/agents/other-bot/{}",
        "s3://artifacts/uploads/people/terraform-bot/{}",
        "s3://artifacts/uploads/agents/terraform-bot/../other-bot/{}",
        "s3://artifacts/uploads/agents/terraform-bot/x{}",
        "s3://artifacts/sha256/{}",
        "s3://artifacts/leases/{}",
        "s3://elsewhere/uploads/agents/terraform-bot/{}",
    ] {
        let uri = place.replace("{}", &sha256);
        let evidence = proposed("agent.terraform-bot", |d| {
            let mut artifact = d["data"]["dossier"]["plan"].clone();
            artifact["uri"] = uri.clone().into();
            d["data"]["dossier"]["evidence"] = json!([artifact]);
        });
        // Not even whether it has another size is told.
        let codes = refused(&known(), b"unread", evidence).await;
        assert_eq!(codes, ["artifact_size_mismatch", "artifact_of_others"], "{uri}");
    }
}

/// A revision may keep what the revision before it named, also if somebody else uploaded that.
#[tokio::test]
async fn a_revision_keeps_the_evidence_of_the_one_before() {
    let sha256 = sha256_hex(PLAN_JSON);
    let kept = json!({
        "uri": format!("s3://artifacts/uploads/people/dana/{sha256}"), "sha256": sha256,
        "bytes": PLAN_JSON.len(), "media_type": "application/json",
    });
    let mut first = revision();
    first.proposed.dossier.evidence = vec![serde_json::from_value(kept.clone()).unwrap()];
    let second = |evidence: Value| {
        proposed("agent.terraform-bot", |d| {
            d["data"]["revision"] = 2.into();
            d["data"]["dossier"]["evidence"] = json!([evidence]);
        })
    };
    let ledger = || {
        known()
            .with(&Key::change(&CHANGE.into()), &head(Status::NeedsRevision))
            .with(&Key::revision(&CHANGE.into(), 1), &first)
    };
    let aws = ledger();
    handle(&intake(&aws, PLAN_JSON), second(kept.clone())).await.unwrap();
    assert_eq!(aws.published(), ["change.accepted.v1"]);
    // The plan of the revision before is no evidence.
    let mut first = first.clone();
    first.proposed.dossier.plan = serde_json::from_value(kept.clone()).unwrap();
    for evidence in [vec![], first.proposed.dossier.evidence.clone()] {
        first.proposed.dossier.evidence = evidence;
        let aws = known()
            .with(&Key::change(&CHANGE.into()), &head(Status::NeedsRevision))
            .with(&Key::revision(&CHANGE.into(), 1), &first);
        assert_eq!(refused(&aws, PLAN_JSON, second(kept.clone())).await, ["artifact_of_others"]);
    }
    let mut other = kept;
    other["media_type"] = "text/plain".into();
    assert_eq!(refused(&ledger(), PLAN_JSON, second(other)).await, ["artifact_of_others"]);
}

/// A ledger with the first revision.
fn changed(status: Status) -> Aws {
    known()
        .with(&Key::change(&CHANGE.into()), &head(status))
        .with(&Key::revision(&CHANGE.into(), 1), &revision())
}

/// The attack: with any proposer's token, take over a change that waits for its last vote. Its votes are void, and who made
/// it may vote on it.
#[tokio::test]
async fn somebody_else_cannot_revise_a_change() {
    let second = |who: &str, kind: &str| {
        let source = if kind == "human" { "headgate.intake-api" } else { "agent.other-bot" };
        let mut delivery = proposed(source, |d| {
            d["data"]["revision"] = 2.into();
            d["actorid"] = who.into();
            d["actorkind"] = kind.into();
            if kind == "human" {
                d["data"].as_object_mut().unwrap().remove("agent");
                // `Dana` is no valid id, so the folder has another name.
                let folder = &sha256_hex(who.as_bytes())[..32];
                let uri =
                    format!("s3://artifacts/uploads/people/_{folder}/{}", sha256_hex(PLAN_JSON));
                d["data"]["dossier"]["plan"]["uri"] = uri.into();
            } else {
                d["data"]["agent"]["id"] = who.into();
            }
        });
        delivery.sender = source.to_owned();
        delivery
    };
    for (who, kind) in [("mallory", "human"), ("other-bot", "agent")] {
        let codes = refused(&changed(Status::AwaitingDecision), PLAN_JSON, second(who, kind)).await;
        assert_eq!(codes, ["revision_forbidden"], "{who}");
    }
    // The agent's owner may, and neither of them may vote on it, in whatever case their names are written.
    let aws = changed(Status::AwaitingDecision);
    handle(&intake(&aws, PLAN_JSON), second("Dana", "human")).await.unwrap();
    assert_eq!(aws.published(), ["change.accepted.v1"]);
    let stored = &aws.record()["written"][2]["body"];
    assert_eq!(stored["barred"], json!(["Dana", "dana", "terraform-bot"]));
    assert_eq!(stored["proposers"], json!(["Dana", "dana", "terraform-bot"]));
}

/// The attack: put facts on the timeline of somebody else's engagement, or of one that somebody is about to create.
#[tokio::test]
async fn a_change_belongs_to_an_engagement_that_exists_and_to_no_other() {
    for (correlation, engagement, code) in [
        ("eng-orders", "eng-secret", "engagement_mismatch"),
        ("eng-secret", "eng-orders", "engagement_mismatch"),
        ("eng-unborn", "eng-unborn", "engagement_unknown"),
    ] {
        let aws = known();
        let forged = proposed("agent.terraform-bot", |d| {
            d["correlationid"] = correlation.into();
            d["data"]["engagement_id"] = engagement.into();
        });
        assert_eq!(refused(&aws, PLAN_JSON, forged).await, [code]);
        let on = &aws.record()["published"][0]["detail"]["correlationid"];
        assert_eq!(on, "headgate.refused", "{correlation} {engagement}");
    }
}

#[tokio::test]
async fn the_owner_of_a_change_is_the_registered_owner_of_its_agent() {
    let aws = known();
    let claims =
        proposed("agent.terraform-bot", |d| d["data"]["dossier"]["owner"] = "mallory".into());
    handle(&intake(&aws, PLAN_JSON), claims).await.unwrap();
    assert_eq!(aws.record()["written"][1]["body"]["owner"], "dana");
}

#[tokio::test]
async fn a_revision_follows_the_one_before() {
    let aws = changed(Status::NeedsRevision);
    let codes = refused(&aws, PLAN_JSON, proposed("agent.terraform-bot", |_| ())).await;
    assert_eq!(codes, ["revision_conflict"]);
    let aws = changed(Status::Executed);
    let second = proposed("agent.terraform-bot", |d| d["data"]["revision"] = 2.into());
    assert_eq!(refused(&aws, PLAN_JSON, second).await, ["change_over"]);
    // Nobody may replace what is being applied.
    let lock = |change: &str| headgate_domain::records::EnvironmentLock {
        environment: "local".into(),
        change_id: change.into(),
        permit_id: "p-1".into(),
        holder: "exec".into(),
        taken_at: now(),
        ended: false,
        ends_at: None,
        broken: None,
        expires_at: now(),
    };
    let applying = |change: &str, days: i64| {
        let mut head = head(Status::Applying);
        head.updated_at = now() - jiff::SignedDuration::from_hours(24 * days);
        let aws = changed(Status::Applying).with(&Key::change(&CHANGE.into()), &head);
        aws.with(&Key::environment_lock("local"), &lock(change))
    };
    let second = || proposed("agent.terraform-bot", |d| d["data"]["revision"] = 2.into());
    assert_eq!(refused(&applying(CHANGE, 99), PLAN_JSON, second()).await, ["change_applying"]);
    // Another apply has taken the environment since, but the report of this one may still wait in a queue.
    assert_eq!(refused(&applying("other", 13), PLAN_JSON, second()).await, ["change_applying"]);
    // It was never reported, and must not be stuck for ever.
    let aws = applying("other", 14);
    handle(&intake(&aws, PLAN_JSON), second()).await.unwrap();
    assert_eq!(aws.published(), ["change.accepted.v1"]);
}

#[tokio::test]
async fn another_event_is_poison() {
    let other = delivery("change.accepted.v1", "headgate.intake", |_| ());
    let result = handle(&intake(&known(), PLAN_JSON), other).await;
    assert!(matches!(result, Err(Handled::Poison(r)) if r.code == "event_unexpected"));
}

#[tokio::test]
async fn a_second_delivery_changes_nothing() {
    let aws = known().refusing(&[Refusal::Duplicate]);
    let once = handle(&intake(&aws, PLAN_JSON), proposed("agent.terraform-bot", |_| ())).await;
    assert_eq!((once.unwrap(), aws.writes()), (Once::AlreadyProcessed, 0));
}

fn api(aws: &Aws) -> Router {
    router(Api {
        flow: aws.flow("intake-api"),
        artifacts: artifacts(PLAN_JSON),
        environments: environments(),
        agents: agents(),
        verifier: verifier(),
    })
}

fn body() -> Value {
    let mut body = serde_json::to_value(revision().proposed).unwrap();
    body["change_id"] = CHANGE.into();
    body
}

#[tokio::test]
async fn an_agent_proposes_over_http_in_its_own_name() {
    let aws = known();
    let bot = Caller::new("terraform-bot", &["agent"]);
    let answer = bot.post(api(&aws), "/v1/changes", &body()).await;
    assert_eq!((answer.status, aws.published()), (202, vec!["change.proposed.v2".to_owned()]));
    let other = Caller::new("other-bot", &["agent"]);
    assert_eq!(
        other.post(api(&aws), "/v1/changes", &body()).await.error(),
        (403, "identity_mismatch")
    );
    // Also with a token of an agent's role: who is an agent is registered.
    let mut stranger = body();
    stranger["agent"]["id"] = "stranger".into();
    let answer =
        Caller::new("stranger", &["agent"]).post(api(&aws), "/v1/changes", &stranger).await;
    assert_eq!(answer.error(), (403, "agent_unknown"));
    let mut proven = body();
    proven["agent"]["model"] = "proven-model-of-others".into();
    assert_eq!(bot.post(api(&aws), "/v1/changes", &proven).await.error(), (403, "model_unknown"));
    let mut nowhere = body();
    nowhere["engagement_id"] = "eng-unborn".into();
    let answer = bot.post(api(&aws), "/v1/changes", &nowhere).await;
    assert_eq!(answer.error(), (422, "change_refused"));
    assert!(answer.said().contains("headgate engagement create eng-unborn"), "{}", answer.said());
}

/// The attack: propose what somebody else is about to propose, so that theirs looks like a copy of a proposal that was refused.
#[tokio::test]
async fn the_same_proposal_of_two_people_is_two_events() {
    let mut body = body();
    body.as_object_mut().unwrap().remove("agent");
    let mut ids = Vec::new();
    for who in ["dana", "mallory", "dana"] {
        let aws = known();
        let answer = Caller::new(who, &["proposer"]).post(api(&aws), "/v1/changes", &body).await;
        assert_eq!(answer.status, 202);
        ids.push(answer.body["event_id"].clone());
    }
    assert!(ids[0] == ids[2] && ids[0] != ids[1], "{ids:?}");
}

/// The attack: an engagement id that is the name of one of the fleet's own timelines.
#[tokio::test]
async fn a_refusal_is_on_no_timeline_that_its_sender_chose() {
    for name in ["headgate.quarantine", "headgate.evaluations", "Eng-Orders"] {
        let aws = known();
        let named = proposed("agent.terraform-bot", |d| {
            d["correlationid"] = name.into();
            d["data"]["engagement_id"] = name.into();
        });
        refused(&aws, PLAN_JSON, named).await;
        assert_eq!(
            aws.record()["published"][0]["detail"]["correlationid"],
            "headgate.refused",
            "{name}"
        );
    }
}

/// Senders choose their event ids, so two refusals of one id are two events: one must not hide the other.
#[tokio::test]
async fn refusals_of_two_senders_are_two_events() {
    let id = async |source: &str| {
        let aws = known();
        let bad = proposed(source, |d| {
            d["id"] = "same".into();
            d["data"]["environment"] = "moon".into();
        });
        handle(&intake(&aws, PLAN_JSON), bad).await.unwrap();
        aws.delivered().pop().unwrap()
    };
    let read = |body: String| {
        let body: Value = serde_json::from_str(&body).unwrap();
        body["detail"]["id"].clone()
    };
    assert_ne!(read(id("agent.terraform-bot").await), read(id("agent.other-bot").await));
}

/// What was in the way of a proposal may be gone. Its copy must not be dropped in silence.
#[tokio::test]
async fn a_proposal_that_was_refused_can_be_sent_again() {
    let dana = || Caller::new("dana", &["proposer"]);
    let mut body = body();
    body.as_object_mut().unwrap().remove("agent");
    let first = dana().post(api(&known()), "/v1/changes", &body).await.body["event_id"].clone();
    let marker = Key::marker("intake", &format!("headgate.intake-api#{}", first.as_str().unwrap()));
    let answered = |kind: &str| {
        let event = json!({ "id": "e", "source": "headgate.intake", "kind": kind, "detail": {} });
        known().with_marker(&marker, &json!([event]), true)
    };
    let again = dana().post(api(&answered("change.refused.v1")), "/v1/changes", &body).await;
    assert_eq!(again.status, 202);
    assert_ne!(again.body["event_id"], first);
    // An accepted one stays the same event.
    let copy = dana().post(api(&answered("change.accepted.v1")), "/v1/changes", &body).await;
    assert_eq!(copy.body["event_id"], first);
}

#[tokio::test]
async fn a_bad_proposal_is_refused_before_it_is_published() {
    let aws = known();
    let mut bad = body();
    bad["environment"] = "moon".into();
    bad["dossier"]["why"] = "".into();
    let dana = Caller::new("dana", &["proposer"]);
    let answer = dana.post(api(&aws), "/v1/changes", &bad).await;
    assert_eq!((answer.error(), aws.published().len()), ((422, "change_refused"), 0));
    assert_json_snapshot!("change_refused", answer.said());
}

/// EventBridge takes 256 KiB, and this proposal would never fit, however often it is sent.
#[tokio::test]
async fn a_proposal_that_no_event_can_hold_is_too_large_and_no_outage() {
    let aws = known();
    let mut large = body();
    large["dossier"]["rollback"] = "x".repeat(230 * 1024).into();
    let dana = Caller::new("dana", &["proposer"]);
    let answer = dana.post(api(&aws), "/v1/changes", &large).await;
    assert_eq!((answer.error(), aws.published().len()), ((413, "body_oversized"), 0));
}

#[tokio::test]
async fn a_media_type_that_no_header_can_hold_is_refused() {
    let dana = Caller::new("dana", &["proposer"]);
    for media_type in ["", "text/é", "text/plain\r\nx: y", &"x".repeat(256)] {
        let request = serde_json::json!({ "sha256": "a".repeat(64), "media_type": media_type });
        let answer = dana.post(api(&known()), "/v1/artifacts", &request).await;
        assert_eq!(answer.error(), (400, "media_type_invalid"), "{media_type}");
    }
}

#[tokio::test]
async fn a_reader_may_not_propose_and_nobody_may_without_a_token() {
    let vic = Caller::new("vic", &[]);
    assert_eq!(
        vic.post(api(&known()), "/v1/changes", &body()).await.error(),
        (403, "role_missing")
    );
    let nobody = Caller::nobody().post(api(&known()), "/v1/changes", &body()).await;
    assert_eq!(nobody.error(), (401, "token_missing"));
}

#[tokio::test]
async fn an_engagement_is_created_once() {
    let body = json!({ "engagement_id": "eng-1", "goal": "a queue", "environment": "local" });
    let dana = Caller::new("dana", &["proposer"]);
    let aws = known();
    let answer = dana.post(api(&aws), "/v1/engagements", &body).await;
    assert_eq!((answer.status, &answer.body["owner"]), (201, &json!("dana")));
    let taken = known().refusing(&[Refusal::Duplicate]);
    let answer = dana.post(api(&taken), "/v1/engagements", &body).await;
    assert_eq!(answer.error(), (409, "engagement_exists"));
    let bad = json!({ "engagement_id": "Eng 1", "goal": "a queue", "environment": "local" });
    assert_eq!(dana.post(api(&aws), "/v1/engagements", &bad).await.error(), (400, "id_invalid"));
}

/// DynamoDB takes 400 KB, so this engagement would never fit, however often it is sent.
#[tokio::test]
async fn an_engagement_that_no_item_can_hold_is_too_large_and_no_outage() {
    let goal = "x".repeat(401 * 1024);
    let body = json!({ "engagement_id": "eng-1", "goal": goal, "environment": "local" });
    let dana = Caller::new("dana", &["proposer"]);
    let aws = known();
    let answer = dana.post(api(&aws), "/v1/engagements", &body).await;
    assert_eq!((answer.error(), aws.writes()), ((413, "body_oversized"), 0));
}
