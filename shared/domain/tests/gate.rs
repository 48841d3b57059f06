//! The gate, against random sequences of votes.
#![allow(clippy::unwrap_used)]

use headgate_domain::approval::{Approval, Ballot, VoteError};
use headgate_events::{GateRequirements, Outcome, VoteKind};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).unwrap()
}

fn gate(quorum: u32) -> GateRequirements {
    GateRequirements {
        quorum,
        roles: vec!["approver".into(), "security".into()],
        separation_of_duties: true,
        expires_in_seconds: 100,
    }
}

fn open(quorum: u32) -> Approval {
    Approval::open("chg-1", 3, "h", gate(quorum), vec!["bot".into(), "dana".into()], at(0))
}

fn ballot(who: &str, vote: VoteKind) -> Ballot {
    Ballot {
        principal: who.into(),
        roles: vec!["approver".into()],
        revision: 3,
        content_hash: "h".into(),
        vote,
        comment: String::new(),
    }
}

#[test]
fn two_people_open_a_gate_of_two() {
    let mut approval = open(2);
    assert_eq!(approval.cast(ballot("alice", VoteKind::Approve), at(1)).unwrap(), None);
    assert_eq!(approval.missing(), 1);
    assert_eq!(
        approval.cast(ballot("bob", VoteKind::Approve), at(2)).unwrap(),
        Some(Outcome::Approved)
    );
    assert_eq!(approval.decided_at, Some(at(2)));
}

#[test]
fn one_no_is_enough() {
    for (vote, outcome) in
        [(VoteKind::Reject, Outcome::Rejected), (VoteKind::Revise, Outcome::Revise)]
    {
        let mut approval = open(2);
        assert_eq!(approval.cast(ballot("alice", vote), at(1)).unwrap(), Some(outcome));
        assert_eq!(
            approval.cast(ballot("bob", VoteKind::Approve), at(2)),
            Err(VoteError::Decided(outcome))
        );
    }
}

#[test]
fn a_gate_of_none_is_open_from_the_start() {
    assert_eq!(open(0).outcome, Some(Outcome::Approved));
}

#[test]
fn votes_that_do_not_count_say_why() {
    let mut approval = open(2);
    approval.cast(ballot("alice", VoteKind::Approve), at(1)).unwrap();
    let before = approval.clone();
    let other = Ballot { content_hash: "x".into(), ..ballot("bob", VoteKind::Approve) };
    let old = Ballot { revision: 2, ..ballot("bob", VoteKind::Approve) };
    let visitor = Ballot { roles: vec!["viewer".into()], ..ballot("bob", VoteKind::Approve) };
    let cases = [
        (other, 2, "content_hash_mismatch"),
        (old, 2, "content_hash_mismatch"),
        (visitor, 2, "role_missing"),
        (ballot("bot", VoteKind::Approve), 2, "separation_of_duties"),
        (ballot("dana", VoteKind::Approve), 2, "separation_of_duties"),
        (ballot("alice", VoteKind::Approve), 2, "already_voted"),
        (ballot("bob", VoteKind::Approve), 100, "approval_expired"),
    ];
    for (ballot, second, code) in cases {
        let error = approval.cast(ballot, at(second)).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
        assert_eq!(approval, before);
    }
}

#[test]
fn time_closes_the_gate_once() {
    let mut approval = open(1);
    assert!(!approval.expire(at(99)));
    assert!(approval.expire(at(100)));
    assert!(!approval.expire(at(101)));
    assert_eq!(approval.outcome, Some(Outcome::Expired));
}

fn any_vote() -> impl Strategy<Value = (u8, u8, i64)> {
    (0u8..6, 0u8..8, 0i64..130)
}

proptest! {
    /// However votes come, the gate opens only with a quorum of distinct approvals from people who
    /// have no part in the change, and what is decided stays decided.
    #[test]
    fn no_sequence_opens_the_gate_without_a_quorum(
        quorum in 1u32..4,
        mut votes in proptest::collection::vec(any_vote(), 0..12),
    ) {
        votes.sort_by_key(|v| v.2);
        let people = ["alice", "bob", "carol", "erin", "bot", "dana"];
        let mut approval = open(quorum);
        let mut model: Vec<&str> = Vec::new();
        let mut decided: Option<Outcome> = None;
        for (who, what, second) in votes {
            let who = people[usize::from(who)];
            let vote = match what {
                0 => VoteKind::Reject,
                1 => VoteKind::Revise,
                _ => VoteKind::Approve,
            };
            let counted = approval.cast(ballot(who, vote), at(second)).is_ok();
            let allowed = decided.is_none()
                && second < 100
                && !["bot", "dana"].contains(&who)
                && !model.contains(&who);
            prop_assert_eq!(counted, allowed);
            if counted {
                model.push(who);
                decided = match vote {
                    VoteKind::Reject => Some(Outcome::Rejected),
                    VoteKind::Revise => Some(Outcome::Revise),
                    VoteKind::Approve if model.len() >= quorum as usize => Some(Outcome::Approved),
                    VoteKind::Approve => None,
                };
            }
            prop_assert_eq!(approval.outcome, decided);
        }
        approval.expire(at(0) + SignedDuration::from_secs(200));
        prop_assert_eq!(approval.outcome, Some(decided.unwrap_or(Outcome::Expired)));
    }
}
