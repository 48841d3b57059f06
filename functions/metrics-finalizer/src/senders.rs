//! Who sent an event: what AWS and the fleet have verified, whatever the event says of itself.

use std::collections::BTreeMap;
use std::str::FromStr;

use headgate_domain::timeline::Sender;
use headgate_events::{ActorKind, Delivery};

/// Functions that make events of requests. They take the actor from the verified token and from nothing else, and each event is proven to be
/// in its function's outbox.
const APIS: [&str; 5] = [
    "headgate.intake-api",
    "headgate.approval-gate-decide",
    "headgate.permits-api",
    "headgate.dlq-api",
    "headgate.engagement-api",
];

/// The roles of senders outside of the fleet, by source, and the issuer of the tokens that the API accepts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Senders {
    roles: BTreeMap<String, String>,
    issuer: Option<String>,
}

impl FromStr for Senders {
    type Err = serde_json::Error;

    /// Reads the roles, as a JSON object.
    fn from_str(text: &str) -> Result<Self, serde_json::Error> {
        Ok(Self { roles: serde_json::from_str(text)?, issuer: None })
    }
}

impl Senders {
    /// The same, with the issuer of tokens.
    #[must_use]
    pub fn with_issuer(self, issuer: String) -> Self {
        Self { issuer: Some(issuer), ..self }
    }

    /// The sender of an event.
    pub(crate) fn of(&self, delivery: &Delivery) -> Sender {
        let Delivery { sender, account, fact, .. } = delivery;
        let actor = fact.actor();
        let by_token = APIS.contains(&sender.as_str()) && actor.kind != ActorKind::System;
        Sender {
            source: sender.clone(),
            account: account.clone(),
            role: self.roles.get(sender).cloned(),
            subject: by_token.then(|| actor.id.to_string()),
            issuer: if by_token { self.issuer.clone() } else { None },
        }
    }
}
