//! `plan.md` and `status.md` of an engagement, for people.

use headgate_domain::approval::Approval;
use headgate_domain::engagement::Engagement;
use headgate_domain::text::one_line;
use headgate_events::latest::{LedgerSection, PhaseEnd, PhaseOutcome};
use headgate_events::{Artifact, CriterionState};
use jiff::Timestamp;

use crate::course::Course;
use crate::journal::Entry;
use crate::kind::{Criteria, Phase};
use crate::review::PhaseReview;
use crate::state::Status;
use crate::submission::Submission;

/// Longest text in a line, in bytes.
const MAX_LINE: usize = 1_000;

/// What was agreed, and the phases, as Markdown.
#[must_use]
pub fn plan_md(engagement: &Engagement, phases: &[Phase]) -> String {
    let Engagement { engagement_id, kind, goal, owner, environment, members, .. } = engagement;
    let mut text = format!("# Plan of {engagement_id}\n\nGoal: {}\n", line(goal));
    let about = format!("\nOwner {owner}, environment {environment}, type {kind}.\n");
    text.push_str(&about);
    section(&mut text, "Acceptance criteria", {
        let criteria = engagement.acceptance_criteria.iter().enumerate();
        criteria.map(|(nth, criterion)| format!("ac-{}: {}", nth + 1, line(criterion)))
    });
    for (title, entries) in engagement.scope.lists() {
        section(&mut text, title, entries.iter().map(|entry| line(entry)));
    }
    section(&mut text, "Phases", phases.iter().map(of_phase));
    section(&mut text, "Members", members.iter().map(|(role, who)| format!("{role}: {who}")));
    section(&mut text, "Readers", engagement.readers.iter().map(ToString::to_string));
    let read_from = |d: &Artifact| format!("{}, SHA-256 {}", line(&d.uri), line(&d.sha256));
    section(&mut text, "Statement of work", engagement.document.iter().map(read_from));
    text
}

fn of_phase(Phase { title, members, limits, deliverables, criteria, gate, .. }: &Phase) -> String {
    let mut parts = vec![format!("{title}: {}", members.join(", "))];
    parts.push(format!("up to {} s", limits.timeout_seconds));
    if !deliverables.is_empty() {
        parts.push(format!("deliverables {}", deliverables.join(", ")));
    }
    match criteria {
        Criteria::Ignored => {}
        Criteria::Reported => parts.push("says of each criterion whether it is met".to_owned()),
        Criteria::Met => parts.push("meets every criterion".to_owned()),
    }
    let decides = match gate {
        Some(gate) => format!("the result {}", headgate_domain::approval::in_words(gate)),
        None => "the review decides".to_owned(),
    };
    parts.push(decides);
    parts.join("; ")
}

/// Where an engagement is, what it waits for, and what stands in its task ledger, as Markdown.
#[must_use]
pub fn status_md(
    engagement: &Engagement,
    course: Option<&Course>,
    (review, approval): (Option<&PhaseReview>, Option<&Approval>),
    ledger: &[Entry],
) -> String {
    let mut text = format!("# Status of {}\n\n", engagement.engagement_id);
    let Some(course) = course else {
        text.push_str("This engagement has no phases. Changes can be proposed for it.\n");
        noted(&mut text, ledger);
        return text;
    };
    text.push_str(&format!("{}\n", waits_for(course, approval)));
    let phases = course.phases.iter().enumerate();
    section(&mut text, "Phases", phases.map(|(nth, phase)| phase_line(course, nth, phase)));
    let questions = course.questions.iter().filter(|question| question.is_open());
    section(
        &mut text,
        "Open questions",
        questions
            .map(|q| format!("{} (since {}): {}", q.id, minute(q.raised_at), whole(&q.question))),
    );
    section(&mut text, "Sent back with", course.feedback.iter().map(|entry| line(entry)));
    let usage = course.usage.agents.iter();
    section(
        &mut text,
        "Work of this attempt",
        usage.map(|(role, used)| format!("{role}: {} tokens, {} turns", used.tokens, used.turns)),
    );
    if let Some(result) = &course.submission {
        handed_in(&mut text, result);
    }
    noted(&mut text, ledger);
    if let Some(review) = review {
        section(
            &mut text,
            "Acceptance criteria",
            review
                .criteria
                .iter()
                .map(|c| format!("{} {}: {}", c.id, word(c.state), line(&c.text))),
        );
        section(
            &mut text,
            "Findings",
            review
                .findings
                .iter()
                .map(|f| format!("{} ({}): {}", f.rule, line(&f.resource), line(&f.message))),
        );
    }
    text
}

