//! Crashes, copies and races: DynamoDB refuses, EventBridge refuses, an event comes twice, somebody else is faster.

use headgate_events::Verdict;
use headgate_outbox::Once;
use headgate_test_support::Refusal;

use super::play::{ID, Play};

#[tokio::test]
async fn an_event_that_comes_twice_moves_once() {
    let mut play = Play::new().await;
    play.reports("build", 1).await;
    play.review(Verdict::Revise);
    assert_eq!(play.hears("phase.reviewed.v1", "review-1", ID).await, Once::Processed);
    assert_eq!(play.hears("phase.reviewed.v1", "review-1", ID).await, Once::AlreadyProcessed);
    // The same under another id finds nothing to do.
    play.hears("phase.reviewed.v1", "review-2", ID).await;
    assert_eq!(play.is(), "working build 2");
}

/// The sweep and the consumer look at the same time. The one that is late conflicts, looks again, and finds nothing to do.
#[tokio::test]
async fn two_that_look_at_the_same_time_move_it_once() {
    let mut play = Play::new().await;
    play.reports("build", 1).await;
    play.review(Verdict::Pass);
    play.aws = play.aws.clone().refusing(&[Refusal::Conflict, Refusal::Conflict]);
    play.hears("phase.reviewed.v1", "review-1", ID).await;
    assert_eq!(play.is(), "deciding build 1");
    play.wait(3_601);
    play.aws = play.aws.clone().refusing(&[Refusal::Conflict]);
    assert_eq!(play.sweeps().await.moved, 1);
    assert_eq!(play.is(), "failed build 1");
}

/// The commit holds, and the publication fails: the sender hears so and sends again, and what was committed is not done twice. The outbox in
/// the marker is published by the outbox-sweeper.
#[tokio::test]
async fn what_could_not_be_published_is_kept_in_the_outbox() {
    let mut play = Play::new().await;
    play.aws = play.aws.clone().rejecting(100);
    let answer = play.reports("build", 1).await;
    assert_eq!((answer.status, play.is().as_str()), (503, "reviewing build 1"));
    play.aws = play.aws.clone().rejecting(0);
    assert_eq!(play.reports("build", 1).await.status, 200);
    let markers = play.aws.stored();
    let kept: Vec<_> = markers
        .iter()
        .filter(|(key, _)| key.contains("MARKER#engagement-api#"))
        .flat_map(|(_, marker)| marker["outbox"].as_array().unwrap().clone())
        .filter(|event| event["kind"] == "phase.submitted.v1")
        .collect();
    assert_eq!(kept.len(), 1);
}

/// An item of a build with other phases: nobody guesses where the engagement is.
#[tokio::test]
async fn a_course_that_makes_no_sense_is_not_read() {
    let play = Play::new().await;
    play.aws.tamper(|key, body| {
        if key.ends_with("/COURSE") {
            body["current"] = 9.into();
        }
    });
    assert_eq!(play.reports("build", 1).await.status, 503);
    let flow = play.flow("engagement-sweep");
    play.wait(61);
    let swept = headgate_engagement::sweep(&flow, std::time::Duration::from_secs(55)).await;
    assert!(swept.unwrap_err().to_string().starts_with("1 engagements"));
}
