//! Proposals: admitted or refused, with every reason.
#![allow(clippy::unwrap_used)]

mod artifacts;
mod http;

use headgate_domain::agents::{Agents, Registered};
use headgate_domain::canonical::sha256_hex;
use headgate_domain::change::Status;
use headgate_events::{Delivery, Fact};
use headgate_intake::{Intake, handle};
use headgate_ledger::Key;
use headgate_outbox::{Handled, Once};
use headgate_test_support::*;
use insta::assert_json_snapshot;
use serde_json::{Value, json};

const PLAN_JSON: &[u8] = include_bytes!("../../../../policies/tests/containers-pass/plan.json");

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

fn intake(aws: &Aws, bytes: &'static [u8]) -> Intake {
    Intake {
        memory: headgate_artifacts::MemoryBudget::new(20),
        flow: aws.flow("intake"),
        artifacts: bucket(bytes),
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
    // Whatever they guess, the refusal says nothing of the change: it may be on a timeline of their own.
    let mut told = std::collections::BTreeSet::new();
    for (status, revision) in [
        (Status::AwaitingDecision, 1),
        (Status::AwaitingDecision, 2),
        (Status::Applying, 2),
        (Status::Executed, 3),
    ] {
        let aws = changed(status);
        let mut delivery = second("mallory", "human");
        let Fact::ChangeProposed(event) = &mut delivery.fact else { panic!("not a proposal") };
        event.data.revision = revision;
        assert_eq!(refused(&aws, PLAN_JSON, delivery).await, ["revision_forbidden"]);
        told.insert(aws.record()["published"][0]["detail"]["data"]["reasons"].to_string());
    }
    assert_eq!(told.len(), 1, "{told:?}");
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
        credentials_until: None,
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
