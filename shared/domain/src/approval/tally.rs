//! Whether the approvals are enough.

use headgate_events::{Vote, VoteKind};

use super::Approval;

impl Approval {
    /// How many people must still approve, at the least.
    ///
    /// Every seat takes a person of its own, so that this is a matching of people to seats: whoever could
    /// take two of them takes the one that leaves the other to somebody else.
    #[must_use]
    pub fn missing(&self) -> u32 {
        let have = u32::try_from(self.approvals().len()).unwrap_or(u32::MAX);
        let empty = u32::try_from(self.missing_roles().len()).unwrap_or(u32::MAX);
        self.gate.quorum.saturating_sub(have).max(empty)
    }

    /// The role of each seat that is still empty.
    #[must_use]
    pub fn missing_roles(&self) -> Vec<String> {
        let seats: Vec<&str> = self
            .gate
            .seats
            .iter()
            .flat_map(|s| std::iter::repeat_n(s.role.as_str(), s.people as usize))
            .collect();
        let approvals = self.approvals();
        let mut taken: Vec<Option<usize>> = vec![None; seats.len()];
        for vote in 0..approvals.len() {
            seat(vote, &approvals, &seats, &mut taken, &mut vec![false; seats.len()]);
        }
        let empty = seats.iter().zip(&taken).filter(|(_, who)| who.is_none());
        empty.map(|(role, _)| (*role).to_owned()).collect()
    }

    fn approvals(&self) -> Vec<&Vote> {
        self.votes.iter().filter(|v| v.vote == VoteKind::Approve).collect()
    }
}

/// Finds a seat for a vote, moving others where they have another one (Kuhn's augmenting paths).
fn seat(
    vote: usize,
    approvals: &[&Vote],
    seats: &[&str],
    taken: &mut [Option<usize>],
    seen: &mut [bool],
) -> bool {
    for (i, role) in seats.iter().enumerate() {
        if seen[i] || !approvals[vote].roles.iter().any(|r| r == role) {
            continue;
        }
        seen[i] = true;
        let free = match taken[i] {
            None => true,
            Some(other) => seat(other, approvals, seats, taken, seen),
        };
        if free {
            taken[i] = Some(vote);
            return true;
        }
    }
    false
}