/// The result of the attempt: what people are asked to decide on.
fn handed_in(text: &mut String, result: &Submission) {
    section(text, "Result", [whole(&result.summary)].into_iter());
    let made = result.deliverables.iter().map(|made| {
        let template = made.template.as_ref().map(|name| format!(" ({})", line(name)));
        let artifact = &made.artifact;
        let (digest, bytes) = (line(&artifact.sha256), artifact.bytes);
        format!(
            "{}{}: {bytes} bytes, SHA-256 {digest}",
            line(&made.name),
            template.unwrap_or_default()
        )
    });
    section(text, "Handed in", made);
    let said = result.criteria.iter().map(|c| {
        let shown = c.evidence.iter().map(|name| line(name)).collect::<Vec<_>>().join(", ");
        format!("{}: {}, shown by {shown}: {}", line(&c.id), word(c.state), line(&c.note))
    });
    section(text, "What it says of the criteria", said);
}

/// What stands in the task ledger, except for what is done with.
fn noted(text: &mut String, ledger: &[Entry]) {
    use LedgerSection::{Assumptions, Blockers, Decisions, Deliverables, Facts};
    for (of, title) in [
        (Blockers, "Blockers"),
        (Decisions, "Decisions"),
        (Assumptions, "Assumptions"),
        (Facts, "Facts"),
        (Deliverables, "To hand over"),
    ] {
        let open = ledger.iter().map(|entry| &entry.noted).filter(|n| n.section == of && !n.closed);
        section(
            text,
            title,
            open.map(|n| {
                let scope = n.scope.as_ref().map(|scope| format!(" ({})", line(scope)));
                format!("{}{}: {}", n.name, scope.unwrap_or_default(), line(&n.text))
            }),
        );
    }
}

fn waits_for(course: &Course, approval: Option<&Approval>) -> String {
    let phase = course.phase().map_or("", |phase| phase.title.as_str());
    let attempt = course.attempt;
    let until = minute(course.deadline);
    match course.status {
        Status::Working if course.paused_at.is_some() => {
            format!("{phase}, attempt {attempt}: the agents wait for an answer.")
        }
        Status::Working => format!("{phase}, attempt {attempt}: agents work until {until}."),
        Status::Reviewing => format!("{phase}, attempt {attempt}: the result is being reviewed."),
        Status::Deciding => {
            let missing = approval.map(|a| match (a.outcome, a.missing(), a.missing_roles()) {
                (Some(outcome), _, _) => format!("decided: {}", outcome.name()),
                (None, missing, roles) if roles.is_empty() => {
                    format!("approvals missing: {missing}")
                }
                (None, missing, roles) => {
                    format!("approvals missing: {missing}; roles missing: {}", roles.join(", "))
                }
            });
            let missing = missing.unwrap_or_else(|| "people decide".to_owned());
            format!("{phase}, attempt {attempt}: {missing}, until {until}.")
        }
        Status::Failed => {
            let why = course.stopped.as_ref().map_or("", |stopped| stopped.reason.as_str());
            format!(
                "{phase}, attempt {attempt}: failed, {}. A person resumes, skips or cancels it until {until}.",
                line(why)
            )
        }
        Status::Completed => "Completed.".to_owned(),
        Status::Cancelled => {
            let why = course.stopped.as_ref().map_or("", |stopped| stopped.reason.as_str());
            format!("Cancelled: {}.", line(why))
        }
    }
}

fn phase_line(course: &Course, nth: usize, phase: &Phase) -> String {
    let title = &phase.title;
    if let Some(end) = course.ended.get(nth) {
        let how = match end.outcome {
            PhaseOutcome::Approved => "approved",
            PhaseOutcome::Accepted => "accepted",
            PhaseOutcome::Skipped => "skipped",
        };
        let PhaseEnd { seconds, attempts, tokens, .. } = end;
        return format!("{title}: {how} in {seconds} s, attempts: {attempts}, tokens: {tokens}");
    }
    if nth == course.current && !course.status.is_final() {
        return format!("{title}: {}", course.status.name());
    }
    format!("{title}: not begun")
}

fn section(text: &mut String, title: &str, entries: impl Iterator<Item = String>) {
    let mut entries = entries.peekable();
    if entries.peek().is_none() {
        return;
    }
    text.push_str(&format!("\n## {title}\n\n"));
    for entry in entries {
        text.push_str(&format!("- {entry}\n"));
    }
}

/// On one line. What is cut says so.
fn line(text: &str) -> String {
    let cut = literal(&one_line(text, MAX_LINE));
    if text.len() > MAX_LINE { format!("{cut} … (cut)") } else { cut }
}

/// On one line, and all of it: people decide on it.
fn whole(text: &str) -> String {
    literal(&one_line(text, usize::MAX))
}

