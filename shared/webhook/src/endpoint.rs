//! Who is told: a list that is a secret as a whole, because URLs of chats are secrets too.

use http::Uri;
use serde::{Deserialize, Serialize};

use crate::secret::Secret;

/// Most endpoints of a fleet: all are called within one invocation.
const MOST: usize = 10;

/// One receiver.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Endpoint {
    /// What people call it, 1 to 32 characters of `a-z`, `0-9` and `-`. Unlike the URL it is logged.
    pub name: String,
    /// `https://…`; plain HTTP only to this machine.
    pub url: String,
    /// The secret that signs, and while it is rotated the one before.
    pub secrets: Vec<Secret>,
}

/// All receivers, as they are kept in Secrets Manager.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Endpoints {
    /// Up to ten.
    pub endpoints: Vec<Endpoint>,
}

/// A list that cannot be used. No URL and no secret is in the message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EndpointError {
    /// No such JSON.
    #[error("the webhook endpoints are no JSON of the form that `headgate webhook add` writes")]
    Json,
    /// Too many.
    #[error("there may be {MOST} webhook endpoints, not {0}")]
    Many(usize),
    /// A bad name, or the same name twice.
    #[error(
        "`{0}` is no name for a webhook endpoint: one of its own, of 1 to 32 characters of a-z, 0-9 and -"
    )]
    Name(String),
    /// Not HTTPS.
    #[error("the URL of webhook endpoint `{0}` must begin with https://")]
    Url(String),
    /// Nothing to sign with, or too much.
    #[error("webhook endpoint `{0}` has one secret, or two while it is rotated")]
    Secrets(String),
}

impl Endpoints {
    /// Reads a list.
    ///
    /// # Errors
    /// [`EndpointError`].
    pub fn parse(json: &str) -> Result<Self, EndpointError> {
        let all: Self = serde_json::from_str(json).map_err(|_| EndpointError::Json)?;
        all.check()?;
        Ok(all)
    }

    /// Whether the list can be used.
    ///
    /// # Errors
    /// [`EndpointError`].
    pub fn check(&self) -> Result<(), EndpointError> {
        if self.endpoints.len() > MOST {
            return Err(EndpointError::Many(self.endpoints.len()));
        }
        for (i, Endpoint { name, url, secrets }) in self.endpoints.iter().enumerate() {
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            let good = (1..=32).contains(&name.len()) && name.chars().all(plain);
            if !good || self.endpoints[..i].iter().any(|e| e.name == *name) {
                return Err(EndpointError::Name(name.clone()));
            }
            let uri: Option<Uri> = url.parse().ok();
            let safe = uri.as_ref().is_some_and(|u| {
                u.scheme_str() == Some("https")
                    || u.scheme_str() == Some("http") && u.host() == Some("127.0.0.1")
            });
            if !safe {
                return Err(EndpointError::Url(name.clone()));
            }
            if !(1..=2).contains(&secrets.len()) {
                return Err(EndpointError::Secrets(name.clone()));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn endpoint(name: &str, url: &str) -> Endpoint {
        Endpoint { name: name.into(), url: url.into(), secrets: vec![Secret::new().unwrap()] }
    }

    fn problem(endpoints: Vec<Endpoint>) -> String {
        Endpoints { endpoints }.check().unwrap_err().to_string()
    }

    #[test]
    fn lists_that_cannot_be_used_say_why_and_give_nothing_away() {
        let chat = || endpoint("chat", "https://chat.example.com/T0/B1");
        Endpoints { endpoints: vec![chat(), endpoint("local", "http://127.0.0.1:1/x")] }
            .check()
            .unwrap();
        let name = "is no name for a webhook endpoint: one of its own, of 1 to 32 characters of a-z, 0-9 and -";
        assert_eq!(problem(vec![chat(), chat()]), format!("`chat` {name}"));
        assert_eq!(problem(vec![endpoint("Chat", "https://x")]), format!("`Chat` {name}"));
        for url in
            ["http://chat.example.com/secret", "ftp://x", "chat", "http://127.0.0.1.evil.com/"]
        {
            assert_eq!(
                problem(vec![endpoint("chat", url)]),
                "the URL of webhook endpoint `chat` must begin with https://"
            );
        }
        let bare = Endpoint { secrets: Vec::new(), ..chat() };
        assert_eq!(
            problem(vec![bare]),
            "webhook endpoint `chat` has one secret, or two while it is rotated"
        );
        let many = (0..11).map(|n| endpoint(&format!("e{n}"), "https://x")).collect();
        assert_eq!(problem(many), "there may be 10 webhook endpoints, not 11");
        let leaked = Endpoints::parse(r#"{"endpoints":[{"url":"https://secret"}]}"#).unwrap_err();
        assert!(!leaked.to_string().contains("https://secret"));
    }
}
