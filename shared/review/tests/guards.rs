//! What holds for a proposal as a whole, and what no plan can show without an account.
#![allow(clippy::unwrap_used)]

mod common;

use common::{cases, lines};
use headgate_domain::environment::{Environment, Freeze};
use headgate_events::latest::ChangeProposed;
use headgate_events::{Agent, Lane, Verdict};
use headgate_review::{Bundle, Report, Subject, review};
use jiff::Timestamp;
use serde_json::{Value, json};

struct Proposal {
    data: ChangeProposed,
    environment: Environment,
    estimated_cents: Option<i64>,
    lane_ceiling: Option<Lane>,
}

/// A proposal in order, for a real plan that replaces a table and deletes a volume.
fn proposal() -> Proposal {
    let fixture = include_str!("../../../events/fixtures/change.proposed.v2.json");
    let event: headgate_events::Event<ChangeProposed> = serde_json::from_str(fixture).unwrap();
    let mut data = event.data;
    data.dossier.evidence = vec![data.dossier.plan.clone()];
    data.dossier.blast_radius = "The table is replaced; open orders are lost.".into();
    data.dossier.monthly_cost_delta_cents = Some(1_200);
    let mut environment = Environment::profile("staging").unwrap();
    environment.account.clone_from(&data.account);
    environment.region.clone_from(&data.region);
    Proposal { data, environment, estimated_cents: None, lane_ceiling: None }
}

impl Proposal {
    fn review(&self) -> Report {
        let plan = include_bytes!("../../../policies/tests/plan-fail/plan.json");
        let ChangeProposed { revision, account, region, lane, agent, dossier, .. } = &self.data;
        let subject = Subject {
            change: Some(("chg", *revision)),
            environment: &self.environment,
            place: Some((account, region)),
            lane: *lane,
            agent: agent.as_ref(),
            dossier: Some(dossier),
            estimated_cents: self.estimated_cents,
            lane_ceiling: self.lane_ceiling,
            now: "2026-12-24T12:00:00Z".parse::<Timestamp>().unwrap(),
        };
        review(&Bundle::embedded().unwrap(), subject, plan).unwrap()
    }
}

fn rules(edit: &dyn Fn(&mut Proposal)) -> Vec<String> {
    let mut proposal = proposal();
    edit(&mut proposal);
    let report = proposal.review();
    let rules = report.findings.into_iter().map(|f| f.rule);
    rules.filter(|r| r.starts_with("guards.") || r.starts_with("policy.")).collect()
}

#[test]
fn each_guard_has_a_proposal_that_fails_it() {
    let none: [&str; 0] = [];
    assert_eq!(rules(&|_| ()), none);
    assert_eq!(rules(&|p| p.data.account = "1".into()), ["guards.account_region"]);
    assert_eq!(rules(&|p| p.data.region = "us-gov-west-1".into()), ["guards.account_region"]);
    assert_eq!(rules(&|p| p.data.lane = Lane::ReadOnly), ["guards.lane"]);
    assert_eq!(rules(&|p| p.data.dossier.evidence.clear()), ["guards.evidence"]);
    let only_planned = |p: &mut Proposal| {
        p.data.lane = Lane::DryRun;
        p.data.dossier.evidence.clear();
    };
    assert_eq!(rules(&only_planned), none);
    for vague in ["none", "", "a  \n b"] {
        assert_eq!(rules(&|p| p.data.dossier.blast_radius = vague.into()), ["guards.blast_radius"]);
    }
    assert_eq!(
        rules(&|p| p.data.dossier.blast_radius = "one queue gets slower".into()),
        ["guards.blast_radius_destruction"]
    );
    assert_eq!(
        rules(&|p| p.data.dossier.blast_radius = "replaces it with an OUTAGE of a minute".into()),
        ["guards.blast_radius_alarm"]
    );
    assert_eq!(rules(&|p| p.data.dossier.rollback = "none".into()), ["guards.rollback"]);
}

