//! `headgate change submit` and `report`.

use std::path::Path;

use headgate_api_types::artifacts::{Upload, UploadRequest};
use headgate_api_types::changes::{Change, ProposeRequest, Proposed, Reviewed};
use headgate_domain::canonical::sha256_hex;
use headgate_domain::content::{PLAN_FILE, SARIF, VALUES};
use headgate_domain::files::FILE_LIST;
use headgate_domain::plan::Plan;
use headgate_events::change::{executed_v1, proposed_v1, proposed_v2};
use headgate_events::{
    Actor, ActorKind, Agent, Artifact, ChangeId, Dossier, EngagementId, Event, Outgoing, Payload,
    PrincipalId, Rollout,
};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;

use super::read;
use crate::api::Api;
use crate::args::{Global, LaneArg, Report, Submit};
use crate::config::Config;
use crate::fail::Failure;
use crate::folder::Folder;
use crate::input::{self, Problems};
use crate::{aws, output, scans, values};

/// The dossier file that a person writes: all fields except the artifacts.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Written {
    why: String,
    affected_systems: Vec<String>,
    blast_radius: String,
    rollback: String,
    monthly_cost_delta_cents: Option<i64>,
    owner: PrincipalId,
    fallback_owner: PrincipalId,
    rollout: Rollout,
}

/// The bytes of a file, and their media type.
type File = (Vec<u8>, &'static str);

fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|e| e.to_str()) {
        Some("json") => "application/json",
        Some("txt" | "log" | "md") => "text/plain",
        _ => "application/octet-stream",
    }
}

pub(super) fn submit(config: &Config, global: &Global, args: &Submit) -> Result<(), Failure> {
    let (written, files) = inputs(args)?;
    let uploaded = args.scan_artifact.iter().map(|path| scans::artifact(path));
    let uploaded = uploaded.collect::<Result<Vec<_>, _>>()?;
    let mut artifacts = if args.bus {
        aws::upload(config, &args.agent.clone().unwrap_or_default(), files)?
    } else {
        let api = Api::connect(config, global)?;
        files.iter().map(|f| upload(&api, f)).collect::<Result<_, _>>()?
    };
    let plan = artifacts.remove(0);
    artifacts.extend(uploaded);
    let Written {
        why,
        affected_systems,
        blast_radius,
        rollback,
        monthly_cost_delta_cents,
        owner,
        fallback_owner,
        rollout,
    } = written;
    let dossier = Dossier {
        why,
        affected_systems,
        plan,
        evidence: artifacts,
        blast_radius,
        rollback,
        monthly_cost_delta_cents,
        owner,
        fallback_owner,
        rollout,
    };
    let proposed = proposed_v2::ChangeProposed {
        engagement_id: args.engagement.clone(),
        revision: args.revision,
        environment: args.environment.clone(),
        account: args.account.clone(),
        region: args.region.clone(),
        lane: args.lane.into(),
        agent: args.agent.clone().map(|id| Agent {
            id,
            model: args.model.clone(),
            human_owner: args.human_owner.clone(),
        }),
        dossier,
    };
    let event_id = if args.bus {
        put_on_bus(config, args, proposed)?
    } else {
        let body = ProposeRequest { change_id: args.change.clone(), proposed };
        Api::connect(config, global)?.post::<Proposed>("/v1/changes", &body)?.value.event_id
    };
    if global.json {
        let change_id = args.change.clone();
        output::json(&Proposed { change_id, revision: args.revision, event_id });
    } else {
        output::line(format!(
            "proposed {} revision {}; follow it with `headgate change watch {}`",
            args.change, args.revision, args.change
        ));
    }
    Ok(())
}

/// Reads all files. Reports every problem at once, so that one run shows all that must be fixed.
fn inputs(args: &Submit) -> Result<(Written, Vec<File>), Failure> {
    let mut problems = Problems::default();
    let written = problems
        .keep(read(&args.dossier))
        .and_then(|bytes| problems.keep(input::json::<Written>(&args.dossier, &bytes)));
    let (mut files, mut logs) = (Vec::new(), Vec::new());
    if let Some(plan) = problems.keep(read(&args.plan)) {
        let parsed = Plan::parse(&plan);
        let unreadable = |e| Failure::Usage(format!("{}: {e}", args.plan.display()));
        problems.keep(parsed.map_err(unreadable));
        let (dir, sha256) = (args.dir.clone().unwrap_or_else(|| ".".into()), sha256_hex(&plan));
        for log in &args.scan {
            logs.extend(
                problems.keep(scans::read(log, &sha256, &dir)).map(|(log, _)| (log, SARIF)),
            );
        }
        files.push((plan, "application/json"));
    }
    let others = args.plan_file.iter().map(|path| (path, PLAN_FILE));
    let others = others.chain(args.evidence.iter().map(|path| (path, media_type(path))));
    for (path, media_type) in others {
        files.extend(problems.keep(read(path)).map(|bytes| (bytes, media_type)));
    }
    if args.plan_file.is_none() && args.lane == LaneArg::Execute {
        problems.keep::<()>(Err(Failure::Usage(
            "the execute lane requires the plan file: --plan-file PLANFILE, from `terraform plan -out PLANFILE`".into(),
        )));
    }
    if args.plan_file.is_some() {
        let list = problems.keep(local_files(args));
        files.extend(list.map(|bytes| (bytes, FILE_LIST)));
    }
    files.extend(logs);
    let dir = args.dir.clone().unwrap_or_else(|| ".".into());
    for file in values::files(&dir, &args.var_file, &mut problems) {
        let json = serde_json::to_vec(&file).map_err(Failure::usage);
        files.extend(problems.keep(json).map(|json| (json, VALUES)));
    }
    problems.none(written.map(|written| (written, files)))
}

