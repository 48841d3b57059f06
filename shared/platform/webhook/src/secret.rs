//! Signing secrets.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

const PREFIX: &str = "whsec_";
/// Allowed length of a secret in bytes, from the specification.
const BYTES: std::ops::RangeInclusive<usize> = 24..=64;

/// A signing secret, written as `whsec_` and 24 to 64 bytes in base64. `Debug` does not print it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Secret(Vec<u8>);

/// The text is not a signing secret. The error does not contain the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a signing secret must be `whsec_` followed by 24 to 64 bytes in base64")]
pub struct SecretError;

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl TryFrom<String> for Secret {
    type Error = SecretError;

    fn try_from(text: String) -> Result<Self, SecretError> {
        let bytes = text.strip_prefix(PREFIX).and_then(|b| STANDARD.decode(b).ok());
        bytes.filter(|b| BYTES.contains(&b.len())).map(Self).ok_or(SecretError)
    }
}

impl From<Secret> for String {
    fn from(secret: Secret) -> Self {
        format!("{PREFIX}{}", STANDARD.encode(secret.0))
    }
}

impl Secret {
    /// Creates a secret of 32 random bytes.
    ///
    /// # Errors
    /// If the system's random number generator fails.
    pub fn new() -> Result<Self, getrandom::Error> {
        let mut bytes = vec![0; 32];
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    /// The signature of one attempt, in the format of the header `webhook-signature`.
    #[must_use]
    pub fn sign(&self, id: &str, timestamp: i64, body: &str) -> String {
        // HMAC accepts keys of any length, so this cannot fail.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else { return String::new() };
        mac.update(format!("{id}.{timestamp}.{body}").as_bytes());
        format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// The test vector of the specification's libraries.
    #[test]
    fn signs_as_the_specification_does() {
        let secret = Secret::try_from("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned()).unwrap();
        assert_eq!(
            secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, r#"{"test": 2432232314}"#),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
        );
        assert_eq!(format!("{secret:?}"), "Secret(…)");
    }

    #[test]
    fn a_new_secret_is_read_again() {
        let secret = Secret::new().unwrap();
        assert_eq!(Secret::try_from(String::from(secret.clone())).unwrap(), secret);
        assert_ne!(Secret::new().unwrap(), secret);
        for text in ["", "whsec_", "whsec_AAAA", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_%%"] {
            assert_eq!(Secret::try_from(text.to_owned()), Err(SecretError), "{text}");
        }
    }
}
