//! Whether the approvals are enough.

use headgate_events::{GateRequirements, Seats, Vote, VoteKind};

use super::Approval;
use super::authority::ANY;

/// A place that one person takes.
#[derive(Clone, Copy)]
enum Place<'a> {
    /// Among the quorum, for holders of one role, or whom an escalation lets stand in for them.
    Seat(&'a str),
    /// Among the quorum, for holders of any of its roles.
    Any,
    /// Asked for by the change: for holders of one role, and nobody in their stead.
    Demanded(&'a str),
}

impl Approval {
    /// How many people must still approve, at the least.
    ///
    /// Quorum and what the change demands besides are two matters: each must be met, and a person may be part
    /// of both, if they hold the roles. Within each, every place takes a person of its own, so that it is a
    /// matching: whoever could take two places takes the one that leaves the other to somebody else.
    #[must_use]
    pub fn missing(&self) -> u32 {
        let most = self.empty(quorum(&self.gate)).len().max(self.empty(demanded(&self.gate)).len());
        u32::try_from(most).unwrap_or(u32::MAX)
    }

    /// The role of each seat that is still empty.
    #[must_use]
    pub fn missing_roles(&self) -> Vec<String> {
        let mut empty = self.empty(quorum(&self.gate));
        empty.extend(self.empty(demanded(&self.gate)));
        let role = |place| match place {
            Place::Seat(role) | Place::Demanded(role) => Some(role.to_owned()),
            Place::Any => None,
        };
        empty.into_iter().filter_map(role).collect()
    }

    /// The places that stay empty when as many as possible are taken.
    fn empty<'a>(&'a self, places: Vec<Place<'a>>) -> Vec<Place<'a>> {
        let approvals: Vec<_> = self.votes.iter().filter(|v| v.vote == VoteKind::Approve).collect();
        let mut taken: Vec<Option<usize>> = vec![None; places.len()];
        for vote in 0..approvals.len() {
            let takes =
                |vote: usize, place: usize| takes(&self.gate, approvals[vote], places[place]);
            sit(vote, &takes, &mut taken, &mut vec![false; places.len()]);
        }
        places.into_iter().zip(taken).filter(|(_, by)| by.is_none()).map(|(p, _)| p).collect()
    }
}

fn quorum(gate: &GateRequirements) -> Vec<Place<'_>> {
    let mut places: Vec<_> = each(&gate.seats).map(Place::Seat).collect();
    let rest = (gate.quorum as usize).saturating_sub(places.len());
    places.extend(std::iter::repeat_n(Place::Any, rest));
    places
}

fn demanded(gate: &GateRequirements) -> Vec<Place<'_>> {
    each(&gate.demanded).map(Place::Demanded).collect()
}

fn each(seats: &[Seats]) -> impl Iterator<Item = &str> {
    seats.iter().flat_map(|s| std::iter::repeat_n(s.role.as_str(), s.people as usize))
}

fn takes(gate: &GateRequirements, vote: &Vote, place: Place<'_>) -> bool {
    let holds = |role: &str| vote.roles.iter().any(|r| r == role);
    let stands_in = |role: &str| vote.standing_in.iter().any(|r| r == role);
    match place {
        Place::Seat(role) => holds(role) || stands_in(role),
        Place::Demanded(role) => holds(role),
        // Votes from before there were seats say nothing of roles: they were cast in one of the quorum's.
        Place::Any if vote.roles.is_empty() && vote.standing_in.is_empty() => true,
        Place::Any => gate.roles.iter().any(|r| holds(r)) || stands_in(ANY),
    }
}

/// Finds a place for a vote, moving others where they have another one (Kuhn's augmenting paths).
fn sit(
    vote: usize,
    takes: &dyn Fn(usize, usize) -> bool,
    taken: &mut [Option<usize>],
    seen: &mut [bool],
) -> bool {
    for place in 0..taken.len() {
        if seen[place] || !takes(vote, place) {
            continue;
        }
        seen[place] = true;
        let free = match taken[place] {
            None => true,
            Some(other) => sit(other, takes, taken, seen),
        };
        if free {
            taken[place] = Some(vote);
            return true;
        }
    }
    false
}
