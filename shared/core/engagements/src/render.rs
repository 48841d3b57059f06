//! `plan.md` and `status.md` of an engagement, for people.

use headgate_domain::approval::Approval;
use headgate_domain::engagement::Engagement;
use headgate_domain::text::one_line;
use headgate_events::CriterionState;
use headgate_events::latest::PhaseOutcome;
use jiff::Timestamp;

use crate::course::Course;
use crate::kind::{Criteria, Phase};
use crate::review::PhaseReview;
use crate::state::Status;

/// Longest text in a line, in bytes.
const MAX_LINE: usize = 1_000;

/// What was agreed, and the phases, as Markdown.
#[must_use]
pub fn plan_md(engagement: &Engagement, phases: &[Phase]) -> String {
    let Engagement { engagement_id, kind, goal, owner, environment, members, .. } = engagement;
    let mut text = format!("# Plan of {engagement_id}\n\n{}\n", line(goal));
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

/// Where an engagement is and what it waits for, as Markdown.
#[must_use]
pub fn status_md(
    engagement: &Engagement,
    course: Option<&Course>,
    review: Option<&PhaseReview>,
    approval: Option<&Approval>,
) -> String {
    let mut text = format!("# Status of {}\n\n", engagement.engagement_id);
    let Some(course) = course else {
        text.push_str("This engagement has no phases. Changes can be proposed for it.\n");
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
            .map(|q| format!("{} (since {}): {}", q.id, minute(q.raised_at), line(&q.question))),
    );
    section(&mut text, "Sent back with", course.feedback.iter().map(|entry| line(entry)));
    let usage = course.usage.agents.iter();
    section(
        &mut text,
        "Work of this attempt",
        usage.map(|(role, used)| format!("{role}: {} tokens, {} turns", used.tokens, used.turns)),
    );
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
                .map(|f| format!("{} ({}): {}", f.rule, f.resource, line(&f.message))),
        );
    }
    text
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
        return format!("{title}: {how} in {} s, attempts: {}", end.seconds, end.attempts);
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

fn line(text: &str) -> String {
    one_line(text, MAX_LINE)
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
