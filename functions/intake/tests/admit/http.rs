//! Proposals over HTTP, and proposals that are sent again.

use axum::Router;
use headgate_intake::{Api, handle, router};
use headgate_ledger::Key;
use headgate_test_support::*;
use insta::assert_json_snapshot;
use serde_json::{Value, json};

use super::{PLAN_JSON, agents, intake, known, proposed, refused};

fn api(aws: &Aws) -> Router {
    router(Api {
        flow: aws.flow("intake-api"),
        artifacts: bucket(PLAN_JSON),
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
