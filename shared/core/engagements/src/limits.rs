//! Limits of the work in a phase.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Most handoffs that are kept of an attempt; limits are lower.
pub const MAX_HANDOFFS: usize = 200;
/// Limits of the work in a phase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Most handoffs between agents.
    pub handoffs: u32,
    /// Most turns of all agents together.
    pub iterations: u32,
    /// Seconds after which an attempt fails.
    pub timeout_seconds: u32,
    /// The same for the attempt after one that took too long.
    pub extended_timeout_seconds: u32,
    /// Most seconds of one turn.
    pub turn_seconds: u32,
    /// Number of last agents among which a loop is looked for.
    pub window: u32,
    /// Fewer distinct agents among them are a loop.
    pub distinct_agents: u32,
    /// Seconds of work that the phase should take, over all attempts, without waiting for people. More is reported, and stops nothing.
    pub duration_seconds: u32,
    /// Tokens of one agent; absent if they are not limited. At 80 %, there is a warning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tokens: Option<u64>,
    /// What happens if a limit is exceeded.
    #[serde(default)]
    pub on_breach: OnBreach,
    /// Seconds until people are reminded of a question. Later reminders are a day apart.
    #[serde(default = "half_an_hour")]
    pub remind_seconds: u32,
    /// How often the review or the people may send the result back, until a person has to resume it.
    #[serde(default = "ten")]
    pub sent_back: u32,
}

fn ten() -> u32 {
    10
}

fn half_an_hour() -> u32 {
    1_800
}

/// What happens if a limit is exceeded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OnBreach {
    /// It is recorded.
    #[default]
    Warn,
    /// The attempt fails, too.
    Stop,
}

/// Longest attempt: a day.
const MAX_TIMEOUT: u32 = 86_400;

impl Limits {
    pub(crate) fn check(&self) -> Result<(), String> {
        if self.timeout_seconds == 0 || self.extended_timeout_seconds < self.timeout_seconds {
            return Err(
                "extended_timeout_seconds must be at least timeout_seconds, and that at least 1"
                    .to_owned(),
            );
        }
        if self.extended_timeout_seconds > MAX_TIMEOUT {
            return Err(format!("extended_timeout_seconds must be at most {MAX_TIMEOUT} (a day)"));
        }
        let kept = u32::try_from(MAX_HANDOFFS).unwrap_or(u32::MAX);
        if self.handoffs >= kept || self.window > kept {
            return Err(format!("handoffs must be less than {kept}, and window at most that"));
        }
        if self.distinct_agents > self.window {
            return Err("distinct_agents must be at most window".to_owned());
        }
        if !(1..=MAX_TIMEOUT).contains(&self.remind_seconds) {
            return Err(format!("remind_seconds must be 1 to {MAX_TIMEOUT} (a day)"));
        }
        if self.sent_back > 100 {
            return Err("sent_back must be at most 100".to_owned());
        }
        Ok(())
    }
}
