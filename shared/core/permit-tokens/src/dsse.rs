//! Signed statements for other tools: DSSE envelopes (<https://github.com/secure-systems-lab/dsse>).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Type of an in-toto statement.
pub const IN_TOTO: &str = "application/vnd.in-toto+json";

/// A payload and its signatures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Envelope {
    /// The payload, base64.
    pub payload: String,
    /// Its media type.
    #[serde(rename = "payloadType")]
    pub payload_type: String,
    /// The signatures.
    pub signatures: Vec<Signature>,
}

/// A signature of an envelope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Signature {
    /// Id of the key, as `GET /v1/keys` lists it.
    pub keyid: String,
    /// The signature, base64.
    pub sig: String,
}

/// What is signed: the type and the payload, each with its length, so that neither can pass for the other. No permit begins like this.
pub(crate) fn encoded(payload_type: &str, payload: &[u8]) -> Vec<u8> {
    let mut bytes =
        format!("DSSEv1 {} {payload_type} {} ", payload_type.len(), payload.len()).into_bytes();
    bytes.extend(payload);
    bytes
}

impl Envelope {
    pub(crate) fn new(payload_type: &str, payload: &[u8], keyid: &str, signature: &[u8]) -> Self {
        Self {
            payload: STANDARD.encode(payload),
            payload_type: payload_type.to_owned(),
            signatures: vec![Signature {
                keyid: keyid.to_owned(),
                sig: STANDARD.encode(signature),
            }],
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    /// The vector of the specification.
    #[test]
    fn what_is_signed_is_what_the_specification_says() {
        let bytes = super::encoded("http://example.com/HelloWorld", b"hello world");
        assert_eq!(
            String::from_utf8(bytes).unwrap(),
            "DSSEv1 29 http://example.com/HelloWorld 11 hello world"
        );
    }
}
