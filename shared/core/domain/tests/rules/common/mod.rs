//! Gates and ballots for tests.
#![allow(dead_code, clippy::unwrap_used)]

pub mod plans;

use headgate_domain::approval::Ballot;
use headgate_events::{GateRequirements, VoteKind};
use jiff::Timestamp;

pub fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).unwrap()
}

pub fn gate(quorum: u32) -> GateRequirements {
    GateRequirements {
        quorum,
        roles: vec!["approver".into(), "security".into()],
        seats: Vec::new(),
        demanded: Vec::new(),
        escalations: Vec::new(),
        confirm: None,
        separation_of_duties: true,
        expires_in_seconds: 100,
    }
}

pub fn ballot(who: &str, vote: VoteKind) -> Ballot {
    Ballot {
        id: None,
        principal: who.into(),
        roles: vec!["approver".into()],
        grant: None,
        revision: 3,
        content_hash: "h".into(),
        vote,
        confirm: None,
        ratings: None,
        comment: String::new(),
    }
}
