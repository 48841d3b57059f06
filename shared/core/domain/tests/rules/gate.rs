//! The gate, case by case.

use crate::common;

use common::{at, ballot, gate};
use headgate_domain::approval::{Approval, Ballot, Counted, Grant, VoteError, in_words};
use headgate_events::{
    Escalation, GateRequirements, Outcome, Ratings, Seats,
    VoteKind::{Approve, Reject, Revise},
};

fn open(gate: GateRequirements) -> Approval {
    Approval::open(&"chg-1".into(), 3, &"h".into(), gate, vec!["bot".into(), "dana".into()], at(0))
}

fn with_role(who: &str, role: &str) -> Ballot {
    Ballot { roles: vec![role.into()], ..ballot(who, Approve) }
}

fn named(who: &str, id: &str) -> Ballot {
    Ballot { id: Some(id.into()), ..ballot(who, Approve) }
}

fn in_stead_of(by: &str, who: &str) -> Ballot {
    let roles = vec!["approver".into()];
    let grant = Grant { by: by.into(), roles, delegations: vec!["d-1".into()] };
    Ballot { roles: vec!["viewer".into()], grant: Some(grant), ..ballot(who, Approve) }
}

fn security_seat() -> GateRequirements {
    GateRequirements {
        roles: vec!["approver".into()],
        seats: vec![Seats { role: "security".into(), people: 1 }],
        ..gate(2)
    }
}

/// Casts a ballot, and expects this error code and no change.
#[track_caller]
fn refused(approval: &mut Approval, ballot: Ballot, second: i64, code: &str) {
    let before = approval.clone();
    let error = approval.cast(ballot, at(second)).unwrap_err();
    assert_eq!(error.code(), code, "{error}");
    assert_eq!(*approval, before);
}

#[test]
fn two_people_open_a_gate_of_two() {
    let mut approval = open(gate(2));
    assert_eq!(approval.cast(ballot("alice", Approve), at(1)), Ok(Counted::Now));
    assert_eq!((approval.missing(), approval.outcome), (1, None));
    approval.cast(ballot("bob", Approve), at(2)).unwrap();
    assert_eq!(approval.outcome, Some(Outcome::Approved));
    assert_eq!(approval.decided_at, Some(at(2)));
}

#[test]
fn one_no_is_enough() {
    for (vote, outcome) in [(Reject, Outcome::Rejected), (Revise, Outcome::Revise)] {
        let mut approval = open(gate(2));
        approval.cast(ballot("alice", vote), at(1)).unwrap();
        assert_eq!(approval.outcome, Some(outcome));
        let late = approval.cast(ballot("bob", Approve), at(2));
        assert_eq!(late, Err(VoteError::Decided(outcome)));
    }
}

#[test]
fn a_gate_that_asks_nobody_is_open_from_the_start() {
    assert_eq!(open(gate(0)).outcome, Some(Outcome::Approved));
    let seat = GateRequirements { quorum: 0, ..security_seat() };
    assert_eq!(open(seat).outcome, None);
}

#[test]
fn votes_that_do_not_count_say_why() {
    let mut approval = open(gate(2));
    approval.cast(ballot("alice", Approve), at(1)).unwrap();
    let bob = || ballot("bob", Approve);
    let rated = |quality| Ballot {
        ratings: Some(Ratings { quality, relevance: 3, completeness: 3 }),
        ..bob()
    };
    let cases = [
        (Ballot { content_hash: "x".into(), ..bob() }, 2, "content_hash_mismatch"),
        (Ballot { revision: 2, ..bob() }, 2, "content_hash_mismatch"),
        (with_role("bob", "viewer"), 2, "role_missing"),
        (ballot("bot", Approve), 2, "separation_of_duties"),
        (ballot("dana", Approve), 2, "separation_of_duties"),
        (in_stead_of("dana", "bob"), 2, "separation_of_duties"),
        (in_stead_of("erin", "dana"), 2, "separation_of_duties"),
        (ballot("alice", Approve), 2, "already_voted"),
        (ballot("alice", Reject), 2, "already_voted"),
        (in_stead_of("alice", "bob"), 2, "already_voted"),
        (in_stead_of("erin", "alice"), 2, "already_voted"),
        (rated(0), 2, "rating_out_of_range"),
        (rated(6), 2, "rating_out_of_range"),
        (named("bob", ""), 2, "ballot_invalid"),
        (named("bob", &"b".repeat(65)), 2, "ballot_invalid"),
        (bob(), 100, "approval_expired"),
    ];
    for (ballot, second, code) in cases {
        refused(&mut approval, ballot, second, code);
    }
    approval.cast(rated(5), at(2)).unwrap();
    assert_eq!(approval.outcome, Some(Outcome::Approved));
}

#[test]
fn a_seat_waits_for_its_role() {
    let mut approval = open(security_seat());
    approval.cast(ballot("alice", Approve), at(1)).unwrap();
    approval.cast(ballot("bob", Approve), at(2)).unwrap();
    assert_eq!((approval.outcome, approval.missing()), (None, 1));
    assert_eq!(approval.missing_roles(), ["security"]);
    approval.cast(with_role("sam", "security"), at(3)).unwrap();
    assert_eq!(approval.outcome, Some(Outcome::Approved));
    assert_eq!(approval.votes[2].roles, ["security"]);
}

