//! Webhook endpoints. The whole list is one secret, because the URLs of chats are secrets too.

use http::Uri;
use serde::{Deserialize, Serialize};

use crate::secret::Secret;

/// Most endpoints of a fleet. One invocation calls all of them.
const MOST: usize = 10;

/// One receiver.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Endpoint {
    /// Unique name, 1 to 32 characters of `a-z`, `0-9` and `-`. Logs contain the name, but never the URL.
    pub name: String,
    /// `https://…` URL. Plain HTTP is allowed only to `127.0.0.1`.
    pub url: String,
    /// Signing secrets: one, or the new and the old one during a rotation.
    pub secrets: Vec<Secret>,
}

/// All receivers, as stored in Secrets Manager.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Endpoints {
    /// Up to ten endpoints with different names.
    pub endpoints: Vec<Endpoint>,
}

/// Why a list of endpoints is not valid. The message contains no URL and no secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EndpointError {
    /// The JSON does not have the expected form.
    #[error("the webhook endpoints are not JSON of the form that `headgate webhook add` writes")]
    Json,
    /// There are too many endpoints.
    #[error("there are {0} webhook endpoints; at most {MOST} are allowed")]
    Many(usize),
    /// A name is not valid or not unique.
    #[error(
        "`{0}` is not a valid webhook endpoint name: use a unique name, 1 to 32 of a-z, 0-9 and -"
    )]
    Name(String),
    /// The URL is not HTTPS.
    #[error("the URL of webhook endpoint `{0}` must begin with https://")]
    Url(String),
    /// There is no signing secret, or there are more than two.
    #[error("webhook endpoint `{0}` must have one secret, or two during a rotation")]
    Secrets(String),
}

impl Endpoints {
    /// Reads and checks a list.
    ///
    /// # Errors
    /// [`EndpointError`] if the JSON or the list is not valid.
    pub fn parse(json: &str) -> Result<Self, EndpointError> {
        let all: Self = serde_json::from_str(json).map_err(|_| EndpointError::Json)?;
        all.check()?;
        Ok(all)
    }

    /// Checks the list.
    ///
    /// # Errors
    /// [`EndpointError`] for the first problem.
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
        let name =
            "is not a valid webhook endpoint name: use a unique name, 1 to 32 of a-z, 0-9 and -";
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
            "webhook endpoint `chat` must have one secret, or two during a rotation"
        );
        let many = (0..11).map(|n| endpoint(&format!("e{n}"), "https://x")).collect();
        assert_eq!(problem(many), "there are 11 webhook endpoints; at most 10 are allowed");
        let leaked = Endpoints::parse(r#"{"endpoints":[{"url":"https://secret"}]}"#).unwrap_err();
        assert!(!leaked.to_string().contains("https://secret"));
    }
}
