//! An engagement from its beginning to its end, and every way on from a failure.

use headgate_events::{Outcome, Verdict};
use serde_json::json;

use super::play::{ID, Play, dev, operator, owner};

#[tokio::test]
async fn a_phase_is_reported_reviewed_and_decided_and_the_next_one_begins() {
    let mut play = Play::new().await;
    assert_eq!(play.reports("build", 1).await.status, 200);
    assert_eq!(play.is(), "reviewing build 1");
    play.review(Verdict::Pass);
    play.hears("phase.reviewed.v1", "review-1", ID).await;
    assert_eq!(play.is(), "deciding build 1");
    // Everybody who works on the phase, and everybody who owns an agent that does.
    let approval = &play.aws.stored()[&format!("PHASE-APPROVAL#{ID}/build/ATTEMPT#000001")];
    for barred in ["dev-bot", "pm-bot", "dana", "erin"] {
        assert!(approval["barred"].to_string().contains(&format!("\"{barred}\"")), "{approval}");
    }
    play.decide(Outcome::Approved);
    play.hears("phase.decided.v1", "decision-1", ID).await;
    assert_eq!(play.is(), "working review 1");
    play.reports("review", 1).await;
    play.review(Verdict::Pass);
    // Its review is enough. This time, the event is lost, and the sweep finds the review at the deadline.
    play.wait(3_601);
    assert_eq!(play.sweeps().await.moved, 1);
    assert_eq!(play.course().status.name(), "completed");
    assert_eq!(
        play.events().join(" "),
        "engagement.started phase.started phase.submitted phase.requested phase.completed phase.started \
         phase.submitted phase.completed engagement.completed"
    );
    let handed_in = play.aws.stored().keys().filter(|key| key.contains("/SUBMISSION#")).count();
    assert_eq!(handed_in, 2);
    // Nothing is due any more.
    play.wait(100 * 86_400);
    assert_eq!(play.sweeps().await.due, 0);
}

#[tokio::test]
async fn a_result_that_is_sent_back_is_made_again_with_what_was_asked_for() {
    let mut play = Play::new().await;
    play.reports("build", 1).await;
    play.review(Verdict::Revise);
    play.hears("phase.reviewed.v1", "review-1", ID).await;
    assert_eq!(play.is(), "working build 2");
    play.reports("build", 2).await;
    play.review(Verdict::Pass);
    play.hears("phase.reviewed.v1", "review-2", ID).await;
    play.decide(Outcome::Revise);
    play.hears("phase.decided.v1", "decision-2", ID).await;
    assert_eq!(play.is(), "working build 3");
}

#[tokio::test]
async fn a_failure_is_repeated_once_and_then_a_person_goes_on() {
    let play = Play::new().await;
    let fails = json!({"attempt": 1, "report": {"result": "failed", "reason": "no access"}});
    play.post(&dev(), "phases/build/report", fails).await;
    assert_eq!(play.is(), "working build 2");
    let fails = json!({"attempt": 2, "report": {"result": "failed", "reason": "no access"}});
    play.post(&dev(), "phases/build/report", fails).await;
    assert_eq!(play.is(), "failed build 2");
    let go = json!({"attempt": 2, "reason": "They have access now."});
    assert_eq!(play.post(&owner(), "phases/build/resume", go.clone()).await.status, 200);
    assert_eq!(play.is(), "working build 3");
    // A late copy acts on nothing.
    let late = play.post(&owner(), "phases/build/resume", go).await;
    assert_eq!(
        (late.error(), play.is().as_str()),
        ((409, "attempt_superseded"), "working build 3")
    );
    let skip = json!({"attempt": 3, "reason": "It was built before."});
    assert_eq!(play.post(&operator(), "phases/build/skip", skip).await.status, 200);
    assert_eq!(play.is(), "working review 1");
    let stop = json!({"reason": "The shop closes."});
    assert_eq!(play.post(&owner(), "cancel", stop).await.status, 200);
    assert_eq!(play.course().status.name(), "cancelled");
}

#[tokio::test]
async fn time_and_reminders_are_found_by_the_sweep() {
    let play = Play::new().await;
    play.wait(59);
    assert_eq!(play.sweeps().await.due, 0);
    play.wait(2);
    assert_eq!(play.sweeps().await.moved, 1);
    assert_eq!(play.is(), "working build 2");
    let ask = json!({"attempt": 2, "interrupt_id": "q1", "question": "May orders wait?"});
    assert_eq!(play.post(&dev(), "phases/build/interrupts", ask.clone()).await.status, 200);
    // The deadline waits for the answer; people are reminded after half an hour.
    play.wait(1_801);
    assert_eq!(play.sweeps().await.moved, 1);
    assert_eq!(play.sweeps().await.due, 0);
    let answer = json!({"phase": "build", "attempt": 2, "answer": "yes"});
    assert_eq!(play.post(&owner(), "interrupts/q1/answer", answer.clone()).await.status, 200);
    assert_eq!(play.post(&owner(), "interrupts/q1/answer", answer).await.status, 200);
    assert_eq!(play.post(&dev(), "phases/build/interrupts", ask).await.status, 200);
    let told = play.events();
    let count = |kind: &str| told.iter().filter(|told| *told == kind).count();
    assert_eq!(count("interrupt.raised"), 1);
    assert_eq!(count("interrupt.reminded"), 1);
    assert_eq!(count("interrupt.answered"), 1);
    play.wait(119);
    assert_eq!(play.sweeps().await.moved, 0);
    play.wait(2);
    assert_eq!(play.sweeps().await.moved, 1);
    assert_eq!(play.is(), "failed build 2");
}

#[tokio::test]
async fn nobody_decides_so_the_request_expires_and_a_person_goes_on() {
    let mut play = Play::new().await;
    play.reports("build", 1).await;
    play.review(Verdict::Pass);
    play.hears("phase.reviewed.v1", "review-1", ID).await;
    play.wait(3_601);
    assert_eq!(play.sweeps().await.moved, 1);
    assert_eq!(play.is(), "failed build 1");
    let approval = &play.aws.stored()[&format!("PHASE-APPROVAL#{ID}/build/ATTEMPT#000001")];
    assert_eq!(approval["outcome"], "expired");
    let told = play.events();
    assert!(told.contains(&"phase.decided".to_owned()), "{told:?}");
    let go = json!({"attempt": 1, "reason": "Alice is back."});
    play.post(&operator(), "phases/build/resume", go).await;
    // The agents have nothing to do: what they made is reviewed again.
    assert_eq!(play.is(), "reviewing build 2");
}

#[tokio::test]
async fn limits_are_told_once() {
    let play = Play::new().await;
    let used = |tokens: u64| json!({"attempt": 1, "usage": {"agents": {"dev": {"tokens": tokens, "turns": 1}}}});
    for tokens in [79, 81, 82, 101, 80] {
        assert_eq!(play.post(&dev(), "phases/build/usage", used(tokens)).await.status, 200);
    }
    let told = play.events();
    let breaches = told.iter().filter(|kind| *kind == "phase.breached").count();
    assert_eq!(breaches, 2, "a warning and a breach: {told:?}");
    assert_eq!(play.course().usage.agents["dev"].tokens, 101);
}
