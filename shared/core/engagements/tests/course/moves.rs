//! One test for each way on.

use headgate_engagements::{Command, Refused, Report, Status, Usage};
use headgate_events::{Outcome, Verdict, VoteKind};

use super::{Play, bot, done, first};

const HOUR: i64 = 3_600;

#[test]
fn six_phases_five_decisions_and_the_end() {
    let mut play = Play::new();
    for nth in 0..5 {
        assert_eq!((play.course.current, play.course.attempt), (nth, 1));
        let notes = play.votes(VoteKind::Approve, Outcome::Approved);
        assert_eq!(notes, ["PhaseCompleted", "PhaseStarted"]);
    }
    // The retrospective has no gate.
    play.reports(&done());
    let last = play.reviewed(Verdict::Pass);
    assert_eq!(super::names(&last.notes), ["PhaseCompleted", "EngagementCompleted"]);
    assert_eq!(
        (play.course.status, play.course.due(), last.approval),
        (Status::Completed, None, None)
    );
    assert_eq!(play.course.ended.len(), 6);
}

#[test]
fn a_failure_is_repeated_once() {
    let mut play = Play::new();
    let failed = Report::Failed { reason: "no answer".to_owned() };
    assert_eq!(play.reports(&failed), ["PhaseFailed", "PhaseStarted"]);
    assert_eq!(play.reports(&failed), ["PhaseFailed", "EngagementFailed"]);
    assert_eq!(play.course.status, Status::Failed);
    play.wait(30 * 24 * HOUR - 1);
    assert!(play.looks().is_empty());
    play.wait(1);
    assert_eq!(play.looks(), ["EngagementCancelled"]);
}

#[test]
fn an_attempt_that_takes_too_long_is_repeated_once_with_more_time() {
    let mut play = Play::new();
    play.wait(899);
    assert!(play.looks().is_empty());
    play.wait(1);
    assert_eq!(play.looks(), ["PhaseFailed", "PhaseStarted"]);
    play.wait(300);
    // 900 and 300 seconds of work: more than the phase should take, and reported once.
    assert_eq!(play.looks(), ["PhaseBreached"]);
    play.wait(899);
    assert!(play.looks().is_empty());
    play.wait(1);
    assert_eq!(play.looks(), ["PhaseFailed", "EngagementFailed"]);
}

#[test]
fn a_question_stops_the_clock_and_is_asked_and_answered_once() {
    let mut play = Play::new();
    let ask = Command::Ask {
        at: first(1),
        id: "q",
        question: "May orders wait?",
        options: &[],
        workers: &[],
    };
    let answer = Command::Answer { at: first(1), id: "q", answer: "yes" };
    play.wait(800);
    assert_eq!(play.does(ask), ["InterruptRaised"]);
    assert!(play.does(ask).is_empty());
    play.wait(1_799);
    assert!(play.looks().is_empty());
    play.wait(1);
    assert_eq!(play.looks(), ["InterruptReminded"]);
    play.wait(100 * 24 * HOUR);
    assert_eq!(play.looks(), ["InterruptReminded"]);
    assert_eq!(play.does(answer), ["InterruptAnswered"]);
    // Late copies: the question must not stop the clock again.
    assert!(play.does(ask).is_empty() && play.does(answer).is_empty());
    assert!(play.course.paused_at.is_none());
    let other = Command::Answer { at: first(1), id: "q", answer: "no" };
    assert_eq!(play.apply(other), Err(Refused::Answered("q".to_owned())));
    assert_eq!(play.course.worked(play.now), 800);
    play.wait(99);
    assert!(play.looks().is_empty());
    play.wait(1);
    assert_eq!(play.looks(), ["PhaseFailed", "PhaseStarted"]);
    // The next attempt asks the same again, and a late copy of the answer is not taken for its answer.
    play.does(Command::Ask {
        at: first(2),
        id: "q",
        question: "May orders wait?",
        options: &[],
        workers: &[],
    });
    assert!(matches!(play.apply(answer), Err(Refused::OtherAttempt { .. })));
}

#[test]
fn what_is_sent_back_is_done_again_with_the_feedback_and_not_for_ever() {
    let mut play = Play::new();
    assert_eq!(play.votes(VoteKind::Revise, Outcome::Revise), ["PhaseStarted"]);
    assert_eq!(play.course.feedback, ["alice: Say what happens if the queue is full."]);
    for _ in 1..10 {
        play.reports(&done());
        assert_eq!(super::names(&play.reviewed(Verdict::Revise).notes), ["PhaseStarted"]);
        assert_eq!(play.course.feedback, ["phase.x: no ADR"]);
    }
    play.reports(&done());
    let notes = super::names(&play.reviewed(Verdict::Revise).notes);
    assert_eq!(notes, ["PhaseFailed", "EngagementFailed"]);
}

