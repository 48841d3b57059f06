//! `/v1/artifacts`: uploads.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Asks for a URL to upload bytes with a known digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UploadRequest {
    /// SHA-256 of the bytes, 64 lower-case hex digits.
    #[schemars(regex(pattern = r"^[0-9a-f]{64}$"))]
    pub sha256: String,
    /// Media type of the bytes, for example `application/json`.
    #[schemars(length(min = 1, max = 255), regex(pattern = r"^[ -~]+$"))]
    pub media_type: String,
}

/// Where to upload the bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Upload {
    /// URI of the artifact, for the dossier.
    pub uri: String,
    /// URL for the `PUT` with the bytes.
    pub url: String,
    /// Headers that the `PUT` must have: names and values.
    #[schemars(with = "Vec<[String; 2]>")]
    pub headers: Vec<(String, String)>,
    /// Seconds until the URL expires.
    pub expires_in_seconds: u64,
}
