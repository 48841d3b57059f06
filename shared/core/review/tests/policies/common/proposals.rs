//! Proposals for a real plan that replaces a table and deletes a volume, each with the guards that it
//! breaks.
#![allow(dead_code, clippy::unwrap_used)]

use headgate_domain::content::{PLAN_FILE, SARIF, VALUES};
use headgate_domain::environment::{Environment, Freeze};
use headgate_domain::files::{FILE_LIST, FileList, NamedFile};
use headgate_domain::state::PlannedState;
use headgate_events::latest::ChangeProposed;
use headgate_events::{Agent, Artifact, Lane};
use headgate_review::{Bundle, INFRACOST, Report, ReviewError, Subject, review};
use jiff::Timestamp;

/// A proposal, and the settings to review it with.
#[derive(Clone)]
pub struct Proposal {
    pub data: ChangeProposed,
    pub environment: Environment,
    pub estimated_cents: Option<i64>,
    pub lane_ceiling: Option<Lane>,
    pub files: Option<FileList>,
    state: Option<PlannedState>,
    pub plan: &'static [u8],
}

/// A plan that only creates, and one that does nothing.
const CREATES: &[u8] = include_bytes!("../../../../../../policies/tests/containers-pass/plan.json");
const NOTHING: &[u8] = br#"{"format_version": "1.2", "planned_values": {}}"#;

/// Roles of other accounts, one as a constant and one in a variable, and a role that is not known.
const ELSEWHERE: &[u8] = br#"{"format_version": "1.2", "planned_values": {},
    "variables": {"role": {"value": "arn:aws:iam::222222222222:role/b"}},
    "configuration": {"provider_config": {
        "a": {"name": "a", "version_constraint": "~> 1.0", "expressions": {
            "assume_role": [{"role_arn": {"constant_value": "arn:aws:iam::111111111111:role/a"}}]}},
        "b": {"name": "b", "version_constraint": "~> 1.0", "expressions": {
            "assume_role_with_web_identity": [{"role_arn": {"references": ["var.role"]}}]}},
        "m:c": {"name": "c", "module_address": "module.m", "version_constraint": "~> 1.0", "expressions": {
            "assume_role": [{"role_arn": {"references": ["var.role"]}}]}}}}}"#;
/// The role of the proposal's own account.
const NEARBY: &[u8] = br#"{"format_version": "1.2", "planned_values": {},
    "configuration": {"provider_config": {"a": {"name": "a", "version_constraint": "~> 1.0", "expressions": {
        "assume_role": [{"role_arn": {"constant_value": "arn:aws:iam::000000000000:role/a"}}]}}}}}"#;

/// A function and an object whose content is in local files.
const FILES: &[u8] = br#"{"format_version": "1.2", "planned_values": {}, "resource_changes": [
    {"address": "aws_lambda_layer_version.f", "mode": "managed", "type": "aws_lambda_layer_version", "name": "f",
     "change": {"actions": ["create"], "before": null, "after": {"layer_name": "f", "filename": "./build/f.zip"}}},
    {"address": "aws_s3_bucket_object.o", "mode": "managed", "type": "aws_s3_bucket_object", "name": "o",
     "change": {"actions": ["create"], "before": null, "after": {"source": "site/index.html"}}}]}"#;

/// A proposal that passes all guards.
pub fn proposal() -> Proposal {
    let fixture = include_str!("../../../../../../events/fixtures/change.proposed.v2.json");
    let event: headgate_events::Event<ChangeProposed> = serde_json::from_str(fixture).unwrap();
    let mut data = event.data;
    let plan_file = Artifact { media_type: PLAN_FILE.to_owned(), ..data.dossier.plan.clone() };
    data.dossier.evidence = vec![data.dossier.plan.clone(), plan_file];
    data.dossier.blast_radius = "The table is replaced; open orders are lost.".into();
    data.dossier.monthly_cost_delta_cents = Some(1_200);
    let mut environment = Environment::profile("staging").unwrap();
    environment.account.clone_from(&data.account);
    environment.region.clone_from(&data.region);
    let plan = include_bytes!("../../../../../../policies/tests/plan-fail/plan.json");
    Proposal {
        data,
        environment,
        estimated_cents: None,
        lane_ceiling: None,
        files: None,
        state: None,
        plan,
    }
}

