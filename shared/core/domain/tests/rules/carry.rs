//! Which votes stand for the next revision.

use crate::common;

use common::{at, ballot, gate};
use headgate_domain::approval::{Approval, Ballot};
use headgate_events::{GateRequirements, Outcome, Ratings, Seats, Vote, VoteKind};

fn open(revision: u32, gate: GateRequirements, now: i64) -> Approval {
    Approval::open(&"chg".into(), revision, &"h".into(), gate, vec!["bot".into()], at(now))
}

/// A request for two approvals, for which these people have voted.
fn before(votes: &[(&str, VoteKind)]) -> Approval {
    let mut approval = open(3, gate(2), 0);
    for (who, kind) in votes {
        approval.cast(ballot(who, *kind), at(1)).unwrap();
    }
    approval
}

const YES: VoteKind = VoteKind::Approve;

/// Names of the carried votes, and the reasons of the others.
fn carried(
    before: &Approval,
    next: &mut Approval,
    differs: &[&str],
    now: i64,
) -> (Vec<String>, Vec<String>) {
    let carried = next.carry_over(before, differs, at(now));
    assert_eq!(carried.votes.len() + carried.voided.len(), before.votes.len());
    (
        carried.votes.into_iter().map(|v| v.principal.to_string()).collect(),
        carried.voided.into_iter().map(|v| v.reason).collect(),
    )
}

#[test]
fn votes_stand_if_nothing_differs() {
    let one = before(&[("alice", YES)]);
    let mut next = open(4, gate(2), 10);
    assert_eq!(carried(&one, &mut next, &[], 10).0, ["alice"]);
    assert_eq!((next.outcome, next.missing()), (None, 1));
    // The vote is the same as it was cast, and she has no second one.
    assert_eq!(next.votes, one.votes);
    let again = Ballot { revision: 4, ..ballot("alice", YES) };
    assert!(next.cast(again, at(11)).is_err());
    next.cast(Ballot { revision: 4, ..ballot("bob", YES) }, at(12)).unwrap();
    assert_eq!(next.outcome, Some(Outcome::Approved));

    // Enough votes decide at once.
    let two = before(&[("alice", YES), ("bob", YES)]);
    assert_eq!(two.outcome, Some(Outcome::Approved));
    let mut next = open(4, gate(2), 10);
    assert_eq!(carried(&two, &mut next, &[], 10).0, ["alice", "bob"]);
    assert_eq!((next.outcome, next.decided_at), (Some(Outcome::Approved), Some(at(10))));
}

#[test]
fn one_reason_is_enough_to_ask_again() {
    let one = before(&[("alice", YES)]);
    type Edit = fn(&mut Vote);
    let edits: [(Edit, &str); 7] = [
        (|v| v.comment = "fine, but rename it".into(), "comment"),
        (|v| v.ratings = Some(Ratings { quality: 5, relevance: 2, completeness: 5 }), "rating"),
        (|v| v.on_behalf_of = Some("carol".into()), "delegation"),
        (|v| v.delegations = vec!["d-1".into()], "delegation"),
        (|v| v.standing_in = vec!["security".into()], "escalation"),
        (|v| v.principal = "BOT".into(), "part in the new revision"),
        (|v| v.at = at(-90), "older"),
    ];
    for (edit, said) in edits {
        let mut other = one.clone();
        edit(&mut other.votes[0]);
        let (stand, reasons) = carried(&other, &mut open(4, gate(2), 10), &[], 10);
        assert!(stand.is_empty() && reasons[0].contains(said), "{said}: {reasons:?}");
    }
    // A good rating and white space ask for nothing.
    let mut good = one.clone();
    good.votes[0].comment = " \n".into();
    good.votes[0].ratings = Some(Ratings { quality: 3, relevance: 4, completeness: 5 });
    assert_eq!(carried(&good, &mut open(4, gate(2), 10), &[], 10).0, ["alice"]);
}

#[test]
fn what_concerns_everybody_voids_every_vote() {
    let one = before(&[("alice", YES)]);
    let asked = before(&[("alice", YES), ("bob", VoteKind::Revise)]);
    let rejected = before(&[("alice", YES), ("bob", VoteKind::Reject)]);
    let mut expired = one.clone();
    assert!(expired.expire(at(100)));
    let mut seats = gate(2);
    seats.seats = vec![Seats { role: "security".into(), people: 1 }];
    for (before, gate, differs) in [
        (&one, gate(2), &["effect"][..]),
        (&one, gate(3), &[]),
        (&one, seats, &[]),
        (&asked, gate(2), &[]),
        (&rejected, gate(2), &[]),
        (&expired, gate(2), &[]),
    ] {
        let mut next = open(4, gate, 10);
        assert!(carried(before, &mut next, differs, 10).0.is_empty());
        assert_eq!((next.votes.len(), next.outcome), (0, None));
    }
    // Once only: a second call finds the votes of the first.
    let mut next = open(4, gate(2), 10);
    assert_eq!(carried(&one, &mut next, &[], 10).0.len(), 1);
    assert!(carried(&one, &mut next, &[], 10).0.is_empty());
    assert_eq!(next.votes.len(), 1);
}
