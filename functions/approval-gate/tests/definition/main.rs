//! The approval workflow's definition under the errors that AWS documents, which the emulators do not produce.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod interpreter;

use interpreter::{End, Execution, Reply};
use serde_json::{Value, json};

const HOUR: u64 = 3600;
const DAY: u64 = 24 * HOUR;
const SLICE: u64 = 4 * HOUR;
/// When the approval expires.
const EXPIRES: u64 = 7 * DAY;
/// As the module `fleet` computes it: nothing but a reserve after the expiry.
const TOTAL: u64 = EXPIRES + 2 * SLICE + 14 * DAY;

/// What Lambda, and the functions, can fail with.
const ERRORS: [&str; 8] = [
    "LedgerUnavailable",
    "CommitFailed",
    "WakeFailed",
    "Lambda.TooManyRequestsException",
    "Lambda.ServiceException",
    "Lambda.Unknown",
    "Sandbox.Timedout",
    "States.TaskFailed",
];

/// The definition as Terraform renders it.
fn definition() -> Value {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../terraform/modules/approval-workflow/workflow.asl.json"
    );
    let module = std::fs::read_to_string(path.replace("workflow.asl.json", "main.tf")).unwrap();
    let pause = module.split("pause_seconds = ").nth(1).unwrap().split('\n').next().unwrap();
    let mut text = std::fs::read_to_string(path).unwrap();
    for (name, value) in [
        ("total_timeout_seconds", TOTAL.to_string().as_str()),
        ("slice_seconds", SLICE.to_string().as_str()),
        ("pause_seconds", pause),
        ("partition", "aws"),
        ("open_function_name", "open"),
        ("expire_function_name", "expire"),
    ] {
        text = text.replace(&format!("${{{name}}}"), value);
    }
    serde_json::from_str(&text).unwrap()
}

/// How `approval-gate-expire` answers.
fn next(state: &str, payload: &Value) -> Value {
    let slice = payload["slice"].as_u64().unwrap();
    let slice = if payload["quiet"] == true { slice } else { slice + 1 };
    json!({ "Payload": { "state": state, "change_id": "c", "revision": 1, "slice": slice } })
}

fn start() -> Value {
    json!({ "change_id": "c", "revision": 1, "slice": 1 })
}

/// What an execution did.
struct Told {
    end: End,
    at: u64,
    events: u64,
    entered: Vec<(u64, String)>,
    reminders: u64,
}

/// Runs a workflow whose approval is decided by a vote at `decided`, or else expires, and whose tasks fail while
/// `fails` says so.
fn run(decided: u64, impatient: bool, fails: impl Fn(&str, u64) -> Option<Reply>) -> Told {
    let definition = definition();
    let mut execution = Execution::new(&definition, impatient);
    let mut reminders = 0;
    let end = execution.run("OpenGate", start(), |state, payload, now| {
        if let Some(reply) = fails(state, now) {
            return reply;
        }
        match state {
            // The vote wakes the slice, or the slice runs to its end.
            "OpenGate" if decided <= now => Reply::After(0, Value::Null),
            "OpenGate" if EXPIRES <= now => Reply::Never,
            "OpenGate" if decided < now + SLICE => Reply::After(decided - now, Value::Null),
            "OpenGate" => Reply::Never,
            _ if decided <= now => Reply::After(0, next("decided", payload)),
            _ if EXPIRES <= now => Reply::After(0, next("expired", payload)),
            _ => {
                reminders += u64::from(payload["quiet"] != true);
                Reply::After(0, next("waiting", payload))
            }
        }
    });
    let Execution { now, events, entered, .. } = execution;
    Told { end, at: now, events, entered, reminders }
}

fn never(_: &str, _: u64) -> Option<Reply> {
    None
}

#[test]
fn a_vote_ends_the_workflow_and_a_slice_without_one_reminds() {
    let told = run(10 * HOUR, false, never);
    assert_eq!((told.end, told.at, told.reminders), (End::Succeeded, 10 * HOUR, 2));
}

/// EndSlice had no Catch: four minutes of trouble ended the workflow for ever, and a redelivery found that it
/// `ExecutionAlreadyExists`.
#[test]
fn an_outage_of_any_length_does_not_end_the_workflow() {
    for error in ERRORS {
        for hours in [1, 10, 72] {
            let outage = 3 * HOUR..(3 + hours) * HOUR;
            let told = run(100 * HOUR, false, |_, now| {
                outage.contains(&now).then_some(Reply::Fails(error))
            });
            assert_eq!(told.end, End::Succeeded, "{error}, {hours} h");
            // At the latest when the pause after the last failure is over.
            assert!(told.at <= 101 * HOUR, "{error}, {hours} h: ended after {} h", told.at / HOUR);
        }
    }
}

