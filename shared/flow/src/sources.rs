//! Whom on the bus a function listens to.

use std::str::FromStr;

/// Sources besides the fleet's own, as a JSON list.
///
/// It is the `source` of the entry that counts ([`headgate_events::Delivery::sender`]), which the bus ties to the
/// sender's role; what an event says of itself anybody can write.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources(Vec<String>);

impl FromStr for Sources {
    type Err = serde_json::Error;

    fn from_str(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text).map(Self)
    }
}

impl Sources {
    /// Whether what that sender says is acted on: the fleet's functions, and those that are listed.
    #[must_use]
    pub fn believe(&self, sender: &str) -> bool {
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
        assert!(sources.believe("agent.ci") && sources.believe("headgate.intake-api"));
        assert!(!sources.believe("agent.c") && !sources.believe("agent.ci2"));
        assert!(Sources::default().believe("headgate.query-api"));
        assert!(r#"{"a":1}"#.parse::<Sources>().is_err());
    }
}