/// What would begin a heading, a quote, a table, a block of code or a comment in Markdown is text.
fn literal(text: &str) -> String {
    let begins = text.starts_with(['#', '>', '|', '=', '~', '`']);
    let text = text.replace("<!--", "<! --").replace("```", "'''").replace("~~~", "~ ~ ~");
    if begins { format!("\\{text}") } else { text }
}

fn minute(at: Timestamp) -> String {
    at.strftime("%F %T UTC").to_string()
}

fn word(state: CriterionState) -> &'static str {
    match state {
        CriterionState::Met => "met",
        CriterionState::NotMet => "not met",
        CriterionState::Unverified => "unverified",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::*;
    use crate::{Command, Kinds};

    fn engagement() -> Engagement {
        serde_json::from_value(json!({
            "engagement_id": "eng-1", "type": "delivery", "goal": "Orders survive\na crash.", "owner": "dana",
            "acceptance_criteria": ["No order is lost."], "environment": "prod", "members": { "pm": "pm-bot" },
            "scope": { "constraints": ["50 USD\n## Phases"], "wont_do": ["The shop."] }, "created_at": "2026-11-02T09:00:00Z",
        }))
        .unwrap()
    }

    fn begun() -> Course {
        let kinds = Kinds::default();
        let phases = kinds.phases("delivery").unwrap();
        Course::begin(&engagement(), phases, "2026-11-02T09:00:00Z".parse().unwrap()).unwrap().0
    }

    #[test]
    fn texts_of_others_begin_nothing_in_markdown() {
        for (text, wanted) in [
            ("## Phases", "\\## Phases"),
            ("> quote", "\\> quote"),
            ("a <!-- b", "a <! -- b"),
            ("a ``` b", "a ''' b"),
            ("50 USD", "50 USD"),
        ] {
            assert_eq!((line(text).as_str(), whole(text).as_str()), (wanted, wanted));
        }
    }

    #[test]
    fn the_plan_has_everything_that_was_agreed_and_nobody_can_add_a_heading() {
        let kinds = Kinds::default();
        let text = plan_md(&engagement(), kinds.phases("delivery").unwrap());
        for part in [
            "# Plan of eng-1\n\nGoal: Orders survive a crash.\n",
            "## Acceptance criteria\n\n- ac-1: No order is lost.\n",
            "## Constraints\n\n- 50 USD ## Phases\n",
            "## Won't do\n\n- The shop.\n",
            "- Discovery: pm, sa; up to 900 s; deliverables project_plan, phase_summary; the result requires 1 approval",
            "## Members\n\n- pm: pm-bot\n",
        ] {
            assert!(text.contains(part), "{part}\n{text}");
        }
        assert_eq!(text.matches("\n## Phases\n").count(), 1);
    }

    #[test]
    fn the_status_says_what_is_waited_for() {
        let mut course = begun();
        let entry: Entry = serde_json::from_value(json!({
            "section": "blockers", "name": "access", "version": 1, "text": "No account.", "scope": null, "closed": false,
            "author": "pm-bot", "at": "2026-11-02T09:00:00Z",
        }))
        .unwrap();
        let mut gone = entry.clone();
        gone.noted.closed = true;
        gone.noted.name = "gone".to_owned();
        let shown = |course: &Course| {
            status_md(&engagement(), Some(course), (None, None), &[entry.clone(), gone.clone()])
        };
        let text = shown(&course);
        assert!(
            text.contains("Discovery, attempt 1: agents work until 2026-11-02 09:15:00 UTC."),
            "{text}"
        );
        assert!(text.contains("- Discovery: working\n- Architecture: not begun\n"), "{text}");
        assert!(
            text.contains("## Blockers\n\n- access: No account.\n") && !text.contains("gone"),
            "{text}"
        );
        let now = course.since;
        let at = course.clone();
        let ask = Command::Ask {
            at: at.at(),
            id: "q",
            question: "How\nlong?",
            options: &[],
            workers: &[],
        };
        course.apply(ask, now).unwrap();
        let text = shown(&course);
        assert!(
            text.contains("the agents wait for an answer") && text.contains(": How long?\n"),
            "{text}"
        );
        course.apply(Command::Skip { at: at.at(), reason: "known" }, now).unwrap();
        let text = shown(&course);
        assert!(
            text.contains(
                "- Discovery: skipped in 0 s, attempts: 1, tokens: 0\n- Architecture: working"
            ),
            "{text}"
        );
        course.apply(Command::Cancel { reason: "over" }, now).unwrap();
        assert!(shown(&course).contains("Cancelled: over."), "{}", shown(&course));
        let none = status_md(&engagement(), None, (None, None), &[]);
        assert!(none.contains("has no phases"));
    }
}
