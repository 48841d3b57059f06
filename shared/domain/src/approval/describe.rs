//! A gate in words.

use headgate_events::{GateRequirements, Seats};

/// Who has to approve, as a sentence without its full stop.
#[must_use]
pub fn in_words(gate: &GateRequirements) -> String {
    let people = gate.quorum.max(gate.seats.iter().map(|s| s.people).sum());
    let mut parts = Vec::new();
    if people > 0 {
        let have = if people == 1 { "person has" } else { "people have" };
        let of = match gate.roles.as_slice() {
            [] => String::new(),
            roles => format!(" ({})", roles.join(" or ")),
        };
        let among = match listed(&gate.seats) {
            seats if seats.is_empty() => String::new(),
            seats => format!(", among them {seats}"),
        };
        parts.push(format!("{people} {have} to approve{of}{among}"));
    }
    match listed(&gate.demanded) {
        seats if seats.is_empty() => {}
        seats if people == 0 => parts.push(format!("{seats} to approve")),
        seats => parts.push(format!("{seats} must be there in any case")),
    }
    if parts.is_empty() {
        return "nobody is asked".to_owned();
    }
    for escalation in &gate.escalations {
        let seat = escalation.stands_in_for.as_ref();
        let seat = seat.map(|s| format!(" in place of {s}")).unwrap_or_default();
        let minutes = escalation.after_seconds / 60;
        parts.push(format!("after {minutes} minutes {} may vote{seat}", escalation.role));
    }
    if let Some(name) = &gate.confirm {
        parts.push(format!("whoever approves types `{name}`"));
    }
    parts.join("; ")
}

/// `1 security and 2 operator`.
fn listed(seats: &[Seats]) -> String {
    seats.iter().map(|s| format!("{} {}", s.people, s.role)).collect::<Vec<_>>().join(" and ")
}
