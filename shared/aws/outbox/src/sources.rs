//! The senders on the bus that a function trusts.

use std::str::FromStr;

/// Trusted sources besides the fleet's own, parsed from a JSON list.
///
/// Compare them with the `source` of the EventBridge entry ([`headgate_events::Delivery::sender`]), which
/// the bus ties to the sender's role. Do not use fields inside the event, because any sender can write
/// them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources(Vec<String>);

impl FromStr for Sources {
    type Err = serde_json::Error;

    fn from_str(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text).map(Self)
    }
}

impl Sources {
    /// Whether events from `sender` are accepted: those of the fleet's functions and of listed sources are.
    #[must_use]
    pub fn trusts(&self, sender: &str) -> bool {
        sender.starts_with("headgate.") || self.0.iter().any(|s| s == sender)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::Sources;

    #[test]
    fn the_fleet_and_those_that_are_listed() {
        let sources: Sources = r#"["agent.ci"]"#.parse().unwrap();
        assert!(sources.trusts("agent.ci") && sources.trusts("headgate.intake-api"));
        assert!(!sources.trusts("agent.c") && !sources.trusts("agent.ci2"));
        assert!(Sources::default().trusts("headgate.query-api"));
        assert!(r#"{"a":1}"#.parse::<Sources>().is_err());
    }
}