/// The list of the local files that the apply may read, as JSON. The inputs of this command are not among them.
fn local_files(args: &Submit) -> Result<Vec<u8>, Failure> {
    let folder = Folder::at(args.dir.as_deref(), args.root.as_deref())?;
    let inputs = [&args.dossier, &args.plan].into_iter().chain(&args.plan_file);
    let excluded: Vec<_> = inputs
        .chain(&args.evidence)
        .chain(&args.scan)
        .chain(&args.scan_artifact)
        .chain(&args.exclude)
        .cloned()
        .collect();
    serde_json::to_vec(&folder.list(&excluded)?).map_err(Failure::usage)
}

/// Uploads bytes as an artifact to a presigned URL from the API.
pub(super) fn upload(
    api: &Api,
    (bytes, media_type): &(Vec<u8>, &str),
) -> Result<Artifact, Failure> {
    let (sha256, media_type) = (sha256_hex(bytes), (*media_type).to_owned());
    let request = UploadRequest { sha256: sha256.clone(), media_type: media_type.clone() };
    let Upload { uri, url, headers, .. } = api.post("/v1/artifacts", &request)?.value;
    api.put(&url, &headers, bytes)?;
    Ok(Artifact { uri, sha256, bytes: bytes.len() as u64, media_type })
}

fn put_on_bus(
    config: &Config,
    args: &Submit,
    proposed: proposed_v2::ChangeProposed,
) -> Result<String, Failure> {
    let agent = &args.agent.clone().unwrap_or_default();
    let owner = args.human_owner.clone();
    let event = if args.event_version == 1 {
        let proposed_v2::ChangeProposed {
            engagement_id,
            revision,
            environment,
            account,
            region,
            lane,
            agent: by,
            dossier,
        } = proposed;
        let data = proposed_v1::ChangeProposed {
            engagement_id,
            revision,
            environment,
            account,
            region,
            lane,
            agent: by.map(|Agent { id, model, human_owner: _ }| proposed_v1::AgentV1 { id, model }),
            dossier,
        };
        outside(agent, None, &args.change, &args.engagement, data)?
    } else {
        outside(agent, owner, &args.change, &args.engagement, proposed)?
    };
    let id = event.id.clone();
    aws::publish(config, event)?;
    Ok(id)
}

/// An event that the agent itself puts on the bus.
fn outside<T: Payload>(
    agent: &PrincipalId,
    owner: Option<PrincipalId>,
    change: &ChangeId,
    engagement: &EngagementId,
    data: T,
) -> Result<Outgoing, Failure> {
    let id = uuid::Uuid::new_v4().to_string();
    let actor = Actor { kind: ActorKind::Agent, id: agent.clone(), on_behalf_of: owner };
    let source = format!("agent.{agent}");
    let now = jiff::Timestamp::now();
    Event::new(id, &source, change.as_str(), now, engagement, actor, data)
        .outgoing()
        .map_err(Failure::usage)
}

pub(super) fn report(config: &Config, global: &Global, args: Report) -> Result<(), Failure> {
    let path = format!("/v1/changes/{}", args.change);
    let shown = Api::connect(config, global)?.get::<Change<Reviewed>>(&path)?.value.change;
    let data = executed_v1::ChangeExecuted {
        revision: shown.revision,
        content_hash: shown.content_hash.unwrap_or_default(),
        permit_id: args.permit,
        outcome: if args.failed {
            executed_v1::ExecutionOutcome::Failed
        } else {
            executed_v1::ExecutionOutcome::Succeeded
        },
        verification: args.verification,
        duration_ms: args.duration_ms,
    };
    let event = outside(&args.agent, None, &args.change, &shown.engagement_id, data)?;
    let id = event.id.clone();
    aws::publish(config, event)?;
    if global.json {
        output::json(&json!({ "change_id": args.change, "event_id": id }));
    } else {
        output::line(format!("reported the apply of {}", args.change));
    }
    Ok(())
}
