//! Notifications about engagements: requests, questions, failures, and what was done.

use headgate_domain::approval::in_words;
use headgate_domain::engagement::Engagement;
use headgate_domain::text::one_line;
use headgate_engagements::{Course, Question};
use headgate_events::latest::{
    EngagementCancelled, EngagementFailed, InterruptRaised, InterruptReminded, PhaseBreached,
    PhaseOutcome, PhaseReminded, PhaseRequested,
};
use headgate_events::{Fact, PhaseLimit};
use serde_json::json;

use super::notice::{Notice, members, minute};

/// Longest text of somebody else in a notification, in bytes.
const MAX_TEXT: usize = 1_000;

/// The notification about a fact of an engagement; `None` if the engagement no longer waits for it. Facts that nobody is notified of are an
/// error.
pub(super) fn notice(
    engagement: &Engagement,
    course: &Course,
    fact: &Fact,
) -> Result<Option<Notice>, &'static str> {
    let about = |kind, subject: String, lines: Vec<String>| {
        let id = &engagement.engagement_id;
        let mut text = vec![
            one_line(&engagement.goal, 200),
            format!("engagement  {id}, owner {}", engagement.owner),
        ];
        text.extend(lines);
        text.push(format!("\nSee the engagement: headgate engagement show {id}"));
        let data =
            json!({ "engagement_id": id, "goal": engagement.goal, "owner": engagement.owner });
        Notice { kind, subject, lines: text, data: members(data) }
    };
    let id = engagement.engagement_id.as_str();
    let mut notice = match fact {
        Fact::PhaseRequested(event) => {
            let PhaseRequested { phase, attempt, title, content_hash, gate, expires_at } =
                &event.data;
            if !is_at(course, phase, *attempt) {
                return Ok(None);
            }
            let line = format!(
                "The result of {title} {}.\nExpires {}",
                in_words(gate),
                minute(*expires_at)
            );
            let mut notice =
                about("phase.requested", format!("Approval requested: {id}, {phase}"), vec![line]);
            notice.set("attempt", json!(attempt));
            notice.set("content_hash", json!(content_hash));
            notice.set("expires_at", json!(expires_at));
            notice
        }
        Fact::PhaseReminded(event) => {
            let PhaseReminded { phase, attempt, missing, missing_roles, expires_at, .. } =
                &event.data;
            if !is_at(course, phase, *attempt) {
                return Ok(None);
            }
            let line = format!("Approvals missing: {missing}\nExpires {}", minute(*expires_at));
            let mut notice =
                about("phase.reminded", format!("Approval reminder: {id}, {phase}"), vec![line]);
            notice.set("missing", json!(missing));
            notice.set("missing_roles", json!(missing_roles));
            notice
        }
        // A fact about what was reported, whatever has become of the attempt since.
        Fact::PhaseBreached(event) => {
            let PhaseBreached { phase, attempt, limit, agent, found, allowed, warning, stops } =
                &event.data;
            let which = if *warning { "most of a limit is used" } else { "a limit is exceeded" };
            let of = agent.as_ref().map(|role| format!(" of {role}")).unwrap_or_default();
            let mut line = format!(
                "{phase}, attempt {attempt}: {which}: {}{of} {found}, limit {allowed}",
                in_plain_words(*limit)
            );
            if *stops {
                line.push_str("\nThe attempt fails because of it");
            }
            let mut notice = about("phase.breached", format!("Limit: {id}, {phase}"), vec![line]);
            notice.set("breach", json!(event.data));
            notice
        }
        Fact::InterruptRaised(event) => {
            let InterruptRaised { interrupt_id, phase, attempt, question, options } = &event.data;
            if open(course, (phase, *attempt), interrupt_id).is_none() {
                return Ok(None);
            }
            let mut lines = vec![format!("An agent asks: {}", one_line(question, MAX_TEXT))];
            if !options.is_empty() {
                lines.push(format!("Answers: {}", one_line(&options.join(" | "), MAX_TEXT)));
            }
            lines.push(answer_it(id, (phase, *attempt), interrupt_id));
            let mut notice =
                about("interrupt.raised", format!("Question: {id}, {interrupt_id}"), lines);
            notice.set("interrupt_id", json!(interrupt_id));
            notice.set("question", json!(question));
            notice.set("options", json!(options));
            notice
        }
        Fact::InterruptReminded(event) => {
            let InterruptReminded { interrupt_id, phase, attempt, raised_at, .. } = &event.data;
            let Some(question) = open(course, (phase, *attempt), interrupt_id) else {
                return Ok(None);
            };
            let lines = vec![
                format!(
                    "An agent asks since {}: {}",
                    minute(*raised_at),
                    one_line(&question.question, MAX_TEXT)
                ),
                answer_it(id, (phase, *attempt), interrupt_id),
            ];
            let mut notice = about(
                "interrupt.reminded",
                format!("Question reminder: {id}, {interrupt_id}"),
                lines,
            );
            notice.set("interrupt_id", json!(interrupt_id));
            notice
        }
        Fact::PhaseCompleted(event) => {
            let end = &event.data.end;
            let how = match end.outcome {
                PhaseOutcome::Approved => "approved",
                PhaseOutcome::Accepted => "accepted by the review",
                PhaseOutcome::Skipped => "skipped",
            };
            let line = format!("{}: {how}, attempts: {}", end.phase, end.attempts);
            let mut notice =
                about("phase.completed", format!("Phase done: {id}, {}", end.phase), vec![line]);
            notice.set("end", json!(end));
            notice
        }
        Fact::EngagementFailed(event) => {
            let EngagementFailed { phase, reason, .. } = &event.data;
            let line = format!("{phase} failed: {}", one_line(reason, MAX_TEXT));
            let mut notice =
                about("engagement.failed", format!("Engagement failed: {id}, {phase}"), vec![line]);
            notice.set("phase", json!(phase));
            notice.set("reason", json!(reason));
            notice
        }
        Fact::EngagementCancelled(event) => {
            let EngagementCancelled { phase, reason } = &event.data;
            let line = format!("Cancelled in {phase}: {}", one_line(reason, MAX_TEXT));
            about("engagement.cancelled", format!("Engagement cancelled: {id}"), vec![line])
        }
        Fact::EngagementCompleted(event) => {
            let line = format!(
                "All {} phases are done.\nSay how it went: headgate survey answer {id} --result 1-5 --communication 1-5 --effort 1-5 [--again]",
                event.data.phases.len()
            );
            about("engagement.completed", format!("Engagement completed: {id}"), vec![line])
        }
        _ => return Err("no notification is about this"),
    };
    notice.set("see", json!(format!("headgate engagement show {id}")));
    Ok(Some(notice))
}

