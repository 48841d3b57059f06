//! One test for each way on.

use headgate_engagements::{Command, Refused, Report, Status, Usage};
use headgate_events::{Outcome, Verdict, VoteKind};

use super::{Play, done, first};

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
    let again = Command::Report { at: first(1), report: &other, workers: &[] };
    assert_eq!(play.apply(again), Err(Refused::Reported(1)));
    let mut play = Play::new();
    let long = Report::Failed { reason: "x".repeat(4_001) };
    let report = Command::Report { at: first(1), report: &long, workers: &[] };
    assert!(matches!(play.apply(report), Err(Refused::TooLarge { .. })));
}

/// A copy of what was said in one phase that comes in the next one, whose attempts have the same numbers.
#[test]
fn a_late_copy_does_not_act_on_the_next_phase() {
    let mut play = Play::new();
    play.votes(VoteKind::Approve, Outcome::Approved);
    assert_eq!((play.course.current, play.course.attempt), (1, 1));
    let (report, usage) = (done(), Usage::default());
    for late in [
        Command::Report { at: first(1), report: &report, workers: &[] },
        Command::Use { at: first(1), usage: &usage, workers: &[] },
        Command::Ask { at: first(1), id: "q", question: "?", options: &[], workers: &[] },
        Command::Answer { at: first(1), id: "q", answer: "!" },
        Command::Resume { at: first(1), reason: "r" },
        Command::Skip { at: first(1), reason: "r" },
    ] {
        let refused = play.apply(late).unwrap_err();
        assert!(matches!(refused, Refused::OtherAttempt { .. }), "{refused:?}");
    }
}

/// The attack: ask something, so that the clock stops, and work for as long as one likes.
#[test]
fn a_question_that_is_open_buys_no_time() {
    let mut play = Play::new();
    let ask = Command::Ask {
        at: first(1),
        id: "q",
        question: "?",
        options: &[],
        workers: &["pm-bot".into()],
    };
    play.does(ask);
    assert_eq!(play.course.workers, ["pm-bot"]);
    play.wait(30 * 86_400);
    let report = done();
    let finish = Command::Report { at: first(1), report: &report, workers: &[] };
    assert_eq!(play.apply(finish), Err(Refused::Open("q".to_owned())));
    play.does(Command::Answer { at: first(1), id: "q", answer: "!" });
    assert_eq!(play.does(finish), ["PhaseSubmitted"]);
}

/// The attack: a result that the review can never read. A person lets it be reviewed again, and then the agents make it again.
#[test]
fn a_result_that_is_never_reviewed_is_made_again() {
    let mut play = Play::new();
    play.reports(&done());
    for (attempt, follows) in [(1, "PhaseSubmitted"), (2, "PhaseStarted")] {
        play.wait(3_601);
        assert_eq!(play.looks(), ["PhaseFailed", "EngagementFailed"]);
        let resume = Command::Resume { at: first(attempt), reason: "r" };
        assert_eq!(play.does(resume), ["EngagementResumed", follows]);
    }
}

/// All that an agent can say fits into an item of the ledger, and has nothing that hides in a list.
#[test]
fn what_agents_say_is_limited_as_a_whole() {
    let mut play = Play::new();
    let long = "x".repeat(2_000);
    let options = vec![long.clone(); 10];
    let ids: Vec<_> = (0..20).map(|n| format!("q-{n}")).collect();
    let mut refused = None;
    for id in &ids {
        let ask =
            Command::Ask { at: first(1), id, question: &long, options: &options, workers: &[] };
        if let Err(error) = play.apply(ask) {
            refused = Some(error);
            break;
        }
        let answer = "\"".repeat(2_000);
        play.does(Command::Answer { at: first(1), id, answer: &answer });
    }
    assert!(matches!(refused, Some(Refused::TooLarge { .. })), "{refused:?}");
    assert!(serde_json::to_vec(&play.course).unwrap().len() < 300_000);
    for bad in ["a\u{1b}[2J", "a\u{0}"] {
        let ask = Command::Ask { at: first(1), id: "z", question: bad, options: &[], workers: &[] };
        assert_eq!(play.apply(ask), Err(Refused::Unprintable));
    }
    let named = |name: String| {
        let artifact = headgate_events::Artifact {
            uri: String::new(),
            sha256: String::new(),
            bytes: 1,
            media_type: String::new(),
        };
        let made = headgate_events::Deliverable { name, template: None, artifact };
        let all = headgate_engagements::Submission {
            deliverables: vec![made; 50],
            ..headgate_engagements::Submission::default()
        };
        Report::Done(all)
    };
    let mut refused = |report: Report| {
        play.apply(Command::Report { at: first(1), report: &report, workers: &[] }).unwrap_err()
    };
    assert_eq!(refused(named("plan\n\n## Phases".to_owned())), Refused::Unprintable);
    assert!(matches!(
        refused(named("\"".repeat(500) + &"é".repeat(300))),
        Refused::TooLarge { .. }
    ));
    let quotes = (0..50).map(|_| "\"".repeat(500)).collect::<Vec<_>>();
    let criteria = quotes.iter().map(|q| headgate_events::CriterionResult {
        id: q.clone(),
        state: headgate_events::CriterionState::Met,
        evidence: vec![q.clone(); 3],
        note: q.clone(),
    });
    let all = headgate_engagements::Submission {
        criteria: criteria.collect(),
        ..headgate_engagements::Submission::default()
    };
    assert!(matches!(refused(Report::Done(all)), Refused::TooLarge { .. }));
}

/// More handoffs than are kept do not make a report of tokens invalid.
#[test]
fn many_handoffs_do_not_switch_limits_off() {
    let mut play = Play::new();
    play.course.phases[0].limits.tokens = Some(100);
    let handoffs: Vec<_> = (0..300)
        .map(|_| serde_json::json!({ "from": "pm", "to": "sa", "context_tokens": 1 }))
        .collect();
    let usage: Usage = serde_json::from_value(serde_json::json!({
        "agents": { "pm": { "tokens": 101, "turns": 1 } }, "handoffs": handoffs,
    }))
    .unwrap();
    let told = play.does(Command::Use { at: first(1), usage: &usage, workers: &[] });
    assert_eq!(told, ["PhaseBreached"; 3], "handoffs, tokens, and a loop");
    assert_eq!(play.course.usage.handoffs.len(), 200);
}
