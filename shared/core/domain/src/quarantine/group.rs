//! Groups of messages with the same fault in the same build, and the runs that redrive them. Pure.

use headgate_events::Actor;
use headgate_events::latest::RunOutcome;
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Maximum number of messages that a run has in flight.
const MAX_STEP: usize = 25;
/// A run without progress for this long is abandoned, and another may begin.
const STALE: SignedDuration = SignedDuration::from_hours(1);

/// Messages with the same fingerprint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Group {
    /// Fingerprint of the group: one fault in one build.
    pub fingerprint: String,
    /// Digest of the fault, independent of the build.
    pub fault: String,
    /// Stable code of the error.
    pub error_type: String,
    /// The event type, if it could be read.
    pub event_type: Option<String>,
    /// The function that could not process them.
    pub consumer: String,
    /// Build of that function, if known.
    pub build: Option<String>,
    /// Why the first message could not be processed.
    pub reason: String,
    /// When the first message arrived.
    pub first_seen: Timestamp,
    /// The last run, if there was any.
    pub run: Option<Run>,
}

impl headgate_events::Versioned for Group {}

/// One attempt to redrive a group: one canary, then a ramp.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Run {
    /// Id of the run.
    pub run_id: String,
    /// Who requested it.
    pub requested_by: Actor,
    /// Reason, in the words of that person.
    pub reason: String,
    /// Whether the build that failed is still deployed.
    pub forced: bool,
    /// Current state of the run.
    pub state: RunState,
    /// Steps so far; the first is the canary.
    pub steps: u32,
    /// Ids of the messages in flight.
    pub in_flight: Vec<String>,
    /// Id of the event that triggered the step in flight. If that event is delivered again, the step may not
    /// have been sent.
    pub sent_by: String,
    /// Messages that were sent.
    pub sent: u32,
    /// Sent messages that were processed.
    pub processed: u32,
    /// Sent messages that came back or could not be sent.
    pub returned: u32,
    /// Why it stopped; empty if it did not.
    pub stopped_because: String,
    /// When it began.
    pub began_at: Timestamp,
    /// When the run last made progress.
    pub moved_at: Timestamp,
}

/// State of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RunState {
    /// The run is in progress.
    Running,
    /// Every message that may be sent was sent.
    Done,
    /// A message failed again.
    Stopped,
}

/// Result of one message of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arrival {
    /// Its consumer processed it.
    Processed,
    /// It could not be sent because its body is lost. This says nothing about the fault, so another canary is
    /// sent.
    Unsendable,
    /// It came back as a dead letter.
    Returned {
        /// Whether it failed with the same fault as before.
        same_fault: bool,
        /// The new reason.
        reason: String,
    },
}

impl Group {
    /// The run in progress, unless it has made no progress for an hour.
    #[must_use]
    pub fn running(&self, now: Timestamp) -> Option<&Run> {
        self.run.as_ref().filter(|run| {
            run.state == RunState::Running && now.duration_since(run.moved_at) < STALE
        })
    }
}

impl Run {
    /// A run that has sent nothing yet.
    #[must_use]
    pub fn new(
        run_id: &str,
        requested_by: Actor,
        reason: &str,
        forced: bool,
        now: Timestamp,
    ) -> Self {
        Self {
            run_id: run_id.to_owned(),
            requested_by,
            reason: reason.to_owned(),
            forced,
            state: RunState::Running,
            steps: 0,
            in_flight: Vec::new(),
            sent_by: String::new(),
            sent: 0,
            processed: 0,
            returned: 0,
            stopped_because: String::new(),
            began_at: now,
            moved_at: now,
        }
    }

    /// Number of messages that the next step sends: one canary, then twice as many each time, up to 25.
    #[must_use]
    pub fn step_size(&self) -> usize {
        1_usize.checked_shl(self.steps).unwrap_or(MAX_STEP).min(MAX_STEP)
    }

    /// Records a step that sends `ids`, triggered by `event`.
    pub fn send(&mut self, ids: Vec<String>, event: &str, now: Timestamp) {
        self.steps += 1;
        self.sent += u32::try_from(ids.len()).unwrap_or(u32::MAX);
        self.in_flight = ids;
        event.clone_into(&mut self.sent_by);
        self.moved_at = now;
    }

    /// Records the result of a message. Returns whether it stopped the run: the canary stops it with any
    /// fault, a later message only with the same fault as before.
    pub fn settle(&mut self, id: &str, arrival: &Arrival, now: Timestamp) -> bool {
        let Some(at) = self.in_flight.iter().position(|i| i == id) else { return false };
        self.in_flight.remove(at);
        self.moved_at = now;
        let (same_fault, reason) = match arrival {
            Arrival::Returned { same_fault, reason } => (same_fault, reason),
            Arrival::Processed => {
                self.processed += 1;
                return false;
            }
            Arrival::Unsendable => {
                self.returned += 1;
                if self.steps == 1 {
                    self.steps = 0;
                }
                return false;
            }
        };
        self.returned += 1;
        let canary = self.steps == 1;
        if self.state != RunState::Running || !(canary || *same_fault) {
            return false;
        }
        self.state = RunState::Stopped;
        let who = if canary { "the canary" } else { "a message" };
        self.stopped_because = format!("{who} failed again: {reason}");
        true
    }

