//! Runs a definition in the Amazon States Language with scripted tasks and a virtual clock.
//!
//! Only what the workflow uses: Task (with retriers, catchers, a timeout), Wait, Choice and Succeed, as
//! <https://states-language.net/spec.html> describes them. Anything else is an error of the test. Delays have no jitter:
//! the longest delay is what the workflow must survive, and the shortest is counted separately.

use serde_json::{Value, json};

/// What a task does when it is called.
#[derive(Debug, Clone)]
pub enum Reply {
    /// It succeeds after so many seconds.
    After(u64, Value),
    /// It fails at once with this error name.
    Fails(&'static str),
    /// It never answers.
    Never,
}

/// How an execution ended.
#[derive(Debug, PartialEq, Eq)]
pub enum End {
    Succeeded,
    /// Nothing caught this error.
    Failed(String),
    /// The total timeout.
    TimedOut,
    /// More events than Step Functions keeps.
    HistoryFull,
}

/// Most events of an execution. Step Functions fails it at the next one.
const MAX_EVENTS: u64 = 25_000;
/// Events of one attempt of a task: scheduled, started, submitted, and its end.
const EVENTS_OF_AN_ATTEMPT: u64 = 4;
/// Events of entering and leaving a state.
const EVENTS_OF_A_STATE: u64 = 2;

/// One execution.
pub struct Execution<'a> {
    states: &'a Value,
    limit: u64,
    /// Seconds since the start.
    pub now: u64,
    pub events: u64,
    /// Every state that was entered, with its time.
    pub entered: Vec<(u64, String)>,
    /// Whether full jitter made every retry immediate, which fills the history fastest.
    impatient: bool,
}

impl<'a> Execution<'a> {
    pub fn new(definition: &'a Value, impatient: bool) -> Self {
        let limit = definition["TimeoutSeconds"].as_u64().expect("a total timeout");
        let states = &definition["States"];
        Self { states, limit, now: 0, events: 1, entered: Vec::new(), impatient }
    }

    /// Runs from `first` to the end. `task` gets the name of the state, its payload and the time.
    pub fn run(
        &mut self,
        first: &str,
        mut input: Value,
        mut task: impl FnMut(&str, &Value, u64) -> Reply,
    ) -> End {
        let mut name = first.to_owned();
        loop {
            let state = &self.states[&name];
            self.entered.push((self.now, name.clone()));
            self.events += EVENTS_OF_A_STATE;
            let next = match state["Type"].as_str() {
                Some("Succeed") => return End::Succeeded,
                Some("Wait") => {
                    self.now += state["Seconds"].as_u64().expect("a time in seconds");
                    state["Next"].as_str()
                }
                Some("Choice") => Some(chosen(state, &input)),
                Some("Task") => match self.task(&name, state, &mut input, &mut task) {
                    Ok(next) => Some(next),
                    Err(end) => return end,
                },
                other => panic!("{name}: the interpreter does not know the type {other:?}"),
            };
            if self.now >= self.limit {
                return End::TimedOut;
            }
            if self.events > MAX_EVENTS {
                return End::HistoryFull;
            }
            name = next.expect("a next state").to_owned();
        }
    }

    fn task(
        &mut self,
        name: &str,
        state: &'a Value,
        input: &mut Value,
        task: &mut impl FnMut(&str, &Value, u64) -> Reply,
    ) -> Result<&'a str, End> {
        let timeout = state["TimeoutSeconds"].as_u64().expect("a timeout");
        let retriers = state["Retry"].as_array().map_or(&[][..], Vec::as_slice);
        let mut tried = vec![0_u32; retriers.len()];
        loop {
            self.events += EVENTS_OF_AN_ATTEMPT;
            // A path that selects nothing is `States.Runtime`, which nothing catches.
            let Some(payload) = filled(&state["Parameters"]["Payload"], input) else {
                return Err(End::Failed("States.Runtime".to_owned()));
            };
            let error = match task(name, &payload, self.now) {
                Reply::After(seconds, output) if seconds < timeout => {
                    self.now += seconds;
                    if let Some(result) = kept(state, output) {
                        *input = result;
                    }
                    if let Some(path) = state["OutputPath"].as_str() {
                        *input = input[path.strip_prefix("$.").expect("a path")].take();
                    }
                    return Ok(state["Next"].as_str().expect("a next state"));
                }
                Reply::After(..) | Reply::Never => {
                    self.now += timeout;
                    "States.Timeout"
                }
                Reply::Fails(error) => error,
            };
            if self.now >= self.limit {
                return Err(End::TimedOut);
            }
            let retrier = retriers.iter().position(|r| matches(&r["ErrorEquals"], error));
            if let Some(n) = retrier {
                let retrier = &retriers[n];
                let most = retrier["MaxAttempts"].as_u64().unwrap_or(3);
                if u64::from(tried[n]) < most {
                    self.now += if self.impatient { 0 } else { delay(retrier, tried[n]) };
                    tried[n] += 1;
                    continue;
                }
            }
            let catchers = state["Catch"].as_array().map_or(&[][..], Vec::as_slice);
            let Some(catcher) = catchers.iter().find(|c| matches(&c["ErrorEquals"], error)) else {
                return Err(End::Failed(error.to_owned()));
            };
            if let Some(result) = kept(catcher, json!({ "Error": error, "Cause": "" })) {
                *input = result;
            }
            return Ok(catcher["Next"].as_str().expect("a next state"));
        }
    }
}

/// What replaces the input: the result, unless `ResultPath` is null. The default is `$`.
fn kept(state: &Value, result: Value) -> Option<Value> {
    match state.get("ResultPath") {
        Some(Value::Null) => None,
        None => Some(result),
        Some(other) => panic!("the interpreter does not know the ResultPath {other}"),
    }
}

fn delay(retrier: &Value, tried: u32) -> u64 {
    let number = |name: &str, default: f64| retrier[name].as_f64().unwrap_or(default);
    let grown = number("BackoffRate", 2.0).powi(i32::try_from(tried).expect("few attempts"));
    let seconds = (number("IntervalSeconds", 1.0) * grown).min(number("MaxDelaySeconds", 1e9));
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let whole = seconds as u64;
    whole
}

fn matches(names: &Value, error: &str) -> bool {
    let mut names = names.as_array().expect("error names").iter().filter_map(Value::as_str);
    names.any(|n| n == error || n == "States.ALL")
}

fn chosen<'a>(state: &'a Value, input: &Value) -> &'a str {
    let choices = state["Choices"].as_array().expect("choices");
    let taken = choices.iter().find(|choice| {
        let path = choice["Variable"].as_str().and_then(|v| v.strip_prefix("$.")).expect("a path");
        choice["StringEquals"] == input[path]
    });
    taken.map_or(&state["Default"], |choice| &choice["Next"]).as_str().expect("a next state")
}

/// The payload template with the values of the input, if the input has them all.
fn filled(template: &Value, input: &Value) -> Option<Value> {
    let members = template.as_object().expect("a payload").iter().map(|(name, value)| {
        let Some(name) = name.strip_suffix(".$") else {
            return Some((name.clone(), value.clone()));
        };
        let path = value.as_str().expect("a path");
        let value = match path.strip_prefix("$.") {
            Some(member) => input.get(member)?.clone(),
            None => Value::from("token"),
        };
        Some((name.to_owned(), value))
    });
    members.collect()
}
