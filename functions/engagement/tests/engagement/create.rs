//! Engagements that begin, or are refused.

use serde_json::{Value, json};

use super::play::{ID, Play};

#[tokio::test]
async fn an_engagement_begins_with_its_first_phase() {
    let play = Play::new().await;
    assert_eq!(play.is(), "working build 1");
    assert_eq!(play.events(), ["engagement.started", "phase.started"]);
    let stored = play.aws.stored();
    let head = &stored[&format!("ENGAGEMENT#{ID}/HEAD")];
    assert_eq!((&head["owner"], &head["type"]), (&json!("owen"), &json!("short")));
}

#[tokio::test]
async fn an_engagement_without_phases_is_only_recorded() {
    let play = Play::empty();
    let body = json!({ "engagement_id": "eng-1", "goal": "a queue", "environment": "local" });
    let answer = play.create(&body).await;
    assert_eq!((answer.status, &answer.body["type"]), (201, &json!("change-only")));
    assert!(play.events().is_empty());
    let stop = play.post(&super::play::owner(), "cancel", json!({"reason": "x"})).await;
    assert_eq!(stop.error(), (409, "no_phases"));
}

#[tokio::test]
async fn an_id_is_taken_once() {
    let play = Play::new().await;
    assert_eq!(play.create(&play.request()).await.error(), (409, "engagement_exists"));
    let mut other = play.request();
    other["type"] = "change-only".into();
    other["members"] = json!({});
    assert_eq!(play.create(&other).await.error(), (409, "engagement_exists"));
    assert_eq!(play.events().len(), 2);
}

#[tokio::test]
async fn what_could_never_end_well_is_refused_with_what_to_do() {
    let play = Play::empty();
    let refused = async |edit: &dyn Fn(&mut Value)| {
        let mut body = play.request();
        edit(&mut body);
        let answer = play.create(&body).await;
        assert!(answer.said().len() > 40, "{}", answer.said());
        (answer.status, answer.body["error"].as_str().unwrap().to_owned())
    };
    let code = |code: &str| (400, code.to_owned());
    assert_eq!(refused(&|b| b["engagement_id"] = "Eng 1".into()).await, code("id_invalid"));
    assert_eq!(refused(&|b| b["type"] = "shrot".into()).await, code("type_unknown"));
    assert_eq!(refused(&|b| b["environment"] = "moon".into()).await, code("environment_unknown"));
    assert_eq!(
        refused(&|b| b["members"] = json!({"dev": "dev-bot"})).await,
        code("members_missing")
    );
    assert_eq!(refused(&|b| b["members"]["qa"] = "dev-bot".into()).await, code("role_unknown"));
    assert_eq!(refused(&|b| b["members"]["pm"] = "stranger".into()).await, code("agent_unknown"));
    assert_eq!(refused(&|b| b["goal"] = "x".repeat(4_001).into()).await, code("goal_invalid"));
    let long = json!(["x".repeat(1_001)]);
    assert_eq!(refused(&|b| b["acceptance_criteria"] = long.clone()).await, code("list_invalid"));
    assert!(play.aws.stored().is_empty());
}

/// DynamoDB takes 400 KB, so this engagement would never fit, however often it is sent.
#[tokio::test]
async fn an_engagement_that_no_item_can_hold_is_too_large_and_no_outage() {
    let play = Play::empty();
    let mut body = play.request();
    for list in ["objectives", "requirements", "constraints", "timeline", "wont_do"] {
        body["scope"][list] = json!(vec!["x".repeat(1_000); 100]);
    }
    let answer = play.create(&body).await;
    assert_eq!((answer.error(), play.aws.writes()), ((413, "body_oversized"), 0));
}

/// Names are compared without regard to case. The folder of uploads has the spelling of the token, and so have members.
#[tokio::test]
async fn a_member_that_is_the_owner_has_the_owners_spelling() {
    let play = Play::empty();
    let mut body = play.request();
    body["members"]["pm"] = "OWEN".into();
    let answer = play.create(&body).await;
    assert_eq!((answer.status, &answer.body["members"]["pm"]), (201, &json!("owen")));
}
