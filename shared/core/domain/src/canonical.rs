//! Canonical JSON (RFC 8785) and SHA-256 over it.

use serde::Serialize;
use sha2::{Digest as _, Sha256};

/// A value that has no canonical JSON: a non-string map key or a number that is not finite.
#[derive(Debug, thiserror::Error)]
#[error("value has no canonical JSON form")]
pub struct NotCanonical(#[source] serde_json::Error);

/// The RFC 8785 bytes of a value.
///
/// # Errors
/// [`NotCanonical`].
pub fn canonical_json(value: &impl Serialize) -> Result<Vec<u8>, NotCanonical> {
    serde_json_canonicalizer::to_vec(value).map_err(NotCanonical)
}

/// SHA-256 of bytes, lower-case hex.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// SHA-256 of the canonical JSON of a value, lower-case hex.
///
/// # Errors
/// [`NotCanonical`].
pub fn digest(value: &impl Serialize) -> Result<String, NotCanonical> {
    canonical_json(value).map(|bytes| sha256_hex(&bytes))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn members_are_sorted_and_numbers_are_those_of_ecmascript() {
        // RFC 8785 §3.2.2 and §3.2.3, abridged.
        let value: serde_json::Value = serde_json::from_str(
            r#"{"numbers":[333333333.33333329,1E30,4.50,2e-3],"b":"€","a":null}"#,
        )
        .unwrap();
        assert_eq!(
            String::from_utf8(canonical_json(&value).unwrap()).unwrap(),
            r#"{"a":null,"b":"€","numbers":[333333333.3333333,1e+30,4.5,0.002]}"#
        );
    }

    #[test]
    fn the_hash_is_plain_sha256() {
        assert_eq!(
            sha256_hex(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
