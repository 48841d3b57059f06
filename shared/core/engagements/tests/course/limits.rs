//! What somebody might try, and what has an end.

use headgate_engagements::{Command, Refused, Report, Usage};
use headgate_events::{Outcome, VoteKind};

use super::{Play, bot, done, first};

/// A copy of what was said in one phase that comes in the next one, whose attempts have the same numbers.
#[test]
fn a_late_copy_does_not_act_on_the_next_phase() {
    let mut play = Play::new();
    play.votes(VoteKind::Approve, Outcome::Approved);
    assert_eq!((play.course.current, play.course.attempt), (1, 1));
    let (report, usage, by) = (done(), Usage::default(), bot());
    for late in [
        Command::Report { at: first(1), report: &report, by: &by, workers: &[] },
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
    let (report, by) = (done(), bot());
    let finish = Command::Report { at: first(1), report: &report, by: &by, workers: &[] };
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
        play.apply(Command::Report { at: first(1), report: &report, by: &bot(), workers: &[] })
            .unwrap_err()
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

/// What a phase cost is known when it ends: of all attempts, also of those that failed.
#[test]
fn the_end_of_a_phase_says_what_it_cost() {
    let mut play = Play::new();
    let used = |tokens: u64, context: u64| -> Usage {
        serde_json::from_value(serde_json::json!({
            "agents": { "pm": { "tokens": tokens, "turns": 2 }, "sa": { "tokens": 1, "turns": 1 } },
            "handoffs": [{ "from": "pm", "to": "sa", "context_tokens": context }],
        }))
        .unwrap()
    };
    play.does(Command::Use { at: first(1), usage: &used(100, 70), workers: &[] });
    play.reports(&Report::Failed { reason: "no".to_owned() });
    play.does(Command::Use { at: first(2), usage: &used(30, 50), workers: &[] });
    play.votes(VoteKind::Approve, Outcome::Approved);
    let end = &play.course.ended[0];
    let cost = (end.attempts, end.tokens, end.turns, end.handoffs, end.largest_context);
    assert_eq!(cost, (2, 132, 6, 2, 70));
    assert_eq!(play.course.spent, headgate_engagements::Spent::default());
}
