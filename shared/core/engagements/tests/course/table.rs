//! The table of transitions in `docs/engagements.md`, found by trying everything in every state that can be reached.

use std::collections::{BTreeSet, HashSet, VecDeque};

use headgate_domain::approval::Approval;
use headgate_engagements::{Command, Course, Kinds, Note, Report, Status, Usage};
use headgate_events::{Outcome, Verdict};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::{Play, bot, done, names};

const BEGIN: &str = "<!-- transitions: begin -->\n";
const END: &str = "<!-- transitions: end -->";

/// Two types. The phases of one end without a gate, those of the other with one. All stop at limits.
fn kinds() -> Kinds {
    let limits = json!({
        "handoffs": 9, "iterations": 1, "timeout_seconds": 600, "extended_timeout_seconds": 900, "turn_seconds": 300, "window": 0,
        "distinct_agents": 0, "duration_seconds": 100_000, "on_breach": "stop", "sent_back": 1,
    });
    let phase = |id: &str, gate: Option<&Value>| json!({ "id": id, "title": id, "entry": "dev", "members": ["dev"], "limits": limits, "gate": gate });
    let gate = json!({ "quorum": 1, "roles": ["approver"], "separation_of_duties": true, "expires_in_seconds": 100_000 });
    let ends = |gate| json!([phase("build", Some(&gate)), phase("look", None)]);
    let both = json!([
        { "name": "without", "phases": ends(gate.clone()) },
        { "name": "with", "phases": [phase("build", Some(&gate))] },
    ]);
    both.to_string().parse().unwrap()
}

/// Everything that can happen, in words, and what it does to a state.
const HAPPENS: [&str; 17] = [
    "a result is reported",
    "a failure is reported",
    "usage exceeds a limit that stops",
    "an agent asks",
    "a person answers",
    "the review passes",
    "the review says revise",
    "the review blocks",
    "people approve",
    "people say revise",
    "people reject",
    "a reminder is due",
    "the deadline passes",
    "a person resumes",
    "an operator skips",
    "a person cancels",
    "nothing",
];

#[derive(Clone)]
struct State {
    course: Course,
    asked: Option<Approval>,
    now: Timestamp,
}

impl State {
    /// States that behave alike.
    fn alike(&self) -> String {
        let c = &self.course;
        let counts = (c.failures, c.timeouts, c.sent_back, c.reminders.min(1), c.attempt.min(3));
        let open =
            c.questions.iter().map(|q| (q.is_open(), q.reminders.min(1))).collect::<Vec<_>>();
        let cause = c.stopped.as_ref().map(|stopped| stopped.cause);
        format!(
            "{} {:?} {} {counts:?} {open:?} {cause:?} {}",
            c.kind,
            c.status,
            c.current,
            c.submission.is_some()
        )
    }

    /// What follows, and the events; `None` if it is refused or cannot happen here.
    fn after(&self, what: &str) -> Option<(Self, Vec<&'static str>)> {
        let mut next = self.clone();
        let (at, by) = (self.course.at(), bot());
        let (report, failed) = (done(), Report::Failed { reason: "no".to_owned() });
        let usage: Usage =
            serde_json::from_value(json!({ "agents": { "dev": { "turns": 2 } } })).unwrap();
        let play = Play { course: self.course.clone(), now: self.now };
        let review = |verdict| Some(play.review(verdict));
        let mut reviewed = None;
        let decided = |outcome| {
            let asked = self.asked.clone().filter(|_| self.course.status == Status::Deciding)?;
            Some(Approval { outcome: Some(outcome), ..asked })
        };
        let mut voted = None;
        let command = match what {
            "a result is reported" => {
                Some(Command::Report { at, report: &report, by: &by, workers: &[] })
            }
            "a failure is reported" => {
                Some(Command::Report { at, report: &failed, by: &by, workers: &[] })
            }
            "usage exceeds a limit that stops" => {
                Some(Command::Use { at, usage: &usage, workers: &[] })
            }
            "an agent asks" => {
                Some(Command::Ask { at, id: "q", question: "?", options: &[], workers: &[] })
            }
            "a person answers" => Some(Command::Answer { at, id: "q", answer: "!" }),
            "a person resumes" => Some(Command::Resume { at, reason: "r" }),
            "an operator skips" => Some(Command::Skip { at, reason: "r" }),
            "a person cancels" => Some(Command::Cancel { reason: "r" }),
            "the review passes" => {
                reviewed = review(Verdict::Pass);
                None
            }
            "the review says revise" => {
                reviewed = review(Verdict::Revise);
                None
            }
            "the review blocks" => {
                reviewed = review(Verdict::Block);
                None
            }
            "people approve" => {
                voted = Some(decided(Outcome::Approved)?);
                None
            }
            "people say revise" => {
                voted = Some(decided(Outcome::Revise)?);
                None
            }
            "people reject" => {
                voted = Some(decided(Outcome::Rejected)?);
                None
            }
            "a reminder is due" => {
                let questions =
                    self.course.questions.iter().filter(|q| q.is_open()).map(|q| q.remind_at);
                next.now = questions.chain(self.course.remind_at).min()?.max(self.now);
                voted.clone_from(&self.asked);
                None
            }
            "the deadline passes" => {
                let waits = !self.course.status.is_final() && self.course.paused_at.is_none();
                next.now =
                    Some(self.course.deadline).filter(|_| waits)? + SignedDuration::from_secs(1);
                // Reminders come first, in real time.
                next.course.remind_at = None;
                voted.clone_from(&self.asked);
                None
            }
            _ => None,
        };
        let look = Command::Look { review: reviewed.as_ref(), approval: voted.as_ref() };
        let applied = next.course.apply(command.unwrap_or(look), next.now).ok()?;
        if let Some(approval) = applied.approval {
            next.asked = Some(approval);
        }
        (next.course != self.course || !applied.notes.is_empty())
            .then(|| (next, events(&applied.notes)))
    }
}

