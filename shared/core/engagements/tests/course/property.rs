//! Whatever happens, in whatever order: an engagement comes to its end, and no attempt is counted twice.

use headgate_domain::approval::Approval;
use headgate_engagements::{Command, Note, Report, Status};
use headgate_events::{Outcome, Verdict};
use proptest::prelude::*;

use super::{Play, bot, done};

/// Something that happens, by number: most of it is refused in most states.
fn happens(play: &mut Play, what: u8, asked: &mut Option<Approval>) -> Vec<Note> {
    let course = play.course.clone();
    let (at, by) = (course.at(), bot());
    let (done, failed) = (done(), Report::Failed { reason: "no".to_owned() });
    let verdict = [Verdict::Pass, Verdict::Revise, Verdict::Block][usize::from(what) % 3];
    let review = play.review(verdict);
    if let (Some(approval), 8..=10) = (asked.as_mut(), what) {
        let outcomes = [Outcome::Approved, Outcome::Revise, Outcome::Rejected];
        approval.outcome = approval.outcome.or(Some(outcomes[usize::from(what) - 8]));
    }
    let approval = asked.clone();
    let look = Command::Look { review: None, approval: approval.as_ref() };
    let command = match what {
        0 => Command::Report { at, report: &done, by: &by, workers: &[] },
        1 => Command::Report { at, report: &failed, by: &by, workers: &[] },
        2..=4 => Command::Look { review: Some(&review), approval: None },
        5 => Command::Ask { at, id: "q", question: "?", options: &[], workers: &[] },
        6 => Command::Answer { at, id: "q", answer: "!" },
        7 => Command::Resume { at, reason: "r" },
        11 => Command::Skip { at, reason: "r" },
        _ => look,
    };
    let Ok(applied) = play.apply(command) else { return Vec::new() };
    if let Some(approval) = applied.approval {
        *asked = Some(approval);
    }
    applied.notes
}

proptest! {
    #[test]
    fn every_engagement_comes_to_its_end(steps in proptest::collection::vec((0u8..14, 0i64..2_000), 0..60)) {
        let (mut play, mut asked) = (Play::new(), None);
        let mut started = vec![("discovery".to_owned(), 1)];
        for (what, seconds) in steps {
            play.wait(seconds);
            for note in happens(&mut play, what, &mut asked) {
                if let Note::PhaseStarted(begun) = note {
                    let attempt = (begun.phase, begun.attempt);
                    prop_assert!(!started.contains(&attempt), "{attempt:?} began twice");
                    started.push(attempt);
                }
            }
            prop_assert_eq!(play.course.due().is_none(), play.course.status.is_final());
            prop_assert!(play.course.status == Status::Working || play.course.paused_at.is_none());
        }
        // Nobody does anything any more, except to answer.
        let course = play.course.clone();
        let _refused = play.apply(Command::Answer { at: course.at(), id: "q", answer: "!" });
        for _ in 0..300 {
            let Some(due) = play.course.due() else { break };
            play.now = play.now.max(due);
            let approval = asked.clone();
            let look = Command::Look { review: None, approval: approval.as_ref() };
            let applied = play.apply(look).unwrap();
            asked = applied.approval.or(asked);
            let again = play.course.due();
            prop_assert!(again.is_none_or(|again| again > due), "looks at {due} for ever");
        }
        prop_assert!(play.course.status.is_final(), "{:?}", play.course.status);
    }
}
