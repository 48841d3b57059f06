//! One change, as the ledger has it at each stage.

use headgate_domain::approval::Approval;
use headgate_domain::change::Status;
use headgate_domain::engagement::Engagement;
use headgate_domain::environment::Environments;
use headgate_domain::records::{ChangeHead, PermitRecord, Revision};
use headgate_events::latest::ChangeProposed;
use headgate_events::{Actor, ActorKind, Artifact, GateRequirements, PrincipalId, Verdict};
use headgate_review::{Report, Served};
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::now;

/// The change of all fixtures.
pub const CHANGE: &str = "chg-orders-queue";
/// Hash of its content.
pub const CONTENT: &str = "c0ffee";
/// Hash of its plan.
pub const PLAN: &str = "9a9a";
/// SHA-256 of its plan file.
pub const PLAN_FILE: &str = "f11ef11ef11ef11ef11ef11ef11ef11ef11ef11ef11ef11ef11ef11ef11ef11e";
/// Digest of the policies that are in force.
pub const POLICIES: &str = "b0b0";
/// Account of the environment.
pub const ACCOUNT: &str = "000000000000";

/// A gate that needs two approvers, with separation of duties.
#[must_use]
pub fn gate() -> GateRequirements {
    serde_json::from_value(json!({
        "quorum": 2, "roles": ["approver"], "separation_of_duties": true, "expires_in_seconds": 3600,
    }))
    .unwrap()
}

/// The environment `local`.
#[must_use]
pub fn environments() -> Environments {
    let all = json!([{
        "name": "local", "account": ACCOUNT, "region": "us-east-1", "monthly_cost_limit_cents": 10_000,
        "gate": gate(),
    }]);
    all.to_string().parse().unwrap()
}

/// The fleet that the review still matches.
#[must_use]
pub fn served() -> Served {
    Served { environments: environments(), bundle_digest: POLICIES.into() }
}

/// The engagement of the change.
#[must_use]
pub fn engagement() -> Engagement {
    Engagement {
        engagement_id: "eng-orders".into(),
        goal: "a durable queue".to_owned(),
        kind: headgate_domain::engagement::CHANGE_ONLY.to_owned(),
        owner: "dana".into(),
        members: std::collections::BTreeMap::new(),
        readers: Vec::new(),
        scope: headgate_domain::engagement::Scope::default(),
        acceptance_criteria: Vec::new(),
        document: None,
        environment: "local".to_owned(),
        created_at: now() - SignedDuration::from_hours(1),
    }
}

/// The head of the change.
#[must_use]
pub fn head(status: Status) -> ChangeHead {
    ChangeHead {
        change_id: CHANGE.into(),
        engagement_id: "eng-orders".into(),
        environment: "local".to_owned(),
        lane: headgate_events::Lane::Execute,
        revision: 1,
        status,
        content_hash: (status != Status::Accepted).then(|| CONTENT.into()),
        proposer: proposer(),
        owner: "dana".into(),
        why: "Orders need a durable queue.".to_owned(),
        created_at: now() - SignedDuration::from_mins(30),
        updated_at: now() - SignedDuration::from_mins(20),
    }
}

fn proposer() -> Actor {
    Actor { kind: ActorKind::Agent, id: "terraform-bot".into(), on_behalf_of: Some("dana".into()) }
}

/// The first revision.
#[must_use]
pub fn revision() -> Revision {
    let path =
        concat!(env!("CARGO_MANIFEST_DIR"), "/../../events/fixtures/change.proposed.v2.json");
    let fixture: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let mut proposed: ChangeProposed = serde_json::from_value(fixture["data"].clone()).unwrap();
    proposed.dossier.evidence.push(Artifact {
        uri: "s3://artifacts/plan-file".to_owned(),
        sha256: PLAN_FILE.to_owned(),
        bytes: 1,
        media_type: headgate_domain::content::PLAN_FILE.to_owned(),
    });
    Revision {
        proposed,
        digest: "d1d1".to_owned(),
        proposer: proposer(),
        barred: ["terraform-bot", "dana"].map(PrincipalId::from).to_vec(),
        proposers: ["dana", "terraform-bot"].map(PrincipalId::from).to_vec(),
        event_id: "e-proposed".to_owned(),
        admitted_at: now() - SignedDuration::from_mins(30),
    }
}

/// Its review.
#[must_use]
pub fn report() -> Report {
    serde_json::from_value(json!({
        "verdict": Verdict::Pass,
        "findings": [],
        "summary": { "create": 2, "update": 0, "replace": 0, "delete": 0 },
        "plan_hash": PLAN,
        "content_hash": CONTENT,
        "bundle_digest": POLICIES,
        "reviewed_at": now() - SignedDuration::from_mins(25),
        "basis": {
            "environment": environments().get("local"), "estimated_cents": null, "lane_ceiling": null,
        },
    }))
    .unwrap()
}

/// Its approval, without votes.
#[must_use]
pub fn approval() -> Approval {
    let at = now() - SignedDuration::from_mins(20);
    Approval::open(&CHANGE.into(), 1, &CONTENT.into(), gate(), revision().barred, at)
}

/// Its approval, decided: alice and bob approved.
#[must_use]
pub fn approved() -> Approval {
    let vote = |who: &str| {
        serde_json::from_value(json!({
            "ballot": who, "principal": who, "roles": ["approver"], "vote": "approve", "at": now(),
        }))
        .unwrap()
    };
    let votes = ["alice", "bob"].map(vote).to_vec();
    let outcome = Some(headgate_events::Outcome::Approved);
    Approval { votes, outcome, decided_at: Some(now()), ..approval() }
}

/// A permit that nobody has used yet.
#[must_use]
pub fn permit() -> PermitRecord {
    PermitRecord {
        permit_id: "p-1".to_owned(),
        change_id: CHANGE.into(),
        revision: 1,
        content_hash: CONTENT.into(),
        plan_hash: PLAN.into(),
        plan_file_sha256: Some(PLAN_FILE.to_owned()),
        files_sha256: None,
        account: ACCOUNT.to_owned(),
        region: "us-east-1".to_owned(),
        environment: "local".to_owned(),
        issued_to: "exec".into(),
        expires_at: now() + SignedDuration::from_mins(10),
        used_at: None,
        reported_at: None,
        released_by: None,
    }
}