/// Nobody votes, and the ledger cannot be read when the approval expires. It expires afterwards, within a slice.
#[test]
fn an_outage_across_the_expiry_delays_it_and_no_more() {
    for hours in [1, 4, 30, 13 * 24] {
        let outage = EXPIRES - HOUR..EXPIRES - HOUR + hours * HOUR;
        let told = run(u64::MAX, false, |_, now| {
            outage.contains(&now).then_some(Reply::Fails("LedgerUnavailable"))
        });
        assert_eq!(told.end, End::Succeeded, "{hours} h");
        assert!(told.at <= outage.end.max(EXPIRES) + SLICE + HOUR, "{hours} h: {}", told.at / HOUR);
    }
}

/// OpenGate caught everything into EndSlice, which reminded people and went back at once: 25,000 events within hours.
#[test]
fn a_task_that_always_fails_neither_spins_nor_reminds() {
    for broken in ["OpenGate", "EndSlice", "LookAgain"] {
        for impatient in [false, true] {
            let fails = |state: &str, _| {
                // LookAgain runs only after OpenGate has failed.
                let also = broken == "LookAgain" && state == "OpenGate";
                (state == broken || also).then_some(Reply::Fails("LedgerUnavailable"))
            };
            let told = run(u64::MAX, impatient, fails);
            let hours = told.at / HOUR;
            let entered = told.entered.iter().filter(|(_, name)| name == broken).count() as u64;
            assert!(entered <= 4 * hours + 4, "{broken}: entered {entered} times in {hours} h");
            assert!(told.reminders <= hours / 4 + 1, "{broken}: {} reminders", told.reminders);
            // Days, even if chance makes every retry immediate. An alarm is raised within an hour.
            let expired = told.end == End::Succeeded;
            assert!(expired || hours >= 5 * 24, "{broken}: {:?} after {hours} h", told.end);
        }
    }
}

#[test]
fn a_slice_that_times_out_is_not_retried() {
    let told = run(u64::MAX, false, never);
    assert_eq!((told.end, told.at), (End::Succeeded, EXPIRES));
    let slices = told.entered.iter().filter(|(_, name)| name == "OpenGate").count() as u64;
    assert_eq!(slices, EXPIRES / SLICE);
    assert!(told.events < 25_000 / 20, "{} events in seven days", told.events);
}

/// Without `ResultPath: null`, an error replaces the input, and the next task has no change.
#[test]
fn the_interpreter_finds_an_input_that_an_error_replaced() {
    for (task, catcher) in [("OpenGate", 0), ("OpenGate", 1), ("EndSlice", 0), ("LookAgain", 0)] {
        let mut broken = definition();
        let catchers = &mut broken["States"][task]["Catch"][catcher];
        assert!(catchers.as_object_mut().unwrap().remove("ResultPath").is_some());
        let mut execution = Execution::new(&broken, false);
        let end = execution.run("OpenGate", start(), |state, payload, now| match state {
            "OpenGate" if task == "OpenGate" && catcher == 0 => Reply::Never,
            "OpenGate" if task == "EndSlice" => Reply::Never,
            _ if now < DAY => Reply::Fails("LedgerUnavailable"),
            _ => Reply::After(0, next("decided", payload)),
        });
        assert_eq!(end, End::Failed("States.Runtime".to_owned()), "{task} {catcher}");
    }
}

#[test]
fn a_decision_during_the_trouble_is_found_without_asking_again() {
    // Nobody can be asked, but the ledger can be read: a vote came by another way.
    let told =
        run(HOUR, false, |state, _| (state == "OpenGate").then_some(Reply::Fails("WakeFailed")));
    assert_eq!((told.end, told.reminders), (End::Succeeded, 0));
    assert!(told.at <= 2 * HOUR, "{}", told.at);
}

/// The oracle: the definition before this one, which had both faults.
#[test]
fn the_interpreter_finds_the_faults_of_an_earlier_definition() {
    let mut earlier = definition();
    let states = &mut earlier["States"];
    states["EndSlice"].as_object_mut().unwrap().remove("Catch");
    states["OpenGate"].as_object_mut().unwrap().remove("Retry");
    states["OpenGate"]["Catch"] =
        json!([{ "ErrorEquals": ["States.ALL"], "ResultPath": null, "Next": "EndSlice" }]);
    let mut dies = Execution::new(&earlier, false);
    let end = dies.run("OpenGate", start(), |state, _, _| match state {
        "OpenGate" => Reply::Never,
        _ => Reply::Fails("LedgerUnavailable"),
    });
    assert_eq!(end, End::Failed("LedgerUnavailable".to_owned()));
    let mut spins = Execution::new(&earlier, false);
    let end = spins.run("OpenGate", start(), |state, payload, _| match state {
        "OpenGate" => Reply::Fails("LedgerUnavailable"),
        _ => Reply::After(1, next("waiting", payload)),
    });
    assert_eq!((end, spins.now < 2 * HOUR), (End::HistoryFull, true));
}
