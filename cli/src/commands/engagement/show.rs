//! `headgate engagement show`, `plan`, `status`, `deliverables` and `template`.

use headgate_api_types::engagements::{Deliverables, Shown};
use headgate_engagements::{TEMPLATES, plan_md, status_md};
use headgate_events::EngagementId;

use super::Caller;
use crate::fail::Failure;
use crate::{output, seen};

pub(super) fn show(caller: &Caller<'_>, id: &EngagementId) -> Result<(), Failure> {
    let shown = caller.api.get::<Shown>(&format!("/v1/engagements/{id}"))?;
    let Shown { engagement, course, review, approval } = &shown.value;
    if let Some(approval) = approval {
        let who = (caller.config, &caller.api.subject()?);
        seen::remember(who, &approval.change_id, &approval.content_hash);
    }
    if caller.global.json {
        output::json(&shown.json);
        return Ok(());
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
        let status = status_md(engagement, course.as_ref(), review.as_ref(), approval.as_ref());
        output::line(format!("\n{}", status.trim_end()));
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
    print(caller, &status_md(&engagement, course.as_ref(), review.as_ref(), approval.as_ref()));
    Ok(())
}

fn print(caller: &Caller<'_>, markdown: &str) {
    if caller.global.json {
        output::json(&serde_json::json!({ "markdown": markdown }));
    } else {
        output::line(markdown.trim_end());
    }
}

pub(super) fn deliverables(caller: &Caller<'_>, id: &EngagementId) -> Result<(), Failure> {
    let found = caller.api.get::<Deliverables>(&format!("/v1/engagements/{id}/deliverables"))?;
    if caller.global.json {
        output::json(&found.json);
        return Ok(());
    }
    let mut rows = Vec::new();
    for result in found.value.results {
        for made in result.submission.deliverables {
            rows.push(vec![
                result.phase.clone(),
                result.attempt.to_string(),
                made.name,
                made.template.unwrap_or_default(),
                made.artifact.sha256,
            ]);
        }
    }
    output::table(&["phase", "attempt", "name", "template", "sha256"], rows);
    Ok(())
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