#[test]
fn cost_is_known_within_the_limit_and_as_claimed() {
    let none: [&str; 0] = [];
    let cost = |declared: Option<i64>, estimated: Option<i64>| {
        rules(&|p| {
            p.data.dossier.monthly_cost_delta_cents = declared;
            p.estimated_cents = estimated;
        })
    };
    assert_eq!(cost(None, None), ["guards.cost_unknown"]);
    assert_eq!(cost(None, Some(10)), none);
    assert_eq!(cost(Some(50_000), None), none);
    assert_eq!(cost(Some(50_001), None), ["guards.cost_limit"]);
    // The larger of the two counts, and they have to agree within a tenth or a dollar.
    assert_eq!(cost(Some(10_000), Some(11_000)), none);
    assert_eq!(cost(Some(10_000), Some(11_001)), ["guards.cost_claim"]);
    assert_eq!(cost(Some(0), Some(100)), none);
    assert_eq!(cost(Some(0), Some(-101)), ["guards.cost_claim"]);
    assert_eq!(cost(Some(0), Some(50_001)), ["guards.cost_claim", "guards.cost_limit"]);
}

#[test]
fn an_agent_stays_in_the_lane_that_it_has_earned() {
    let none: [&str; 0] = [];
    let lane = |ceiling: Lane, lane: Lane| {
        rules(&|p| {
            p.data.agent = Some(Agent {
                id: "bot".into(),
                model: "m".into(),
                human_owner: Some("dana".into()),
            });
            p.data.lane = lane;
            p.lane_ceiling = Some(ceiling);
        })
    };
    assert_eq!(lane(Lane::DryRun, Lane::Execute), ["guards.standing"]);
    assert_eq!(lane(Lane::Execute, Lane::Execute), none);
    assert_eq!(lane(Lane::DryRun, Lane::DryRun), none);
}

#[test]
fn a_freeze_is_shown_and_stops_no_review() {
    let report = {
        let mut proposal = proposal();
        proposal.environment.freezes = vec![Freeze {
            from: "2026-12-20T00:00:00Z".parse().unwrap(),
            until: "2027-01-04T00:00:00Z".parse().unwrap(),
            reason: "holidays".into(),
        }];
        proposal.review()
    };
    let freeze = report.findings.iter().find(|f| f.rule == "guards.freeze").unwrap();
    assert_eq!(freeze.message, "staging is frozen until 2027-01-04T00:00:00Z: holidays");
}

#[test]
fn what_only_newer_tools_or_an_account_show_is_seen_too() {
    let case = cases().into_iter().find(|c| c.name == "judgement-pass").unwrap();
    let mut plan: Value = serde_json::from_slice(&case.plan).unwrap();
    let alarm = plan["resource_changes"][0].clone();
    plan["resource_drift"] = json!([alarm]);
    plan["deferred_changes"] =
        json!([{"reason": "instance_count_unknown", "resource_change": alarm}]);
    plan["action_invocations"] = json!([{"address": "action.aws_lambda_invoke.seed"}]);
    let report = case.review_plan(&Bundle::embedded().unwrap(), plan.to_string().as_bytes());
    assert_eq!(report.verdict, Verdict::Revise);
    let found = lines(&report);
    for line in [
        "demands 1 \"\" for plan.action",
        "Error plan.deferred aws_appautoscaling_target.web: aws_appautoscaling_target.web is put off to a \
         later plan (instance_count_unknown), so nobody can see what will happen",
        "Warning plan.action action.aws_lambda_invoke.seed: the apply invokes the action \
         action.aws_lambda_invoke.seed",
    ] {
        assert!(found.contains(line), "{line} is not in:\n{found}");
    }
    // What did not drift is not called drift.
    assert_eq!(found.contains("plan.drift"), alarm["change"]["actions"] != json!(["no-op"]));
}
