//! Counts the approvals that are still missing.

use headgate_events::{GateRequirements, Seats, Vote, VoteKind};

use super::Approval;
use super::authority::ANY;

/// A place that one person takes.
#[derive(Clone, Copy)]
enum Place<'a> {
    /// In the quorum, for a holder of one role or for somebody whom an escalation lets stand in.
    Seat(&'a str),
    /// In the quorum, for a holder of any of its roles.
    Any,
    /// Demanded by the change, for a holder of one role. Nobody may stand in.
    Demanded(&'a str),
}

impl Approval {
    /// Minimum number of people who must still approve.
    ///
    /// The quorum and the demanded seats are separate requirements. Both must be met, and one person may
    /// count toward both if they hold the roles. Within each requirement every place needs a different
    /// person, so this is a bipartite matching: a person who fits two places takes the one that leaves the
    /// other to somebody else.
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

    /// The places that stay empty in a maximum matching.
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
        // Votes stored before seats existed have no roles. They were cast in a role of the quorum.
        Place::Any if vote.roles.is_empty() && vote.standing_in.is_empty() => true,
        Place::Any => gate.roles.iter().any(|r| holds(r)) || stands_in(ANY),
    }
}

/// Finds a place for a vote, moving other votes if they fit elsewhere (Kuhn's augmenting paths).
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
