//! A gate in words.

use headgate_events::{GateRequirements, Seats};

/// What the gate requires, as a sentence without its full stop.
#[must_use]
pub fn in_words(gate: &GateRequirements) -> String {
    let seated: u32 = gate.seats.iter().map(|s| s.people).sum();
    let people = gate.quorum.max(seated);
    let mut parts = Vec::new();
    if people > 0 {
        let mut from = listed(&gate.seats);
        if people > seated {
            let roles = match gate.roles.as_slice() {
                [] => String::new(),
                roles => format!(" from `{}`", roles.join("` or `")),
            };
            from.push(format!("{}{roles}", people - seated));
        }
        parts.push(match from.as_slice() {
            [one] => format!("requires {}", approvals(people, one)),
            _ => format!(
                "requires {}: {}",
                approvals(people, &people.to_string()),
                from.join(" and ")
            ),
        });
    }
    let demanded: u32 = gate.demanded.iter().map(|s| s.people).sum();
    match listed(&gate.demanded) {
        seats if seats.is_empty() => {}
        seats if people == 0 => {
            parts.push(format!("requires {}", approvals(demanded, &seats.join(" and "))));
        }
        seats => parts.push(format!(
            "also requires {} (one person can count for both)",
            approvals(demanded, &seats.join(" and "))
        )),
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

/// Inserts the noun after the first number: `2 approvals from …`.
fn approvals(people: u32, text: &str) -> String {
    let noun = if people == 1 { "approval" } else { "approvals" };
    match text.split_once(' ') {
        Some((number, rest)) => format!("{number} {noun} {rest}"),
        None => format!("{text} {noun}"),
    }
}

/// Such as `1 from security`.
fn listed(seats: &[Seats]) -> Vec<String> {
    seats.iter().map(|s| format!("{} from `{}`", s.people, s.role)).collect()
}
