//! How a change raises the gate of its environment.

use crate::common;

use headgate_domain::environment::{Environment, GateRule};
use headgate_events::{GateRequirements, Lane, Seats};
use headgate_review::{Bundle, Demand, Report};

/// A report of one plan in `prod`: 1 to update, 1 to replace, 2 to delete.
fn report() -> Report {
    let case = common::cases().into_iter().find(|c| c.name == "plan-fail").unwrap();
    case.review(&Bundle::embedded().unwrap())
}

fn seat(role: &str, people: u32) -> Seats {
    Seats { role: role.into(), people }
}

fn gate(report: &Report, rules: &[GateRule], lane: Lane, by_agent: bool) -> GateRequirements {
    let staging = Environment::profile("staging").unwrap();
    let environment = Environment { gate_rules: rules.to_vec(), ..staging };
    report.gate(&environment, lane, by_agent)
}

#[test]
fn rules_hold_by_lane_proposer_and_reach() {
    let report = Report { demands: Vec::new(), ..report() };
    let people = |rule: GateRule, lane, by_agent| gate(&report, &[rule], lane, by_agent).quorum;
    let three = || GateRule { people: 3, ..GateRule::default() };
    assert_eq!(people(three(), Lane::Execute, false), 3);
    let lanes = || GateRule { lanes: vec![Lane::Execute], ..three() };
    assert_eq!(people(lanes(), Lane::Execute, false), 3);
    assert_eq!(people(lanes(), Lane::DryRun, false), 1);
    let agents = || GateRule { by_agent: Some(true), ..three() };
    assert_eq!(people(agents(), Lane::Execute, true), 3);
    assert_eq!(people(agents(), Lane::Execute, false), 1);
    for (changes, destroys, quorum) in [(5, 0, 3), (6, 0, 1), (0, 4, 3), (0, 5, 1)] {
        let rule = GateRule { changes, destroys, ..three() };
        assert_eq!(people(rule, Lane::Execute, false), quorum, "{changes} {destroys}");
    }
}

#[test]
fn nothing_is_ever_lowered() {
    let report = Report { demands: Vec::new(), ..report() };
    let one = GateRule { people: 1, seats: vec![seat("security", 1)], ..GateRule::default() };
    let two = GateRule { people: 2, seats: vec![seat("security", 2)], ..GateRule::default() };
    let typed = GateRule { confirm: true, ..GateRule::default() };
    for rules in [[two.clone(), one.clone(), typed.clone()], [typed, one, two]] {
        let gate = gate(&report, &rules, Lane::Execute, false);
        assert_eq!((gate.quorum, gate.demanded), (2, vec![seat("security", 2)]));
        assert_eq!(gate.confirm.as_deref(), Some("staging"));
    }
}

#[test]
fn a_demand_for_a_role_is_a_seat_besides_and_leaves_the_rest_as_it_is() {
    let demand = |people, role: &str| Demand {
        people,
        role: role.to_owned(),
        confirm: false,
        why: "r".to_owned(),
    };
    let report = Report { demands: vec![demand(1, "operator"), demand(2, "")], ..report() };
    let raised = gate(&report, &[], Lane::Execute, false);
    assert_eq!((raised.quorum, &raised.demanded[..]), (2, &[seat("operator", 1)][..]));
    assert_eq!(raised.roles, ["approver"]);
    // If only the change requires people, separation of duties applies and the request stays open for a day.
    let dev = report.gate(&Environment::profile("dev").unwrap(), Lane::Execute, true);
    assert!(dev.separation_of_duties && dev.expires_in_seconds >= 24 * 3600);
}

#[test]
fn a_name_is_typed_by_somebody() {
    let rule = GateRule { confirm: true, ..GateRule::default() };
    let dev = Environment::profile("dev").unwrap();
    let environment = Environment { gate_rules: vec![rule], ..dev };
    let report = Report { demands: Vec::new(), ..report() };
    let gate = report.gate(&environment, Lane::Execute, false);
    assert_eq!((gate.quorum, gate.confirm.as_deref()), (1, Some("dev")));
    assert!(gate.separation_of_duties);
}

#[test]
fn what_destroys_in_production_has_the_name_typed() {
    let prod = report().gate(&Environment::profile("prod").unwrap(), Lane::Execute, false);
    assert_eq!(prod.confirm.as_deref(), Some("prod"));
}
