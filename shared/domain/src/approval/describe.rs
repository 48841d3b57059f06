//! A gate in words.

use headgate_events::GateRequirements;

/// Who has to approve, as a sentence without its full stop.
#[must_use]
pub fn in_words(gate: &GateRequirements) -> String {
    let seats: u32 = gate.seats.iter().map(|s| s.people).sum();
    let people = gate.quorum.max(seats);
    if people == 0 {
        return "nobody is asked".to_owned();
    }
    let mut roles: Vec<_> =
        gate.roles.iter().chain(gate.seats.iter().map(|s| &s.role)).map(String::as_str).collect();
    roles.sort_unstable();
    roles.dedup();
    let have = if people == 1 { "person has" } else { "people have" };
    let mut text = format!("{people} {have} to approve ({})", roles.join(" or "));
    if !gate.seats.is_empty() {
        let seats: Vec<_> = gate.seats.iter().map(|s| format!("{} {}", s.people, s.role)).collect();
        text.push_str(&format!(", among them {}", seats.join(" and ")));
    }
    for escalation in &gate.escalations {
        let seat = escalation.stands_in_for.as_ref();
        let seat = seat.map(|s| format!(" in place of {s}")).unwrap_or_default();
        let minutes = escalation.after_seconds / 60;
        text.push_str(&format!("; after {minutes} minutes {} may vote{seat}", escalation.role));
    }
    if let Some(name) = &gate.confirm {
        text.push_str(&format!("; whoever approves types `{name}`"));
    }
    text
}
