//! What nobody may do, whatever they say of themselves.

use headgate_events::Verdict;
use headgate_outbox::Once;
use headgate_test_support::Caller;
use serde_json::json;

use super::play::{ID, Play, agent, dev, operator, owner};

#[tokio::test]
async fn only_members_of_the_phase_work_on_it() {
    let play = Play::new().await;
    let done = || json!({"attempt": 1, "report": {"result": "done", "summary": "Done."}});
    let report = async |who: &Caller| play.post(who, "phases/build/report", done()).await;
    // A registered agent without a role, an agent that nobody registered, a person with every role but no part. Agents, and people who only
    // propose, do not learn that there is such an engagement.
    let nobody = Caller::new("mallory", &["proposer"]);
    let missing = nobody
        .post(Play::empty().api(), "/v1/engagements/eng-1/phases/build/report", &done())
        .await;
    for who in [agent("other-bot"), agent("stranger"), nobody] {
        let refused = report(&who).await;
        assert_eq!(refused.error(), (404, "not_found"));
        assert_eq!(refused.body["message"], missing.body["message"]);
    }
    let all = Caller::new("mallory", &["approver", "operator", "proposer", "security"]);
    assert_eq!(report(&all).await.error(), (403, "not_a_member"));
    // An agent that calls itself like the owner is no person.
    assert_eq!(report(&agent("owen")).await.error(), (403, "agent_unknown"));
    // A program with the owner's name, and no evidence of a person.
    let program = Caller::signed_in("owen", &["proposer"], &["pwd"]);
    assert_ne!(report(&program).await.status, 200);
    assert_eq!(play.is(), "working build 1");
    // The role of another phase is no role here.
    let elsewhere = play.post(&dev(), "phases/review/report", done()).await;
    assert_eq!(elsewhere.error(), (403, "not_a_member"));
    assert_eq!(play.post(&dev(), "phases/bulid/report", done()).await.status, 404);
    assert_eq!(report(&owner()).await.status, 200);
}

#[tokio::test]
async fn agents_neither_answer_nor_resume_nor_skip_nor_cancel() {
    let play = Play::new().await;
    let ask = json!({"attempt": 1, "interrupt_id": "q1", "question": "May orders wait?"});
    play.post(&dev(), "phases/build/interrupts", ask).await;
    let answer = json!({"phase": "build", "attempt": 1, "answer": "yes"});
    let way_on = json!({"attempt": 1, "reason": "x"});
    for (path, body) in [
        ("interrupts/q1/answer", &answer),
        ("phases/build/resume", &way_on),
        ("phases/build/skip", &way_on),
        ("cancel", &json!({"reason": "x"})),
    ] {
        for who in [dev(), Caller::new("mallory", &["proposer", "approver"])] {
            assert_eq!(play.post(&who, path, body.clone()).await.status, 403, "{path}");
        }
    }
    // What nobody reviewed does not count as done because its owner says so.
    assert_eq!(play.post(&owner(), "phases/build/skip", way_on.clone()).await.status, 403);
    let empty = json!({"attempt": 1, "reason": "  "});
    let why = play.post(&operator(), "phases/build/skip", empty).await;
    assert_eq!(why.error(), (400, "reason_missing"));
    assert_eq!(play.is(), "working build 1");
}

/// Only the ledger says what follows: an event that claims a review, a decision or another engagement moves nothing.
#[tokio::test]
async fn events_only_say_where_to_look() {
    let mut play = Play::new().await;
    for (kind, id) in [("phase.reviewed.v1", "a"), ("phase.decided.v1", "b")] {
        assert_eq!(play.hears(kind, id, ID).await, Once::Processed);
        assert_eq!(play.is(), "working build 1");
    }
    play.reports("build", 1).await;
    play.hears("phase.decided.v1", "c", ID).await;
    assert_eq!(play.is(), "reviewing build 1");
    play.hears("phase.reviewed.v1", "d", "eng-unborn").await;
    // A review of another attempt does not count for this one.
    play.review(Verdict::Pass);
    play.aws.tamper(|key, body| {
        if key.contains("PHASE-REVIEW#") {
            body["attempt"] = 7.into();
        }
    });
    play.hears("phase.reviewed.v1", "e", ID).await;
    assert_eq!(play.is(), "reviewing build 1");
}

/// A result that was accepted cannot be exchanged for another one, and a late copy of it does not count for the next phase.
#[tokio::test]
async fn a_result_cannot_be_exchanged() {
    let mut play = Play::new().await;
    play.reports("build", 1).await;
    assert_eq!(play.reports("build", 1).await.status, 200);
    let other = json!({"attempt": 1, "report": {"result": "done", "summary": "Other."}});
    let answer = play.post(&dev(), "phases/build/report", other).await;
    assert_eq!(answer.error(), (409, "already_reported"));
    play.review(Verdict::Pass);
    play.hears("phase.reviewed.v1", "review-1", ID).await;
    play.decide(headgate_events::Outcome::Approved);
    play.hears("phase.decided.v1", "decision-1", ID).await;
    assert_eq!(play.is(), "working review 1");
    let late = play.reports("build", 1).await;
    assert_eq!(
        (late.error(), play.is().as_str()),
        ((409, "attempt_superseded"), "working review 1")
    );
}

/// The attack: somebody who may not vote on their own work skips the phase instead, because what is skipped counts as done.
#[tokio::test]
async fn nobody_skips_their_own_work() {
    let play = Play::new().await;
    let skip = || json!({ "attempt": 1, "reason": "It is fine." });
    let dana = Caller::new("Dana", &["operator"]);
    let answer = play.post(&dana, "phases/build/skip", skip()).await;
    assert_eq!(answer.error(), (403, "separation_of_duties"));
    // The owner of the engagement who asked in the name of the agents has a part, too.
    let ask = json!({ "attempt": 1, "interrupt_id": "q1", "question": "May orders wait?" });
    assert_eq!(play.post(&owner(), "phases/build/interrupts", ask).await.status, 200);
    let owen = Caller::new("owen", &["operator"]);
    let answer = play.post(&owen, "phases/build/skip", skip()).await;
    assert_eq!(answer.error(), (403, "separation_of_duties"));
    assert_eq!(play.post(&operator(), "phases/build/skip", skip()).await.status, 200);
    // A phase without a gate separates nothing.
    let answer = play.post(&dana, "phases/review/skip", skip()).await;
    assert_eq!(answer.status, 200);
}

/// The attack: a type whose gates let people decide on their own work, in production.
#[tokio::test]
async fn in_production_nobody_decides_on_their_own_work() {
    let lax = super::play::TYPES
        .replace("\"separation_of_duties\": true", "\"separation_of_duties\": false");
    let play = Play::empty();
    let owner = owner();
    let mut body = play.request();
    let post = async |body: &serde_json::Value| {
        owner.post(play.api_with(&lax), "/v1/engagements", body).await
    };
    body["environment"] = "prod".into();
    let answer = post(&body).await;
    assert_eq!(answer.error(), (400, "separation_of_duties"));
    body["environment"] = "local".into();
    assert_eq!(post(&body).await.status, 201);
}