impl Proposal {
    pub fn review(&self, bundle: &Bundle) -> Report {
        self.try_review(bundle).unwrap()
    }

    pub fn try_review(&self, bundle: &Bundle) -> Result<Report, ReviewError> {
        let ChangeProposed { revision, account, region, lane, agent, dossier, .. } = &self.data;
        let subject = Subject {
            change: Some(headgate_events::RevisionRef {
                change: &"chg".into(),
                revision: *revision,
            }),
            environment: &self.environment,
            place: Some((account, region)),
            lane: *lane,
            agent: agent.as_ref(),
            dossier: Some(dossier),
            files: self.files.as_ref(),
            state: self.state.as_ref(),
            scans: &[],
            evidence: &[],
            values: &[],
            estimated_cents: self.estimated_cents,
            lane_ceiling: self.lane_ceiling,
            now: "2026-12-24T12:00:00Z".parse::<Timestamp>().unwrap(),
        };
        review(bundle, subject, self.plan)
    }
}

fn files(proposal: &mut Proposal, directory: &str, paths: &[&str]) {
    let file = NamedFile { sha256: "0".repeat(64), bytes: 1, executable: false };
    let files = paths.iter().map(|path| ((*path).to_owned(), file.clone())).collect();
    proposal.files = Some(FileList { directory: directory.to_owned(), files });
    proposal.plan = FILES;
}

fn cost(proposal: &mut Proposal, declared: Option<i64>, estimated: Option<i64>) {
    proposal.data.dossier.monthly_cost_delta_cents = declared;
    proposal.estimated_cents = estimated;
}

fn agent(proposal: &mut Proposal, ceiling: Lane, lane: Lane) {
    let human_owner = Some("dana".into());
    proposal.data.agent = Some(Agent { id: "bot".into(), model: "m".into(), human_owner });
    proposal.data.lane = lane;
    proposal.lane_ceiling = Some(ceiling);
}

fn freeze(proposal: &mut Proposal, from: &str, until: &str) {
    proposal.environment.freezes = vec![Freeze {
        from: from.parse().unwrap(),
        until: until.parse().unwrap(),
        reason: "holidays".into(),
    }];
}

fn of_types(proposal: &mut Proposal, types: &[&str]) {
    let plan = proposal.data.dossier.plan.clone();
    let of_type = |t: &&str| Artifact { media_type: (*t).to_owned(), ..plan.clone() };
    proposal.data.dossier.evidence = types.iter().map(of_type).collect();
}

/// A plan file, and evidence of these sizes in bytes.
fn sized(proposal: &mut Proposal, media_type: &str, sizes: &[u64]) {
    of_types(proposal, &[PLAN_FILE]);
    let evidence = &mut proposal.data.dossier.evidence;
    let plan = evidence[0].clone();
    let of_size =
        |bytes: &u64| Artifact { media_type: media_type.to_owned(), bytes: *bytes, ..plan.clone() };
    evidence.extend(sizes.iter().map(of_size));
}

/// Production with its state in a backend.
fn state(proposal: &mut Proposal, backend: &str, place: &[(&str, &str)]) {
    proposal.environment.class = Some("prod".into());
    let place = place.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    proposal.state = Some(PlannedState {
        backend: backend.to_owned(),
        place: place.collect(),
        workspace: "default".to_owned(),
        lineage: String::new(),
        serial: 1,
    });
}

/// The bucket of a state of `staging`, with another setting.
fn bucket(proposal: &mut Proposal, name: &str, setting: &str) {
    state(proposal, "s3", &[("bucket", name), (setting, "true")]);
}

