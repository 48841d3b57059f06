//! Compares the gate with a second, naive implementation of its rules, in every state that up to six votes
//! can reach.
//!
//! Every message that anybody could send arrives at any time and any number of times: votes, withdrawals,
//! late copies of both, and messages for an older revision. In between there are a new revision, an
//! escalation and the expiry. The state keeps votes in order of arrival but omits their times, because
//! nothing depends on them once a vote has been counted.

use crate::common;

use std::collections::{BTreeSet, HashSet};

use common::at;
use headgate_domain::approval::{Approval, Ballot, Counted, Grant, in_words};
use headgate_events::{Escalation, GateRequirements, Outcome, Seats, VoteKind, Withdrawal};

/// All voters: name, roles, and the person they vote for (in the role `approver`).
const PEOPLE: [(&str, &[&str], Option<&str>); 6] = [
    ("alice", &["approver"], None),
    ("bob", &["approver", "security"], None),
    ("carol", &["security"], None),
    ("dana", &["approver", "security"], None),
    ("olga", &["operator"], None),
    ("erin", &[], Some("alice")),
];
const BARRED: &str = "dana";
const VOTES: usize = 6;
/// The start, when the operator may vote, and when the gate expires.
const TIMES: [i64; 3] = [0, 50, 100];

/// A message from a voter.
#[derive(Debug, Clone, Copy)]
enum Message {
    Cast { who: usize, ballot: u8, revision: u32, approve: bool },
    Withdraw { who: usize, ballot: u8, revision: u32 },
}

/// The real approval, and beside it the naive model of the rules.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct World {
    approval: Approval,
    time: usize,
    naive: Naive,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
struct Naive {
    revision: u32,
    /// Approvals in force: voter and ballot.
    standing: BTreeSet<(usize, u8)>,
    /// Voters among them who could stand in for somebody when they voted.
    stood_in: BTreeSet<usize>,
    spent: BTreeSet<(usize, u8)>,
    outcome: Option<Outcome>,
}

fn id(ballot: u8) -> String {
    format!("ballot-{ballot}")
}

impl Naive {
    fn open_at(&self, time: usize) -> bool {
        self.outcome.is_none() && time < 2
    }

    /// Roles in which somebody acts, from the table.
    fn roles(who: usize) -> Vec<&'static str> {
        let (_, own, stead) = PEOPLE[who];
        if stead.is_some() { vec!["approver"] } else { own.to_vec() }
    }

    /// Whether somebody may take a seat of `security` because the decision took too long.
    fn stands_in(who: usize, time: usize) -> bool {
        time > 0 && Self::roles(who).contains(&"operator")
    }

    fn may_vote(who: usize, time: usize, gate: &GateRequirements) -> bool {
        let seats = gate.seats.iter().chain(&gate.demanded).map(|s| s.role.as_str());
        let mut asked = gate.roles.iter().map(String::as_str).chain(seats);
        asked.any(|r| Self::roles(who).contains(&r)) || Self::stands_in(who, time)
    }

    /// Every person who is part of a vote.
    fn persons(who: usize) -> Vec<&'static str> {
        let (name, _, stead) = PEOPLE[who];
        std::iter::once(name).chain(stead).collect()
    }

    fn take(&mut self, message: Message, time: usize, gate: &GateRequirements) -> bool {
        match message {
            Message::Cast { who, ballot, revision, approve } => {
                let engaged: Vec<_> =
                    self.standing.iter().flat_map(|(w, _)| Self::persons(*w)).collect();
                let persons = Self::persons(who);
                let counts = revision == self.revision
                    && self.open_at(time)
                    && !self.spent.contains(&(who, ballot))
                    && !persons.contains(&BARRED)
                    && !persons.iter().any(|p| engaged.contains(p))
                    && Self::may_vote(who, time, gate);
                if counts && approve {
                    self.standing.insert((who, ballot));
                    self.stood_in.remove(&who);
                    if Self::stands_in(who, time) {
                        self.stood_in.insert(who);
                    }
                    if self.enough(gate) {
                        self.outcome = Some(Outcome::Approved);
                    }
                } else if counts {
                    self.outcome = Some(Outcome::Rejected);
                }
                counts
            }
            Message::Withdraw { who, ballot, revision } => {
                // Their own ballot; or, if they sent none of that name, one that a delegate cast for them.
                let own = (who, ballot);
                let known = self.standing.contains(&own) || self.spent.contains(&own);
                let for_me = |w: usize| PEOPLE[w].2 == Some(PEOPLE[who].0);
                let stead = self.standing.iter().find(|(w, b)| for_me(*w) && *b == ballot).copied();
                let mine = if known { own } else { stead.unwrap_or(own) };
                let counts =
                    revision == self.revision && self.open_at(time) && self.standing.remove(&mine);
                if counts {
                    self.spent.insert(mine);
                }
                counts
            }
        }
    }

    /// Tries every assignment of people to the places of the quorum, and again to the demanded seats.
    fn enough(&self, gate: &GateRequirements) -> bool {
        let people: Vec<usize> = self.standing.iter().map(|(who, _)| *who).collect();
        let each = |seats: &[Seats]| -> Vec<String> {
            seats.iter().flat_map(|s| vec![s.role.clone(); s.people as usize]).collect()
        };
        let mut quorum = each(&gate.seats);
        while quorum.len() < gate.quorum as usize {
            quorum.push(String::new());
        }
        let in_quorum = |who: usize, place: &str| match place {
            "" => gate.roles.iter().any(|r| Self::roles(who).contains(&r.as_str())),
            "security" if self.stood_in.contains(&who) => true,
            role => Self::roles(who).contains(&role),
        };
        let demanded = |who: usize, role: &str| Self::roles(who).contains(&role);
        let fresh = || vec![false; people.len()];
        seated(&quorum, &people, &in_quorum, &mut fresh())
            && seated(&each(&gate.demanded), &people, &demanded, &mut fresh())
    }
}