#[test]
fn what_a_change_demands_takes_nothing_from_the_quorum() {
    let demanded = vec![Seats { role: "operator".into(), people: 1 }];
    let escalations =
        vec![Escalation { after_seconds: 0, role: "clerk".into(), stands_in_for: None }];
    let base = GateRequirements { demanded, escalations, ..gate(2) };
    let mut approval = open(base.clone());
    for (second, operator) in [(1, "olga"), (2, "oscar"), (3, "otto")] {
        approval.cast(with_role(operator, "operator"), at(second)).unwrap();
    }
    // No number of operators makes an approver.
    assert_eq!((approval.outcome, approval.missing()), (None, 2));
    approval.cast(ballot("alice", Approve), at(4)).unwrap();
    approval.cast(ballot("bob", Approve), at(5)).unwrap();
    assert_eq!(approval.outcome, Some(Outcome::Approved));
    // A person with both roles counts in both. An escalation does not make an operator.
    let mut approval = open(base);
    let both =
        Ballot { roles: vec!["approver".into(), "operator".into()], ..ballot("al", Approve) };
    approval.cast(both, at(1)).unwrap();
    assert_eq!((approval.missing(), approval.missing_roles().len()), (1, 0));
    approval.cast(with_role("carl", "clerk"), at(2)).unwrap();
    assert_eq!(approval.outcome, Some(Outcome::Approved));
}

#[test]
fn the_bar_does_not_care_how_a_name_is_written() {
    let mut approval = open(gate(1));
    for name in ["Dana", " dana", "BOT "] {
        refused(&mut approval, ballot(name, Approve), 1, "separation_of_duties");
    }
}

#[test]
fn nobody_sits_on_two_seats() {
    let seats = ["security", "finance"].map(|r| Seats { role: r.into(), people: 1 });
    let mut approval = open(GateRequirements { seats: seats.into(), ..gate(1) });
    let both =
        Ballot { roles: vec!["security".into(), "finance".into()], ..ballot("sam", Approve) };
    approval.cast(both, at(1)).unwrap();
    assert_eq!((approval.outcome, approval.missing()), (None, 1));
    // The next person takes the only seat that they can, and sam moves to the other.
    approval.cast(with_role("finn", "security"), at(2)).unwrap();
    assert_eq!(approval.outcome, Some(Outcome::Approved));
}

#[test]
fn an_escalation_lets_others_in_when_its_time_has_come() {
    let seat = Some("security".to_owned());
    let escalation = Escalation { after_seconds: 50, role: "operator".into(), stands_in_for: seat };
    let mut approval = open(GateRequirements { escalations: vec![escalation], ..security_seat() });
    approval.cast(ballot("alice", Approve), at(1)).unwrap();
    refused(&mut approval, with_role("olga", "operator"), 49, "role_missing");
    assert_eq!(approval.voters(at(49)), "approver, security");
    assert_eq!(approval.voters(at(50)), "approver, operator, security");
    approval.cast(with_role("olga", "operator"), at(50)).unwrap();
    assert_eq!(approval.outcome, Some(Outcome::Approved));
    assert_eq!(approval.votes[1].standing_in, ["security"]);
    // They stand in for that one seat only.
    let escalation = approval.gate.escalations.clone();
    let mut approval = open(GateRequirements { escalations: escalation, ..security_seat() });
    approval.cast(with_role("olga", "operator"), at(50)).unwrap();
    approval.cast(with_role("oscar", "operator"), at(51)).unwrap();
    assert_eq!((approval.outcome, approval.missing()), (None, 1));
}

#[test]
fn what_destroys_in_production_needs_the_name_typed() {
    let mut approval = open(GateRequirements { confirm: Some("prod".into()), ..gate(1) });
    refused(&mut approval, ballot("alice", Approve), 1, "confirmation_required");
    let typed = |name: &str| Ballot { confirm: Some(name.into()), ..ballot("alice", Approve) };
    refused(&mut approval, typed("Prod"), 1, "confirmation_required");
    approval.cast(typed("prod"), at(1)).unwrap();
    assert_eq!(approval.outcome, Some(Outcome::Approved));
    // A rejection needs no confirmation.
    let mut other = open(GateRequirements { confirm: Some("prod".into()), ..gate(1) });
    other.cast(ballot("alice", Reject), at(1)).unwrap();
}

