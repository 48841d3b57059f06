//! `headgate change show` and `list`.

use headgate_api_types::changes::{Change, Changes};
use headgate_api_types::permits::Attestation;
use headgate_domain::approval::in_words;
use headgate_domain::content::file_list;
use headgate_domain::files::NamedFile;
use headgate_domain::plan::Summary;
use headgate_domain::state::PlannedState;
use headgate_events::{Artifact, ChangeId, EngagementId, Finding, Ratings, Vote};
use headgate_review::Report;

use crate::api::Api;
use crate::args::{Global, Page};
use crate::config::Config;
use crate::fail::Failure;
use crate::output::{self, Cell, name, status};
use crate::seen;

pub(super) fn show(config: &Config, global: &Global, change: &ChangeId) -> Result<(), Failure> {
    let api = Api::connect(config, global)?;
    let shown = api.get::<Change>(&format!("/v1/changes/{change}"))?;
    if global.json {
        output::json(&shown.json);
        return Ok(());
    }
    output::table(&["field", "value"], fields(&shown.value));
    let Change { change: head, proposed, review, approval } = shown.value;
    // Elsewhere executors use their own credentials.
    let gives = |review: &&Report| review.basis.environment.access.is_some();
    let access = review.as_ref().filter(gives).and_then(|review| review.access.clone());
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
    if let Some(access) = &access {
        super::access::print(access, true);
    }
    let plan = proposed.as_ref().map(|p| &p.dossier.plan);
    let whole = match plan {
        Some(plan) => super::plan::print(&api, change, (head.revision, &plan.sha256))?,
        None => false,
    };
    if let Some(list) = proposed.as_ref().and_then(|p| file_list(&p.dossier)) {
        let files = local_files(&api, change, list)?;
        output::table(&["local file", "bytes", "SHA-256"], files);
    }
    let votes: Vec<_> = approval.iter().flat_map(|a| &a.votes).map(vote).collect();
    if !votes.is_empty() {
        let header = ["voter", "on behalf of", "vote", "roles", "ratings", "time", "comment"];
        output::table(&header, votes);
    }
    // Last: `headgate approve` votes on what was shown completely.
    if let Some(hash) = head.content_hash.as_ref().filter(|_| whole) {
        seen::remember((config, &api.subject()?), change, hash);
    }
    Ok(())
}

/// The local files that the apply may read, as the dossier names them.
fn local_files(api: &Api, change: &ChangeId, list: &Artifact) -> Result<Vec<Vec<Cell>>, Failure> {
    let files = api.files(change, &list.sha256)?.files;
    let row = |(path, file): (String, NamedFile)| {
        vec![path.into(), file.bytes.to_string().into(), file.sha256.into()]
    };
    Ok(files.into_iter().map(row).collect())
}

/// Which state the plan changes.
fn state_in_words(state: &PlannedState) -> String {
    let PlannedState { backend, place, workspace, lineage, serial } = state;
    let place: Vec<_> = place.iter().map(|(name, value)| format!("{name} {value}")).collect();
    let version = match lineage.as_str() {
        "" => "an empty state".to_owned(),
        lineage => format!("serial {serial} of {lineage}"),
    };
    format!("{backend} ({}), workspace {workspace}, {version}", place.join(", "))
}

fn fields(shown: &Change) -> Vec<Vec<Cell>> {
    let Change { change, proposed, review, approval } = shown;
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut add = |field: &str, value: Cell| rows.push(vec![field.to_owned().into(), value]);
    add("change", change.change_id.to_string().into());
    add("revision", change.revision.to_string().into());
    add("engagement", change.engagement_id.to_string().into());
    add("environment", change.environment.clone().into());
    add("lane", change.lane.name().to_owned().into());
    if let Some(dossier) = proposed.as_ref().map(|p| &p.dossier) {
        add("why", dossier.why.clone().into());
        add("affected systems", dossier.affected_systems.join(", ").into());
        add("blast radius", dossier.blast_radius.clone().into());
        add("rollback", dossier.rollback.clone().into());
        let cents = dossier.monthly_cost_delta_cents.map(|c| c.to_string());
        add("monthly cost change, US cents", cents.unwrap_or_default().into());
        let steps = dossier.rollout.steps.join("; ");
        add("rollout", steps.into());
        let stops =
            dossier.rollout.thresholds.iter().map(|t| format!("{} at {}", t.metric, t.limit));
        add("rollout stops if", stops.collect::<Vec<_>>().join("; ").into());
        let evidence = dossier.evidence.iter();
        let evidence = evidence.map(|a| format!("{} ({} bytes, {})", a.uri, a.bytes, a.media_type));
        add("evidence", evidence.collect::<Vec<_>>().join("\n").into());
        let contacts = [dossier.owner.as_str(), dossier.fallback_owner.as_str()];
        add("contacts, as proposed", contacts.join(", ").into());
    }
    add("owner", change.owner.to_string().into());
    add("proposed by", change.proposer.id.to_string().into());
    add(
        "content hash",
        change.content_hash.as_ref().map(ToString::to_string).unwrap_or_default().into(),
    );
    if let Some(approval) = approval {
        add("expires", output::time(approval.expires_at).into());
    }
    add("status", status(change.status.name()));
    if let Some(state) = review.as_ref().and_then(|review| review.state.as_ref()) {
        add("Terraform state", state_in_words(state).into());
    }
    if let Some(review) = review {
        let Summary { create, update, replace, delete, .. } = &review.summary;
        let counts = format!(
            "{create} to create, {update} to update, {replace} to replace, {delete} to delete"
        );
        add("plan", counts.into());
    }
    if let Some(approval) = approval {
        add("gate", in_words(&approval.gate).into());
        if approval.outcome.is_none() {
            add("approvals missing", approval.missing().to_string().into());
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

/// The envelope goes to other tools, so nothing of it is changed.
pub(super) fn attestation(
    config: &Config,
    global: &Global,
    change: &ChangeId,
    out: Option<&std::path::Path>,
) -> Result<(), Failure> {
    let api = Api::connect(config, global)?;
    let envelope = api.get::<Attestation>(&format!("/v1/changes/{change}/attestation"))?.value;
    if super::write_or_print(&envelope, out)? && !global.json {
        output::line(
            "keep the answer of GET /v1/keys with it: keys are listed for an hour after their rotation",
        );
    }
    Ok(())
}

pub(super) fn list(
    config: &Config,
    global: &Global,
    engagement: Option<&EngagementId>,
    page: &Page,
) -> Result<(), Failure> {
    let of = engagement.map(|id| format!("&engagement={id}")).unwrap_or_default();
    let path = format!("/v1/changes?{}{of}", page.query());
    let found = Api::connect(config, global)?.get::<Changes>(&path)?;
    if global.json {
        output::json(&found.json);
        return Ok(());
    }
    let rows = found.value.changes.into_iter().map(|change| {
        vec![
            change.change_id.to_string().into(),
            change.revision.to_string().into(),
            change.environment.into(),
            status(change.status.name()),
            change.proposer.id.to_string().into(),
            output::time(change.updated_at).into(),
            change.why.into(),
        ]
    });
    let header = ["change", "revision", "environment", "status", "by", "updated", "why"];
    output::table(&header, rows.collect());
    output::next_page(found.value.next_cursor.as_deref());
    Ok(())
}