/// The names of the events, as on the wire.
fn events(notes: &[Note]) -> Vec<&'static str> {
    names(notes)
}

/// `PhaseStarted` as `phase.started`.
fn wire(name: &str) -> String {
    let at = name.chars().skip(1).position(char::is_uppercase).unwrap() + 1;
    format!("`{}.{}`", name[..at].to_lowercase(), name[at..].to_lowercase())
}

fn place(before: &Course, after: &Course) -> String {
    let name = after.status.name();
    if after.current != before.current {
        return format!("{name}, next phase");
    }
    if after.attempt != before.attempt {
        return format!("{name}, next attempt");
    }
    name.to_owned()
}

/// Tries everything in every state that can be reached.
fn explored() -> BTreeSet<(usize, String)> {
    let begun = ["without", "with"].map(|kind| {
        let play = Play::of(&kinds(), kind);
        State { course: play.course, asked: None, now: play.now }
    });
    let mut seen: HashSet<_> = begun.iter().map(State::alike).collect();
    let mut queue = VecDeque::from(begun);
    let mut rows = BTreeSet::new();
    let order = ["working", "reviewing", "deciding", "failed", "completed", "cancelled"];
    while let Some(state) = queue.pop_front() {
        for what in HAPPENS {
            let Some((next, events)) = state.after(what) else { continue };
            let from = state.course.status.name();
            let events = events.iter().map(|name| wire(name)).collect::<Vec<_>>().join(", ");
            let to = place(&state.course, &next.course);
            let rank = order.iter().position(|name| *name == from).unwrap();
            rows.insert((rank, format!("| {from} | {what} | {to} | {events} |")));
            if seen.insert(next.alike()) {
                queue.push_back(next);
            }
        }
    }
    assert!(seen.len() > 50, "{} states", seen.len());
    rows
}

#[test]
fn the_documented_transitions_are_all_there_are() {
    let path = format!("{}/../../../docs/engagements.md", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap();
    let mut table =
        "| where | what happens | where then | events |\n|---|---|---|---|\n".to_owned();
    for (_, row) in explored() {
        table.push_str(&row);
        table.push('\n');
    }
    let (before, rest) = text.split_once(BEGIN).unwrap();
    let (known, after) = rest.split_once(END).unwrap();
    if std::env::var_os("HEADGATE_UPDATE").is_some() {
        std::fs::write(&path, format!("{before}{BEGIN}{table}{END}{after}")).unwrap();
        return;
    }
    assert_eq!(known, table, "docs/engagements.md is outdated; run `cargo xtask schemas`");
}

/// From wherever an engagement is, time alone brings it on. Only a question waits for its answer.
#[test]
fn nothing_waits_for_ever() {
    let all = explored();
    let time = |name: &str| format!("| {name} | the deadline passes |");
    for name in ["working", "reviewing", "deciding", "failed"] {
        assert!(all.iter().any(|(_, row)| row.starts_with(&time(name))), "{name}");
    }
    let to = |row: &str| row.split(" | ").nth(2).unwrap().split(',').next().unwrap().to_owned();
    for (_, row) in &all {
        let to = to(row);
        let ends = ["completed", "cancelled"].contains(&to.as_str());
        assert_eq!(all.iter().any(|(_, row)| row.starts_with(&time(&to))), !ends, "{row}");
    }
}
