//! The approval workflow's definition under the errors that AWS documents, which the emulators do not produce.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod interpreter;

use interpreter::{End, Execution, Reply};
use serde_json::{Value, json};

const SLICE: u64 = 4 * 3600;
const HOUR: u64 = 3600;
/// Gates expire after at most 30 days in these tests.
const TOTAL: u64 = 30 * 24 * HOUR + 2 * SLICE;

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
    json!({ "Payload": {}, "state": state, "change_id": "c", "revision": 1, "slice": slice })
}

fn start() -> Value {
    json!({ "change_id": "c", "revision": 1, "slice": 1 })
}

/// A workflow whose approval is decided at `decided`, and whose tasks fail while `fails` says so.
struct Told {
    end: End,
    at: u64,
    events: u64,
    entered: Vec<(u64, String)>,
    reminders: u64,
}

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
            "OpenGate" if decided < now + SLICE => Reply::After(decided - now, Value::Null),
            "OpenGate" => Reply::Never,
            _ if decided <= now => Reply::After(0, next("decided", payload)),
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
            assert_eq!(told.end, End::Succeeded, "{error}, {hours} h: {:?}", told.entered);
            // At the latest when the pause after the last failure is over.
            assert!(told.at <= 101 * HOUR, "{error}, {hours} h: ended after {} h", told.at / HOUR);
        }
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
            // Weeks, even if chance makes every retry immediate.
            assert!(hours >= 5 * 24, "{broken}: {:?} after {hours} h", told.end);
        }
    }
}

#[test]
fn a_slice_that_times_out_is_not_retried() {
    let told = run(u64::MAX, false, never);
    assert_eq!((told.end, told.at), (End::TimedOut, TOTAL));
    let slices = told.entered.iter().filter(|(_, name)| name == "OpenGate").count() as u64;
    assert_eq!(slices, TOTAL / SLICE);
    assert!(told.events < 25_000 / 4, "{} events in 30 days", told.events);
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
