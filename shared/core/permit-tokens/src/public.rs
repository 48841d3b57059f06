//! Public keys, as a JSON Web Key Set (RFC 7517, RFC 7518, RFC 8037), and verification of permits with them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use p256::ecdsa::VerifyingKey;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::claims::PermitClaims;

/// The key set that `GET /v1/keys` returns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PublicKeys {
    /// The keys; the signing key comes first.
    pub keys: Vec<PublicKey>,
}

/// One key of the set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PublicKey {
    /// `EC` for a key in KMS, `OKP` for others.
    pub kty: String,
    /// `P-256` for a key in KMS, `Ed25519` for others.
    pub crv: String,
    /// `ES256` for a key in KMS, `EdDSA` for others.
    pub alg: String,
    /// Always `sig`.
    #[serde(rename = "use")]
    pub usage: String,
    /// Id of the key.
    pub kid: String,
    /// The public key, or its first coordinate, base64url.
    pub x: String,
    /// The second coordinate, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub y: Option<String>,
}

/// Why a permit is not valid.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VerifyError {
    /// Not a JWT, or one with a header that cannot be read.
    #[error("this is not a permit")]
    Malformed,
    /// Signed with a key that is not in the set, or without a key id.
    #[error("the permit is signed with an unknown key")]
    UnknownKey,
    /// The signature does not match the content.
    #[error("the permit's signature is invalid")]
    Signature,
    /// The claims are not those of a permit.
    #[error("the token is signed, but it is not a permit")]
    Claims,
    /// It has expired, or its lifetime is longer than allowed.
    #[error("the permit has expired; ask for a new one")]
    Expired,
}

impl PublicKey {
    pub(crate) fn ed25519(kid: &str, bytes: &[u8]) -> Self {
        Self {
            kty: "OKP".to_owned(),
            crv: "Ed25519".to_owned(),
            alg: "EdDSA".to_owned(),
            usage: "sig".to_owned(),
            kid: kid.to_owned(),
            x: URL_SAFE_NO_PAD.encode(bytes),
            y: None,
        }
    }

    pub(crate) fn p256(kid: &str, key: &VerifyingKey) -> Option<Self> {
        let point = key.to_encoded_point(false);
        Some(Self {
            kty: "EC".to_owned(),
            crv: "P-256".to_owned(),
            alg: "ES256".to_owned(),
            usage: "sig".to_owned(),
            kid: kid.to_owned(),
            x: URL_SAFE_NO_PAD.encode(point.x()?),
            y: Some(URL_SAFE_NO_PAD.encode(point.y()?)),
        })
    }

    /// The key, and the only algorithm that it verifies.
    fn decoding(&self) -> Option<(DecodingKey, Algorithm)> {
        // A shorter one would be a panic of the library: the keys of a server that is not ours must not end the program.
        let is_whole = |text| URL_SAFE_NO_PAD.decode(text).is_ok_and(|bytes| bytes.len() == 32);
        if !std::iter::once(&self.x).chain(&self.y).all(is_whole) {
            return None;
        }
        match (self.kty.as_str(), self.crv.as_str(), &self.y) {
            ("OKP", "Ed25519", _) => {
                Some((DecodingKey::from_ed_components(&self.x).ok()?, Algorithm::EdDSA))
            }
            ("EC", "P-256", Some(y)) => {
                Some((DecodingKey::from_ec_components(&self.x, y).ok()?, Algorithm::ES256))
            }
            _ => None,
        }
    }
}

/// Id of the key in the permit's header; not verified.
#[must_use]
pub fn key_id(permit: &str) -> Option<String> {
    decode_header(permit).ok()?.kid
}

impl PublicKeys {
    /// Whether the set has a key with this id.
    #[must_use]
    pub fn has(&self, kid: &str) -> bool {
        self.keys.iter().any(|k| k.kid == kid)
    }

    /// Returns the claims of a permit if one of these keys signed it and it is still valid at `now`, in
    /// seconds since 1970. The algorithm is that of the key, whatever the token's header says.
    ///
    /// # Errors
    /// [`VerifyError`].
    pub fn verify(&self, permit: &str, now: i64) -> Result<PermitClaims, VerifyError> {
        let header = decode_header(permit).map_err(|_| VerifyError::Malformed)?;
        let kid = header.kid.ok_or(VerifyError::UnknownKey)?;
        let key = self.keys.iter().find(|k| k.kid == kid).and_then(PublicKey::decoding);
        let (key, algorithm) = key.ok_or(VerifyError::UnknownKey)?;
        let mut validation = Validation::new(algorithm);
        validation.set_issuer(&["headgate"]);
        validation.set_required_spec_claims(&["iss", "sub", "exp"]);
        validation.validate_aud = false;
        // Checked below, against the caller's clock.
        validation.validate_exp = false;
        let claims = decode::<PermitClaims>(permit, &key, &validation).map_err(|e| {
            use jsonwebtoken::errors::ErrorKind;
            match e.kind() {
                ErrorKind::Json(_)
                | ErrorKind::InvalidIssuer
                | ErrorKind::MissingRequiredClaim(_) => VerifyError::Claims,
                ErrorKind::InvalidToken | ErrorKind::Base64(_) | ErrorKind::Utf8(_) => {
                    VerifyError::Malformed
                }
                _ => VerifyError::Signature,
            }
        })?;
        let PermitClaims { iat, exp, .. } = claims.claims;
        if now >= exp || exp.saturating_sub(iat) > crate::claims::LIFETIME_SECONDS {
            return Err(VerifyError::Expired);
        }
        Ok(claims.claims)
    }
}