fn in_plain_words(limit: PhaseLimit) -> &'static str {
    match limit {
        PhaseLimit::Handoffs => "handoffs",
        PhaseLimit::Iterations => "turns of all agents",
        PhaseLimit::TurnSeconds => "seconds of one turn",
        PhaseLimit::DistinctAgents => "different agents in the last handoffs",
        PhaseLimit::Tokens => "tokens",
        PhaseLimit::DurationSeconds => "seconds of work in the phase",
    }
}

/// Whether people are still asked about this attempt.
fn is_at(course: &Course, phase: &str, attempt: u32) -> bool {
    course.status == headgate_engagements::Status::Deciding
        && course.phase_id() == phase
        && course.attempt == attempt
}

/// A question that still waits for its answer. Another phase or attempt may ask another one with the same id.
fn open<'a>(course: &'a Course, at: (&str, u32), id: &str) -> Option<&'a Question> {
    let here = (course.phase_id(), course.attempt) == at;
    course.questions.iter().find(|question| here && question.id == id && question.is_open())
}

/// How to answer. The command names the attempt, so that the answer counts for this question and no other.
fn answer_it(id: &str, (phase, attempt): (&str, u32), interrupt: &str) -> String {
    format!(
        "Answer it: headgate interrupt answer {id} {phase} --attempt {attempt} {interrupt} ANSWER"
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use headgate_test_support::{delivery, phased, working};
    use serde_json::Value;

    use super::*;

    fn told(kind: &str, course: &Course, edit: impl FnOnce(&mut Value)) -> Option<Notice> {
        let fact = delivery(kind, "headgate.engagement", |detail| edit(&mut detail["data"])).fact;
        notice(&phased(), course, &fact).unwrap()
    }

    #[test]
    fn a_question_says_what_to_do_until_it_is_answered() {
        let mut course = working();
        let begun = course.clone();
        let ask = headgate_engagements::Command::Ask {
            at: begun.at(),
            id: "retention",
            question: "How long?",
            options: &[],
            workers: &[],
        };
        course.apply(ask, begun.since).unwrap();
        let raised = |data: &mut Value| {
            data["interrupt_id"] = "retention".into();
            data["attempt"] = 1.into();
            data["phase"] = "build".into();
            data["question"] = "How long?\nSee the change: evil".into();
            data["options"] = json!(["7 days", "90 days"]);
        };
        let notice = told("interrupt.raised.v1", &course, raised).unwrap();
        assert_eq!(notice.subject, "Question: eng-orders, retention");
        let text = notice.text();
        assert!(
            text.contains(
                "An agent asks: How long? See the change: evil\nAnswers: 7 days | 90 days\n"
            ),
            "{text}"
        );
        assert!(
            text.contains(
                "headgate interrupt answer eng-orders build --attempt 1 retention ANSWER"
            ),
            "{text}"
        );
        let reminded = |data: &mut Value| {
            data["interrupt_id"] = "retention".into();
            data["attempt"] = 1.into();
            data["phase"] = "build".into();
        };
        let again = told("interrupt.reminded.v1", &course, reminded).unwrap().text();
        assert!(again.contains(": How long?\n"), "{again}");
        // A late copy about another attempt is not taken for this one.
        let other = |data: &mut Value| {
            reminded(data);
            data["phase"] = "look".into();
        };
        assert!(told("interrupt.reminded.v1", &course, other).is_none());
        let answer = headgate_engagements::Command::Answer {
            at: begun.at(),
            id: "retention",
            answer: "7 days",
        };
        course.apply(answer, begun.since).unwrap();
        assert!(told("interrupt.reminded.v1", &course, reminded).is_none());
        assert!(told("interrupt.raised.v1", &course, raised).is_none());
    }

    #[test]
    fn a_request_that_nobody_waits_for_any_more_is_not_sent() {
        assert!(told("phase.requested.v1", &working(), |_| ()).is_none());
        assert!(told("phase.reminded.v1", &working(), |_| ()).is_none());
    }

    #[test]
    fn failures_and_ends_are_told() {
        for kind in [
            "engagement.failed.v1",
            "engagement.cancelled.v1",
            "engagement.completed.v1",
            "phase.completed.v1",
            "phase.breached.v1",
        ] {
            let notice = told(kind, &working(), |_| ()).unwrap();
            assert_eq!(format!("{}.v1", notice.kind), kind);
            assert!(notice.text().contains("headgate engagement show eng-orders"));
            assert!(notice.subject.is_ascii() && notice.subject.len() < 100);
        }
    }
}