fn seated(
    places: &[String],
    people: &[usize],
    takes: &dyn Fn(usize, &str) -> bool,
    used: &mut [bool],
) -> bool {
    let Some((place, rest)) = places.split_first() else { return true };
    for i in 0..people.len() {
        if !used[i] && takes(people[i], place) {
            used[i] = true;
            if seated(rest, people, takes, used) {
                return true;
            }
            used[i] = false;
        }
    }
    false
}

impl World {
    /// A message arrives, for the first time or again. Returns the world after it if it counts; otherwise
    /// checks that nothing changed.
    ///
    /// `scratch` is a copy of this world, and is one again afterwards. Most messages do not count, and a fresh
    /// copy for each would take most of the test's time.
    fn deliver(&self, message: Message, scratch: &mut Self) -> Option<Self> {
        let next = &mut *scratch;
        let now = at(TIMES[self.time]);
        let result = match message {
            Message::Cast { who, ballot, revision, approve } => {
                let (name, own, stead) = PEOPLE[who];
                let grant = stead.map(|by| Grant {
                    by: by.into(),
                    roles: vec!["approver".into()],
                    delegations: Vec::new(),
                });
                let vote = if approve { VoteKind::Approve } else { VoteKind::Reject };
                next.approval.cast(
                    Ballot {
                        id: Some(id(ballot)),
                        roles: own.iter().map(|r| (*r).to_owned()).collect(),
                        grant,
                        revision,
                        content_hash: format!("content-{revision}").into(),
                        ..common::ballot(name, vote)
                    },
                    now,
                )
            }
            // The API finds the approval by its revision and refuses a superseded one.
            Message::Withdraw { revision, .. } if revision != next.approval.revision => {
                Ok(Counted::Already)
            }
            Message::Withdraw { who, ballot, .. } => {
                next.approval.withdraw(&PEOPLE[who].0.into(), &id(ballot), now)
            }
        };
        let counted = next.naive.take(message, self.time, &self.approval.gate);
        assert_eq!(result == Ok(Counted::Now), counted, "{message:?} -> {result:?} in {self:#?}");
        if !counted {
            assert_eq!(next, self, "{message:?} changed something");
            return None;
        }
        let mut next = std::mem::replace(scratch, self.clone());
        next.approval.votes.iter_mut().for_each(|v| v.at = at(0));
        for withdrawal in &mut next.approval.withdrawn {
            (withdrawal.at, withdrawal.vote.at) = (at(0), at(0));
        }
        next.approval.withdrawn.sort_by(|a, b| {
            let key = |w: &Withdrawal| (w.vote.principal.clone(), w.vote.ballot.clone());
            key(a).cmp(&key(b))
        });
        Some(next)
    }

