//! `headgate change show` and `list`.

use headgate_api_types::changes::{Change, Changes};
use headgate_domain::approval::in_words;
use headgate_domain::plan::Summary;
use headgate_events::{ChangeId, Finding, Ratings, Vote};

use crate::api::Api;
use crate::args::Global;
use crate::config::Config;
use crate::fail::Failure;
use crate::output::{self, name, status};

pub(super) fn show(config: &Config, global: &Global, change: &ChangeId) -> Result<(), Failure> {
    let shown = Api::connect(config, global)?.get::<Change>(&format!("/v1/changes/{change}"))?;
    if global.json {
        output::json(&shown.json);
        return Ok(());
    }
    output::table(&["field", "value"], fields(&shown.value));
    let Change { review, approval, .. } = shown.value;
    if let Some(review) = review {
        if !review.findings.is_empty() {
            let rows = review.findings.iter().map(finding).collect();
            output::table(&["severity", "rule", "resource", "finding", "fix"], rows);
        }
        if let Some(archive) = review.archive {
            let uri = archive.uri;
            output::line(format!("only the first findings are shown; the full report is {uri}"));
        }
    }
    let votes: Vec<_> = approval.iter().flat_map(|a| &a.votes).map(vote).collect();
    if !votes.is_empty() {
        let header = ["voter", "on behalf of", "vote", "roles", "ratings", "time", "comment"];
        output::table(&header, votes);
    }
    Ok(())
}

fn fields(shown: &Change) -> Vec<Vec<String>> {
    let Change { change, proposed, review, approval } = shown;
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut add = |field: &str, value: String| rows.push(vec![field.to_owned(), value]);
    add("change", change.change_id.to_string());
    add("revision", change.revision.to_string());
    add("engagement", change.engagement_id.to_string());
    add("environment", change.environment.clone());
    add("lane", change.lane.name().to_owned());
    if let Some(dossier) = proposed.as_ref().map(|p| &p.dossier) {
        add("why", dossier.why.clone());
        add("blast radius", dossier.blast_radius.clone());
        add("rollback", dossier.rollback.clone());
        let cents = dossier.monthly_cost_delta_cents.map(|c| c.to_string());
        add("monthly cost change, US cents", cents.unwrap_or_default());
    }
    add("proposed by", change.proposer.id.to_string());
    add("content hash", change.content_hash.as_ref().map(ToString::to_string).unwrap_or_default());
    if let Some(approval) = approval {
        add("expires", output::time(approval.expires_at));
    }
    add("status", status(change.status.name()));
    if let Some(review) = review {
        let Summary { create, update, replace, delete, .. } = &review.summary;
        let counts = format!(
            "{create} to create, {update} to update, {replace} to replace, {delete} to delete"
        );
        add("plan", counts);
    }
    if let Some(approval) = approval {
        add("gate", in_words(&approval.gate));
        if approval.outcome.is_none() {
            add("approvals missing", approval.missing().to_string());
        }
    }
    rows
}

fn finding(finding: &Finding) -> Vec<String> {
    let Finding { rule, severity, resource, message, fix } = finding;
    vec![name(severity), rule.clone(), resource.clone(), message.clone(), fix.clone()]
}

fn vote(vote: &Vote) -> Vec<String> {
    let ratings = vote.ratings.map(|Ratings { quality, relevance, completeness }| {
        format!("quality {quality}, relevance {relevance}, completeness {completeness}")
    });
    vec![
        vote.principal.to_string(),
        vote.on_behalf_of.as_ref().map(ToString::to_string).unwrap_or_default(),
        name(&vote.vote),
        vote.roles.join(", "),
        ratings.unwrap_or_default(),
        output::time(vote.at),
        vote.comment.clone(),
    ]
}

pub(super) fn list(
    config: &Config,
    global: &Global,
    limit: u32,
    cursor: Option<String>,
) -> Result<(), Failure> {
    let cursor = cursor.map(|c| format!("&cursor={c}")).unwrap_or_default();
    let path = format!("/v1/changes?limit={limit}{cursor}");
    let found = Api::connect(config, global)?.get::<Changes>(&path)?;
    if global.json {
        output::json(&found.json);
        return Ok(());
    }
    let rows = found.value.changes.into_iter().map(|change| {
        vec![
            change.change_id.to_string(),
            change.revision.to_string(),
            change.environment,
            status(change.status.name()),
            change.proposer.id.to_string(),
            output::time(change.updated_at),
            change.why,
        ]
    });
    let header = ["change", "revision", "environment", "status", "by", "updated", "why"];
    output::table(&header, rows.collect());
    output::next_page(found.value.next_cursor.as_deref());
    Ok(())
}