#[test]
fn a_block_and_a_rejection_wait_for_a_person() {
    let mut play = Play::new();
    play.reports(&done());
    let notes = super::names(&play.reviewed(Verdict::Block).notes);
    assert_eq!(notes, ["PhaseFailed", "EngagementFailed"]);
    let mut play = Play::new();
    let notes = play.votes(VoteKind::Reject, Outcome::Rejected);
    assert_eq!(notes, ["PhaseFailed", "EngagementFailed"]);
    let resume = Command::Resume { at: first(1), reason: "talked" };
    assert_eq!(play.does(resume), ["EngagementResumed", "PhaseStarted"]);
    // A late copy, after the next attempts failed as well.
    let failed = Report::Failed { reason: "no".to_owned() };
    play.reports(&failed);
    play.reports(&failed);
    assert_eq!(play.course.status, Status::Failed);
    assert!(matches!(play.apply(resume), Err(Refused::OtherAttempt { .. })));
}

#[test]
fn nobody_decides_people_are_reminded_and_then_it_expires() {
    let mut play = Play::new();
    let approval = play.asks();
    let look = Command::Look { review: None, approval: Some(&approval) };
    play.wait(4 * HOUR - 1);
    assert!(play.does(look).is_empty());
    play.wait(1);
    assert_eq!(play.does(look), ["PhaseReminded"]);
    assert!(play.does(look).is_empty());
    play.wait(7 * 24 * HOUR);
    let expired = play.apply(look).unwrap();
    assert_eq!(super::names(&expired.notes), ["PhaseDecided", "PhaseFailed", "EngagementFailed"]);
    assert_eq!(expired.approval.unwrap().outcome, Some(Outcome::Expired));
    // What was made is decided on again; nobody has to make it again.
    let resume = Command::Resume { at: first(1), reason: "back" };
    assert_eq!(play.does(resume), ["EngagementResumed", "PhaseSubmitted"]);
    assert_eq!((play.course.status, play.course.attempt), (Status::Reviewing, 2));
}

#[test]
fn a_request_that_is_gone_and_a_review_that_never_comes_do_not_wait_for_ever() {
    let mut play = Play::new();
    play.asks();
    play.wait(7 * 24 * HOUR);
    assert_eq!(play.looks(), ["PhaseFailed", "EngagementFailed"]);
    let mut play = Play::new();
    play.reports(&done());
    play.wait(HOUR - 1);
    assert!(play.looks().is_empty());
    play.wait(1);
    assert_eq!(play.looks(), ["PhaseFailed", "EngagementFailed"]);
}

#[test]
fn a_copy_of_skip_does_not_skip_the_next_phase() {
    let mut play = Play::new();
    let skip = Command::Skip { at: first(1), reason: "known" };
    assert_eq!(play.does(skip), ["PhaseSkipped", "PhaseCompleted", "PhaseStarted"]);
    assert!(matches!(play.apply(skip), Err(Refused::OtherAttempt { .. })));
    assert_eq!(play.course.phase_id(), "architecture");
    let cancel = Command::Cancel { reason: "sold" };
    assert_eq!(play.does(cancel), ["EngagementCancelled"]);
    assert!(play.does(cancel).is_empty());
}

#[test]
fn votes_and_reviews_of_another_attempt_or_phase_change_nothing() {
    let mut play = Play::new();
    let first = play.asks();
    let review = play.review(Verdict::Pass);
    let mut revise = first.clone();
    revise.outcome = Some(Outcome::Revise);
    play.does(Command::Look { review: None, approval: Some(&revise) });
    let mut other = first.clone();
    other.outcome = Some(Outcome::Approved);
    play.reports(&done());
    assert!(play.does(Command::Look { review: Some(&review), approval: None }).is_empty());
    play.reviewed(Verdict::Pass);
    assert!(play.does(Command::Look { review: None, approval: Some(&other) }).is_empty());
    assert_eq!(play.course.status, Status::Deciding);
}

#[test]
fn a_limit_that_stops_fails_the_attempt_and_is_reported_once() {
    let mut play = Play::new();
    let usage: Usage = serde_json::from_str(r#"{"agents": {"pm": {"turns": 11}}}"#).unwrap();
    let used = |attempt| Command::Use { at: first(attempt), usage: &usage, workers: &[] };
    assert_eq!(play.does(used(1)), ["PhaseBreached"]);
    assert!(play.does(used(1)).is_empty());
    play.course.phases[0].limits.on_breach = headgate_engagements::OnBreach::Stop;
    play.course.breached.clear();
    assert_eq!(play.does(used(1)), ["PhaseBreached", "PhaseFailed", "PhaseStarted"]);
}

#[test]
fn a_result_cannot_be_changed_and_one_that_is_too_large_is_refused() {
    let mut play = Play::new();
    play.reports(&done());
    assert!(play.reports(&done()).is_empty());
    let other = Report::Done(headgate_engagements::Submission::default());
    let again = Command::Report { at: first(1), report: &other, by: &bot(), workers: &[] };
    assert_eq!(play.apply(again), Err(Refused::Reported(1)));
    let mut play = Play::new();
    let long = Report::Failed { reason: "x".repeat(4_001) };
    let report = Command::Report { at: first(1), report: &long, by: &bot(), workers: &[] };
    assert!(matches!(play.apply(report), Err(Refused::TooLarge { .. })));
}