    /// How the run ended; `None` while it is in progress.
    #[must_use]
    pub fn outcome(&self) -> Option<RunOutcome> {
        match self.state {
            RunState::Running => None,
            RunState::Done => Some(RunOutcome::Done),
            RunState::Stopped => Some(RunOutcome::Stopped),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use headgate_events::FunctionName;
    use proptest::prelude::*;

    fn run() -> Run {
        Run::new(
            "run-1",
            Actor::system(FunctionName::new("olga")),
            "fixed",
            false,
            Timestamp::UNIX_EPOCH,
        )
    }

    fn ids(from: usize, n: usize) -> Vec<String> {
        (from..from + n).map(|n| format!("q-{n}")).collect()
    }

    fn returned(same_fault: bool) -> Arrival {
        Arrival::Returned { same_fault, reason: "still broken".to_owned() }
    }

    #[test]
    fn one_canary_then_twice_as_many_each_time() {
        let mut run = run();
        let mut sizes = Vec::new();
        for _ in 0..7 {
            sizes.push(run.step_size());
            run.send(ids(0, run.step_size()), "e", Timestamp::UNIX_EPOCH);
        }
        assert_eq!(sizes, [1, 2, 4, 8, 16, 25, 25]);
    }

    #[test]
    fn a_canary_that_comes_back_with_any_fault_stops_the_run() {
        let mut run = run();
        run.send(ids(0, 1), "e", Timestamp::UNIX_EPOCH);
        assert!(run.settle("q-0", &returned(false), Timestamp::UNIX_EPOCH));
        assert_eq!(run.outcome(), Some(RunOutcome::Stopped));
        assert_eq!(run.stopped_because, "the canary failed again: still broken");
    }

    #[test]
    fn a_later_message_stops_it_only_with_the_fault_that_it_had() {
        let mut run = run();
        run.send(ids(0, 1), "e", Timestamp::UNIX_EPOCH);
        assert!(!run.settle("q-0", &Arrival::Processed, Timestamp::UNIX_EPOCH));
        run.send(ids(1, 2), "e", Timestamp::UNIX_EPOCH);
        assert!(!run.settle("q-1", &returned(false), Timestamp::UNIX_EPOCH));
        assert_eq!(run.state, RunState::Running);
        assert!(run.settle("q-2", &returned(true), Timestamp::UNIX_EPOCH));
        assert_eq!(run.stopped_because, "a message failed again: still broken");
    }

    #[test]
    fn a_canary_that_cannot_be_sent_is_sent_anew() {
        let mut run = run();
        run.send(ids(0, 1), "e", Timestamp::UNIX_EPOCH);
        assert!(!run.settle("q-0", &Arrival::Unsendable, Timestamp::UNIX_EPOCH));
        assert_eq!((run.step_size(), run.state), (1, RunState::Running));
    }

    #[test]
    fn a_run_that_does_not_move_is_given_up() {
        let mut group: Group = serde_json::from_value(serde_json::json!({
            "fingerprint": "f", "fault": "g", "error_type": "e", "event_type": null,
            "consumer": "intake", "build": null, "reason": "r",
            "first_seen": "1970-01-01T00:00:00Z", "run": null,
        }))
        .unwrap();
        assert_eq!(group.running(Timestamp::UNIX_EPOCH), None);
        group.run = Some(run());
        let at = |minutes| Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minutes);
        assert!(group.running(at(59)).is_some());
        assert!(group.running(at(60)).is_none());
    }

    proptest! {
        /// In any order and with any repetition of arrivals, the sums hold and nothing is sent after a stop.
        #[test]
        fn sums_hold(arrivals in prop::collection::vec((0..60_usize, 0..4_u8), 0..200)) {
            let mut run = run();
            let mut next = 0;
            for (id, kind) in arrivals {
                if run.in_flight.is_empty() && run.state == RunState::Running {
                    let n = run.step_size();
                    run.send(ids(next, n), "e", Timestamp::UNIX_EPOCH);
                    next += n;
                }
                let arrival = match kind {
                    0 => Arrival::Processed,
                    1 => returned(false),
                    2 => Arrival::Unsendable,
                    _ => returned(true),
                };
                run.settle(&format!("q-{id}"), &arrival, Timestamp::UNIX_EPOCH);
                let flying = u32::try_from(run.in_flight.len()).unwrap();
                prop_assert_eq!(run.sent, run.processed + run.returned + flying);
                prop_assert_eq!(run.sent as usize, next);
                prop_assert!(run.state == RunState::Stopped || run.stopped_because.is_empty());
            }
        }
    }
}