    /// What may happen next.
    fn steps(&self) -> Vec<Self> {
        let mut steps = Vec::new();
        let mut scratch = self.clone();
        let mut deliver = |message| steps.extend(self.deliver(message, &mut scratch));
        let cast = self.approval.votes.len() + self.approval.withdrawn.len();
        for revision in 1..=self.naive.revision {
            for (who, ballot) in (0..PEOPLE.len()).flat_map(|who| [(who, 0), (who, 1)]) {
                if cast < VOTES || self.naive.spent.contains(&(who, ballot)) {
                    let vote = |approve| Message::Cast { who, ballot, revision, approve };
                    deliver(vote(true));
                    if ballot == 0 {
                        deliver(vote(false));
                    }
                }
                deliver(Message::Withdraw { who, ballot, revision });
            }
        }
        if self.time + 1 < TIMES.len() {
            let mut next = self.clone();
            next.time += 1;
            let expires = next.approval.expire(at(TIMES[next.time]));
            assert_eq!(expires, next.time == 2 && self.naive.outcome.is_none());
            if expires {
                next.naive.outcome = Some(Outcome::Expired);
            }
            steps.push(next);
        }
        if self.naive.revision == 1 {
            steps.push(Self::new(&self.approval.gate, 2));
        }
        steps
    }

    /// A new request, at the start of the clock.
    fn new(gate: &GateRequirements, revision: u32) -> Self {
        let content = format!("content-{revision}").into();
        let barred = vec![BARRED.into()];
        let approval =
            Approval::open(&"chg".into(), revision, &content, gate.clone(), barred, at(0));
        Self { approval, time: 0, naive: Naive { revision, ..Naive::default() } }
    }

    /// No message after the decision changes anything.
    fn stays(&self) {
        let revision = self.naive.revision;
        let mut scratch = self.clone();
        for who in 0..PEOPLE.len() {
            let cast = Message::Cast { who, ballot: 1, revision, approve: who % 2 == 0 };
            for message in [cast, Message::Withdraw { who, ballot: 0, revision }] {
                assert_eq!(self.deliver(message, &mut scratch), None, "{message:?}");
            }
        }
        assert!(!self.approval.clone().expire(at(TIMES[2])));
    }

    fn check(&self) {
        let Approval { gate, outcome, votes, .. } = &self.approval;
        assert_eq!(*outcome, self.naive.outcome, "{self:#?}");
        if *outcome == Some(Outcome::Approved) {
            let approvals = votes.iter().filter(|v| v.vote == VoteKind::Approve);
            let persons: Vec<_> = approvals
                .clone()
                .flat_map(|v| std::iter::once(&v.principal).chain(&v.on_behalf_of))
                .collect();
            let distinct: HashSet<_> = persons.iter().collect();
            assert_eq!(distinct.len(), persons.len(), "somebody counts twice: {self:#?}");
            assert!(!persons.iter().any(|p| **p == BARRED), "{self:#?}");
            let sum = |seats: &[Seats]| seats.iter().map(|s| s.people).sum::<u32>();
            let fewest = gate.quorum.max(sum(&gate.seats)).max(sum(&gate.demanded));
            assert!(approvals.count() >= fewest as usize, "{self:#?}");
        }
    }
}

fn explore(gate: &GateRequirements) -> (usize, usize) {
    let first = World::new(gate, 1);
    let (mut known, mut open) = (HashSet::from([first.clone()]), vec![first]);
    let mut approved = 0;
    while let Some(world) = open.pop() {
        for next in world.steps() {
            next.check();
            if !known.contains(&next) {
                known.insert(next.clone());
                match next.approval.outcome {
                    None => open.push(next),
                    Some(outcome) => {
                        approved += usize::from(outcome == Outcome::Approved);
                        next.stays();
                    }
                }
            }
        }
    }
    (known.len(), approved)
}

fn gate(quorum: u32, seats: &[(&str, u32)]) -> GateRequirements {
    let seats = seats.iter().map(|(role, people)| Seats { role: (*role).into(), people: *people });
    GateRequirements {
        roles: vec!["approver".into()],
        seats: seats.collect(),
        escalations: vec![Escalation {
            after_seconds: 50,
            role: "operator".into(),
            stands_in_for: Some("security".into()),
        }],
        ..common::gate(quorum)
    }
}

#[track_caller]
fn holds(gate: &GateRequirements) {
    let (states, approved) = explore(gate);
    eprintln!("{states} states, {approved} of them approved: {}", in_words(gate));
    assert!(approved > 100 && states > 10_000);
}

#[test]
fn two_people_one_of_them_of_security() {
    holds(&gate(2, &[("security", 1)]));
}

#[test]
fn three_people_of_whom_two_are_of_security() {
    holds(&gate(3, &[("security", 2)]));
}

#[test]
fn two_seats_and_no_quorum() {
    holds(&gate(0, &[("approver", 1), ("security", 1)]));
}

#[test]
fn one_person_and_an_operator_in_any_case() {
    let demanded = vec![Seats { role: "operator".into(), people: 1 }];
    holds(&GateRequirements { demanded, ..gate(2, &[("security", 1)]) });
}
