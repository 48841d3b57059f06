//! `headgate engagement show`, `plan`, `status`, `deliverables` and `template`.

use headgate_api_types::engagements::{LedgerEntry, Shown, TaskLedger};
use headgate_engagements::{Status, TEMPLATES, plan_md, status_md};
use headgate_events::EngagementId;

use super::Caller;
use crate::fail::Failure;
use crate::{output, seen};

pub(super) fn show(caller: &Caller<'_>, id: &EngagementId) -> Result<(), Failure> {
    let shown = caller.api.get::<Shown>(&format!("/v1/engagements/{id}"))?;
    let Shown { engagement, course, review, approval } = &shown.value;
    if caller.global.json {
        output::json(&shown.json);
        return remember(caller, &shown.value);
    }
    let mut rows = Vec::new();
    let mut add = |name: &str, value: String| rows.push(vec![name.to_owned(), value]);
    add("engagement", engagement.engagement_id.to_string());
    add("type", engagement.kind.clone());
    add("goal", engagement.goal.clone());
    add("owner", engagement.owner.to_string());
    add("environment", engagement.environment.clone());
    add("created", output::time(engagement.created_at));
    for criterion in &engagement.acceptance_criteria {
        add("done when", criterion.clone());
    }
    if let Some(approval) = approval {
        add("content", approval.content_hash.to_string());
    }
    output::table(&[], rows);
    if course.is_some() {
        let judged = (review.as_ref(), approval.as_ref());
        // A ledger that cannot be read must not keep people from voting.
        let noted = ledger(caller, id).unwrap_or_else(|failure| {
            failure.warn();
            Vec::new()
        });
        let status = status_md(engagement, course.as_ref(), judged, &noted);
        output::line(format!("\n{}", status.trim_end()));
    }
    if course.as_ref().is_some_and(|course| course.status == Status::Deciding) {
        let read = format!("headgate engagement deliverables {id} --to FOLDER");
        output::line(format!("\nRead what was handed in before you vote: {read}"));
    }
    remember(caller, &shown.value)
}

/// Remembers what was shown, once all of it was: a vote without `--hash` is about nothing else.
fn remember(caller: &Caller<'_>, shown: &Shown) -> Result<(), Failure> {
    let deciding = shown.course.as_ref().is_some_and(|course| course.status == Status::Deciding);
    if let Some(approval) = shown.approval.as_ref().filter(|_| deciding) {
        let who = (caller.config, &caller.api.subject()?);
        seen::remember(who, &approval.change_id, &approval.content_hash);
    }
    Ok(())
}

pub(super) fn plan(caller: &Caller<'_>, id: &EngagementId) -> Result<(), Failure> {
    let shown = caller.read(id)?;
    let phases = shown.course.map(|course| course.phases).unwrap_or_default();
    print(caller, &plan_md(&shown.engagement, &phases));
    Ok(())
}

pub(super) fn status(caller: &Caller<'_>, id: &EngagementId) -> Result<(), Failure> {
    let Shown { engagement, course, review, approval } = caller.read(id)?;
    let judged = (review.as_ref(), approval.as_ref());
    print(caller, &status_md(&engagement, course.as_ref(), judged, &ledger(caller, id)?));
    Ok(())
}

fn ledger(caller: &Caller<'_>, id: &EngagementId) -> Result<Vec<LedgerEntry>, Failure> {
    let path = format!("/v1/engagements/{id}/ledger");
    Ok(caller.api.get::<TaskLedger>(&path)?.value.entries)
}

fn print(caller: &Caller<'_>, markdown: &str) {
    if caller.global.json {
        output::json(&serde_json::json!({ "markdown": markdown }));
    } else {
        output::line(markdown.trim_end());
    }
}

/// Prints a template, or their names.
pub(super) fn template(name: Option<&str>) -> Result<(), Failure> {
    let names = || TEMPLATES.iter().map(|(name, _)| *name).collect::<Vec<_>>();
    let Some(name) = name else {
        names().iter().for_each(output::line);
        return Ok(());
    };
    match headgate_engagements::template(name) {
        Some(text) => output::line(text.trim_end()),
        None => {
            let known = names().join(", ");
            return Err(Failure::Usage(format!("no template `{name}`; use one of: {known}")));
        }
    }
    Ok(())
}
