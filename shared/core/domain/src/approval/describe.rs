//! A gate in words.

use headgate_events::{GateRequirements, Seats};

/// What the gate requires, as a sentence without its full stop.
#[must_use]
pub fn in_words(gate: &GateRequirements) -> String {
    let people = gate.quorum.max(gate.seats.iter().map(|s| s.people).sum());
    let mut parts = Vec::new();
    if people > 0 {
        let approvals = if people == 1 { "approval" } else { "approvals" };
        let from = match gate.roles.as_slice() {
            [] => String::new(),
            roles => format!(" from `{}`", roles.join("` or `")),
        };
        let including = match listed(&gate.seats) {
            seats if seats.is_empty() => String::new(),
            seats => format!(", including {seats}"),
        };
        parts.push(format!("requires {people} {approvals}{from}{including}"));
    }
    match listed(&gate.demanded) {
        seats if seats.is_empty() => {}
        seats if people == 0 => parts.push(format!("requires approval: {seats}")),
        seats => parts.push(format!("also requires {seats}")),
    }
    if parts.is_empty() {
        return "requires no approval".to_owned();
    }
    for escalation in &gate.escalations {
        let seat = escalation.stands_in_for.as_ref();
        let seat = seat.map(|s| format!(" in place of `{s}`")).unwrap_or_default();
        let minutes = escalation.after_seconds / 60;
        parts.push(format!("after {minutes} minutes, `{}` may vote{seat}", escalation.role));
    }
    if let Some(name) = &gate.confirm {
        parts.push(format!("to approve, type the environment name: `{name}`"));
    }
    parts.join("; ")
}

/// Such as: 1 from `security` and 2 from `operator`.
fn listed(seats: &[Seats]) -> String {
    seats
        .iter()
        .map(|s| format!("{} from `{}`", s.people, s.role))
        .collect::<Vec<_>>()
        .join(" and ")
}