#[test]
fn a_delegate_votes_in_the_roles_of_another() {
    let mut approval = open(gate(2));
    approval.cast(in_stead_of("erin", "vic"), at(1)).unwrap();
    assert_eq!(approval.votes[0].on_behalf_of, Some("erin".into()));
    assert_eq!(approval.votes[0].delegations, ["d-1"]);
    // The delegator and the delegate have both used their vote.
    refused(&mut approval, ballot("erin", Approve), 2, "already_voted");
    refused(&mut approval, ballot("vic", Approve), 2, "already_voted");
    refused(&mut approval, in_stead_of("erin", "bob"), 2, "already_voted");
    assert_eq!(approval.missing(), 1);
    // The delegator can withdraw the vote, and then vote differently.
    let cast = approval.votes[0].ballot.clone();
    assert_eq!(approval.withdraw(&"erin".into(), &cast, at(3)), Ok(Counted::Now));
    assert_eq!(approval.withdraw(&"erin".into(), &cast, at(3)), Ok(Counted::Already));
    approval.cast(ballot("erin", Reject), at(4)).unwrap();
    assert_eq!(approval.outcome, Some(Outcome::Rejected));
}

#[test]
fn all_votes_fit_into_the_event_of_the_decision() {
    let mut approval = open(gate(60));
    for n in 1..=4 {
        let id = format!("a-{n}");
        approval.cast(named("alice", &id), at(n)).unwrap();
        let back = approval.withdraw(&"alice".into(), &id, at(n));
        assert_eq!(back.is_ok(), n < 4, "{back:?}");
    }
    for n in 1..50 {
        approval.cast(ballot(&format!("p-{n}"), Approve), at(9)).unwrap();
    }
    refused(&mut approval, ballot("one-more", Approve), 9, "votes_enough");
    approval.cast(ballot("one-more", Reject), at(9)).unwrap();
}

#[test]
fn a_vote_is_taken_back_and_its_copies_count_no_more() {
    let mut approval = open(gate(2));
    approval.cast(named("alice", "a-1"), at(1)).unwrap();
    assert_eq!(approval.cast(named("alice", "a-1"), at(2)), Ok(Counted::Already));
    assert_eq!(
        approval.withdraw(&"bob".into(), "a-1", at(2)).unwrap_err().code(),
        "ballot_unknown"
    );
    assert_eq!(approval.withdraw(&"alice".into(), "a-1", at(3)), Ok(Counted::Now));
    assert_eq!(approval.withdraw(&"alice".into(), "a-1", at(4)), Ok(Counted::Already));
    assert_eq!((approval.missing(), approval.withdrawn.len()), (2, 1));
    refused(&mut approval, named("alice", "a-1"), 5, "ballot_withdrawn");
    refused(&mut approval, ballot("alice", Approve), 5, "ballot_required");
    approval.cast(named("alice", "a-2"), at(6)).unwrap();
    approval.cast(named("bob", "b-1"), at(7)).unwrap();
    assert_eq!(approval.outcome, Some(Outcome::Approved));
    let late = approval.withdraw(&"bob".into(), "b-1", at(8)).unwrap_err();
    assert_eq!(late.code(), "already_decided");
}

#[test]
fn time_closes_the_gate_once() {
    let mut approval = open(gate(1));
    assert!(!approval.expire(at(99)));
    assert!(approval.expire(at(100)));
    assert!(!approval.expire(at(101)));
    assert_eq!(approval.outcome, Some(Outcome::Expired));
}

#[test]
fn a_gate_is_put_in_words() {
    assert_eq!(in_words(&gate(0)), "requires no approval");
    assert_eq!(in_words(&gate(1)), "requires 1 approval from `approver` or `security`");
    let seat = Some("security".to_owned());
    let escalation =
        Escalation { after_seconds: 3_600, role: "operator".into(), stands_in_for: seat };
    let all = GateRequirements {
        escalations: vec![escalation],
        confirm: Some("prod".into()),
        ..security_seat()
    };
    assert_eq!(
        in_words(&all),
        "requires 2 approvals: 1 from `security` and 1 from `approver`; after 60 minutes, `operator` may \
         vote in place of `security`; to approve, type the environment name: `prod`"
    );
    let operator = || vec![Seats { role: "operator".into(), people: 1 }];
    let demanded = |quorum| in_words(&GateRequirements { demanded: operator(), ..gate(quorum) });
    assert_eq!(demanded(0), "requires 1 approval from `operator`");
    let also = "; also requires 1 approval from `operator` (one person can count for both)";
    assert!(demanded(1).ends_with(also), "{}", demanded(1));
}

/// An approval that was stored before votes had ballots can still be read and continued.
#[test]
fn an_older_approval_goes_on() {
    let mut approval = open(gate(2));
    approval.cast(ballot("alice", Approve), at(1)).unwrap();
    let mut stored = serde_json::to_value(&approval).unwrap();
    stored.as_object_mut().unwrap().remove("withdrawn");
    for member in ["seats", "demanded", "escalations", "confirm"] {
        stored["gate"].as_object_mut().unwrap().remove(member);
    }
    for member in ["ballot", "on_behalf_of", "delegations", "roles", "standing_in", "ratings"] {
        stored["votes"][0].as_object_mut().unwrap().remove(member);
    }
    let mut approval: Approval = serde_json::from_value(stored).unwrap();
    approval.cast(ballot("bob", Approve), at(2)).unwrap();
    assert_eq!(approval.outcome, Some(Outcome::Approved));
}
