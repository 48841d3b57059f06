//! `headgate change submit` and `report`.

use std::path::Path;

use headgate_domain::canonical::sha256_hex;
use headgate_domain::content::PLAN_FILE;
use headgate_domain::plan::Plan;
use headgate_events::change::{executed_v1, proposed_v1, proposed_v2};
use headgate_events::{
    Actor, ActorKind, Agent, Artifact, Dossier, Event, Outgoing, Payload, Rollout,
};
use serde::Deserialize;
use serde_json::json;

use super::read;
use crate::api::Api;
use crate::args::{Global, Report, Submit};
use crate::config::Config;
use crate::fail::Failure;
use crate::{aws, output};

/// The dossier file that a person writes: all fields except the artifacts.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    why: String,
    affected_systems: Vec<String>,
    blast_radius: String,
    rollback: String,
    monthly_cost_delta_cents: Option<i64>,
    owner: String,
    fallback_owner: String,
    rollout: Rollout,
}

fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|e| e.to_str()) {
        Some("json") => "application/json",
        Some("txt" | "log" | "md") => "text/plain",
        _ => "application/octet-stream",
    }
}

pub(super) fn submit(config: &Config, global: &Global, args: Submit) -> Result<(), Failure> {
    let written: Written = serde_json::from_slice(&read(&args.dossier)?)
        .map_err(|e| Failure::Usage(format!("{}: {e}", args.dossier.display())))?;
    let plan = read(&args.plan)?;
    Plan::parse(&plan).map_err(|e| Failure::Usage(format!("{}: {e}", args.plan.display())))?;
    let mut files = vec![(plan, "application/json")];
    if let Some(path) = &args.plan_file {
        files.push((read(path)?, PLAN_FILE));
    }
    for path in &args.evidence {
        files.push((read(path)?, media_type(path)));
    }
    let mut artifacts = if args.bus {
        aws::upload(config, files)?
    } else {
        let api = Api::connect(config, global)?;
        files.iter().map(|f| upload(&api, f)).collect::<Result<_, _>>()?
    };
    let plan = artifacts.remove(0);
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
        put_on_bus(config, &args, proposed)?
    } else {
        let mut body = serde_json::to_value(&proposed).map_err(Failure::usage)?;
        body["change_id"] = json!(args.change);
        let answer = Api::connect(config, global)?.post("/v1/changes", &body)?;
        output::text(&answer, "/event_id")
    };
    let answer =
        json!({ "change_id": args.change, "revision": args.revision, "event_id": event_id });
    if global.json {
        output::json(&answer);
    } else {
        output::line(format!(
            "proposed {} revision {}; follow it with `headgate change watch {}`",
            args.change, args.revision, args.change
        ));
    }
    Ok(())
}

/// Uploads bytes as an artifact to a presigned URL from the API.
pub(super) fn upload(
    api: &Api,
    (bytes, media_type): &(Vec<u8>, &str),
) -> Result<Artifact, Failure> {
    let sha256 = sha256_hex(bytes);
    let answer =
        api.post("/v1/artifacts", &json!({ "sha256": sha256, "media_type": media_type }))?;
    let headers: Vec<(String, String)> =
        serde_json::from_value(answer["headers"].clone()).map_err(Failure::unavailable)?;
    api.put(&output::text(&answer, "/url"), &headers, bytes)?;
    Ok(Artifact {
        uri: output::text(&answer, "/uri"),
        sha256,
        bytes: bytes.len() as u64,
        media_type: (*media_type).to_owned(),
    })
}

fn put_on_bus(
    config: &Config,
    args: &Submit,
    proposed: proposed_v2::ChangeProposed,
) -> Result<String, Failure> {
    let agent = args.agent.as_deref().unwrap_or_default();
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
    agent: &str,
    owner: Option<String>,
    change: &str,
    engagement: &str,
    data: T,
) -> Result<Outgoing, Failure> {
    let id = uuid::Uuid::new_v4().to_string();
    let actor = Actor { kind: ActorKind::Agent, id: agent.to_owned(), on_behalf_of: owner };
    let source = format!("agent.{agent}");
    let now = jiff::Timestamp::now();
    Event::new(id, &source, change, now, engagement, actor, data).outgoing().map_err(Failure::usage)
}

pub(super) fn report(config: &Config, global: &Global, args: Report) -> Result<(), Failure> {
    let shown = Api::connect(config, global)?.get(&format!("/v1/changes/{}", args.change))?;
    let data = executed_v1::ChangeExecuted {
        revision: serde_json::from_value(shown["change"]["revision"].clone())
            .map_err(Failure::unavailable)?,
        content_hash: output::text(&shown, "/change/content_hash"),
        permit_id: args.permit,
        outcome: if args.failed {
            executed_v1::ExecutionOutcome::Failed
        } else {
            executed_v1::ExecutionOutcome::Succeeded
        },
        verification: args.verification,
        duration_ms: args.duration_ms,
    };
    let engagement = output::text(&shown, "/change/engagement_id");
    let event = outside(&args.agent, None, &args.change, &engagement, data)?;
    let id = event.id.clone();
    aws::publish(config, event)?;
    if global.json {
        output::json(&json!({ "change_id": args.change, "event_id": id }));
    } else {
        output::line(format!("reported the apply of {}", args.change));
    }
    Ok(())
}