type Edit = fn(&mut Proposal);

/// Every proposal with the guards that find something.
pub fn proposals() -> Vec<(Proposal, &'static [&'static str])> {
    let edits: [(Edit, &'static [&'static str]); 66] = [
        (|_| (), &[]),
        (|p| p.data.account = "1".into(), &["guards.account_region"]),
        (|p| p.data.region = "us-gov-west-1".into(), &["guards.account_region"]),
        // A profile without a deployment is not bound to an account.
        (|p| p.environment.account.clear(), &[]),
        // A provider must stay in the account, whether its role is a constant or comes from a variable.
        (|p| p.plan = ELSEWHERE, &["guards.provider_account", "guards.provider_account"]),
        (
            |p| {
                p.plan = ELSEWHERE;
                p.environment.account = "222222222222".into();
                p.data.account = "222222222222".into();
            },
            &["guards.provider_account"],
        ),
        (
            |p| {
                p.plan = ELSEWHERE;
                p.environment.account.clear();
            },
            &[],
        ),
        (|p| p.plan = NEARBY, &[]),
        (|p| p.data.lane = Lane::ReadOnly, &["guards.lane"]),
        (
            |p| {
                p.data.lane = Lane::ReadOnly;
                p.plan = NOTHING;
            },
            &[],
        ),
        // If nothing is destroyed, the blast radius need not mention destruction.
        (
            |p| {
                p.data.dossier.blast_radius = "one queue gets slower".into();
                p.plan = CREATES;
            },
            &[],
        ),
        (|p| p.data.dossier.evidence.clear(), &["guards.evidence", "guards.plan_file"]),
        // The plan file, the list of files and the cost estimate do not count as evidence.
        (|p| of_types(p, &[PLAN_FILE, INFRACOST, FILE_LIST, VALUES]), &["guards.evidence"]),
        // Evidence of up to 4 MiB is searched, and 16 MiB together.
        (|p| sized(p, "text/plain", &[4 << 20, 4 << 20]), &[]),
        (|p| sized(p, "any/thing", &[(4 << 20) + 1, 7]), &["guards.evidence_unsearched"]),
        (|p| sized(p, SARIF, &[4 << 20; 5]), &["guards.evidence_unsearched"]),
        (|p| sized(p, VALUES, &[5 << 20]), &["guards.evidence"]),
        (|p| of_types(p, &[PLAN_FILE, "application/json"]), &[]),
        // Exactly one plan file: of two, it would be open which is meant.
        (|p| of_types(p, &["application/json"]), &["guards.plan_file"]),
        (|p| of_types(p, &[PLAN_FILE, "text/plain", PLAN_FILE]), &["guards.plan_file"]),
        // Two files that the plan refers to. The dossier names neither, one, both, or the same name elsewhere.
        (|p| p.plan = FILES, &["guards.local_file", "guards.local_file"]),
        (|p| files(p, "", &["build/f.zip"]), &["guards.local_file"]),
        (|p| files(p, "", &["build/f.zip", "site/index.html"]), &[]),
        (|p| files(p, "infra", &["infra/build/f.zip", "infra/site/index.html"]), &[]),
        (
            |p| files(p, "", &["f.zip", "infra/site/index.html"]),
            &["guards.local_file", "guards.local_file"],
        ),
        (
            |p| {
                p.plan = FILES;
                p.data.lane = Lane::DryRun;
            },
            &[],
        ),
        // Nothing is tried out in production, but things are done there.
        (
            |p| {
                p.data.lane = Lane::DryRun;
                p.environment.class = Some("prod".into());
            },
            &["guards.dry_run"],
        ),
        (|p| p.environment.class = Some("prod".into()), &[]),
        // Production keeps its state where nobody loses or damages it.
        (|p| state(p, "local", &[("path", "a.tfstate")]), &["guards.state_local"]),
        (|p| state(p, "remote", &[("organization", "shop")]), &[]),
        (|p| state(p, "gcs", &[("bucket", "shop")]), &[]),
        (|p| bucket(p, "shop-staging-tfstate", "use_lockfile"), &[]),
        (|p| bucket(p, "shop-staging-tfstate", "dynamodb_table"), &[]),
        (|p| bucket(p, "shop-staging-tfstate", "encrypt"), &["guards.state_lock"]),
        (|p| bucket(p, "shop-prod-tfstate", "use_lockfile"), &["guards.state_name"]),
        (|p| state(p, "s3", &[]), &["guards.state_lock"]),
        (
            |p| {
                state(p, "local", &[]);
                p.environment.class = None;
            },
            &[],
        ),
        (
            |p| {
                bucket(p, "states", "encrypt");
                p.environment.class = None;
            },
            &[],
        ),
        // A dry run needs no evidence.
        (
            |p| {
                p.data.lane = Lane::DryRun;
                p.data.dossier.evidence.clear();
            },
            &[],
        ),
        (|p| p.data.dossier.blast_radius = "none".into(), &["guards.blast_radius"]),
        (|p| p.data.dossier.blast_radius = String::new(), &["guards.blast_radius"]),
        (|p| p.data.dossier.blast_radius = " it \n breaks ".into(), &["guards.blast_radius"]),
        (
            |p| p.data.dossier.blast_radius = "one queue gets slower".into(),
            &["guards.blast_radius_destruction"],
        ),
        (|p| p.data.dossier.blast_radius = "The table: DELETED and gone".into(), &[]),
        (
            |p| p.data.dossier.blast_radius = "replaces it with an OUTAGE of a minute".into(),
            &["guards.blast_radius_alarm"],
        ),
        (|p| p.data.dossier.rollback = "none".into(), &["guards.rollback"]),
        (|p| p.data.dossier.rollback = "terraform apply".into(), &[]),
        (|p| cost(p, None, None), &["guards.cost_unknown"]),
        (|p| cost(p, None, Some(10)), &[]),
        (|p| cost(p, Some(0), None), &[]),
        (|p| cost(p, Some(50_000), None), &[]),
        (|p| cost(p, Some(50_001), None), &["guards.cost_limit"]),
        (|p| cost(p, None, Some(50_001)), &["guards.cost_limit"]),
        // The declared and the estimated cost must agree within 10 percent or one dollar, whichever is more.
        (|p| cost(p, Some(10_000), Some(11_000)), &[]),
        (|p| cost(p, Some(10_000), Some(11_001)), &["guards.cost_claim"]),
        (|p| cost(p, Some(10_000), Some(8_999)), &["guards.cost_claim"]),
        (|p| cost(p, Some(-10_000), Some(-11_000)), &[]),
        (|p| cost(p, Some(0), Some(100)), &[]),
        (|p| cost(p, Some(0), Some(-101)), &["guards.cost_claim"]),
        (|p| cost(p, Some(0), Some(50_001)), &["guards.cost_claim", "guards.cost_limit"]),
        // An agent stays in the lane that it has earned.
        (|p| agent(p, Lane::DryRun, Lane::Execute), &["guards.standing"]),
        (|p| agent(p, Lane::Execute, Lane::Execute), &[]),
        (|p| agent(p, Lane::DryRun, Lane::DryRun), &[]),
        // The review is on 24 December at noon.
        (|p| freeze(p, "2026-12-20T00:00:00Z", "2027-01-04T00:00:00Z"), &["guards.freeze"]),
        (|p| freeze(p, "2026-12-20T00:00:00Z", "2026-12-24T12:00:00Z"), &[]),
        (
            |p| {
                freeze(p, "2026-12-20T00:00:00Z", "2027-01-04T00:00:00Z");
                p.data.lane = Lane::DryRun;
            },
            &[],
        ),
    ];
    edits
        .into_iter()
        .map(|(edit, rules)| {
            let mut proposal = proposal();
            edit(&mut proposal);
            (proposal, rules)
        })
        .collect()
}
