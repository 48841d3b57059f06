//! What is to be signed, by a key of the ring or by one in KMS.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::{Signer as _, SigningKey};
use p256::ecdsa::signature::Verifier as _;
use p256::ecdsa::{Signature, VerifyingKey};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use crate::claims::PermitClaims;
use crate::dsse::{Envelope, encoded};
use crate::error::KeyError;

/// The key that signs.
pub(crate) enum SignsWith {
    /// One whose private key is known.
    Own(Box<SigningKey>),
    /// One in KMS, with its public key.
    Kms { arn: String, key: Box<VerifyingKey> },
}

impl SignsWith {
    /// Name of its algorithm in a JWT (RFC 8037, RFC 7518).
    fn algorithm(&self) -> &'static str {
        match self {
            Self::Own(_) => "EdDSA",
            Self::Kms { .. } => "ES256",
        }
    }
}

/// A signature in both of its forms: as JWTs have it (RFC 7518, section 3.4), and as KMS makes it, which is also that of DSSE.
struct Signed {
    fixed: Vec<u8>,
    usual: Vec<u8>,
}

type Finish<T> = Box<dyn FnOnce(Signed) -> T + Send>;

/// A message, and how it becomes a `T` with its signature.
pub struct Unsigned<T> {
    message: Vec<u8>,
    with: SignsWith,
    finish: Finish<T>,
}

/// What must sign a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signer<'a> {
    /// [`Unsigned::sign`].
    Here,
    /// The key in KMS with this ARN, with `ECDSA_SHA_256`; then [`Unsigned::signed`].
    Kms(&'a str),
}

impl<T> std::fmt::Debug for Unsigned<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Unsigned").field("signer", &self.signer()).finish_non_exhaustive()
    }
}

impl Unsigned<String> {
    pub(crate) fn permit(
        kid: &str,
        with: SignsWith,
        claims: &PermitClaims,
    ) -> Result<Self, KeyError> {
        let header = json!({ "typ": "JWT", "alg": with.algorithm(), "kid": kid });
        let part = |json: Vec<u8>| URL_SAFE_NO_PAD.encode(json);
        let header = part(serde_json::to_vec(&header)?);
        let text = format!("{header}.{}", part(serde_json::to_vec(claims)?));
        let message = text.clone().into_bytes();
        let finish = Box::new(move |signed: Signed| {
            format!("{text}.{}", URL_SAFE_NO_PAD.encode(signed.fixed))
        });
        Ok(Self { message, with, finish })
    }
}

impl Unsigned<Envelope> {
    pub(crate) fn envelope(kid: &str, with: SignsWith, payload_type: &str, payload: &[u8]) -> Self {
        let message = encoded(payload_type, payload);
        let (kid, payload_type) = (kid.to_owned(), payload_type.to_owned());
        let payload = payload.to_vec();
        let finish = Box::new(move |signed: Signed| {
            Envelope::new(&payload_type, &payload, &kid, &signed.usual)
        });
        Self { message, with, finish }
    }
}

impl<T> Unsigned<T> {
    /// What must sign it.
    #[must_use]
    pub fn signer(&self) -> Signer<'_> {
        match &self.with {
            SignsWith::Own(_) => Signer::Here,
            SignsWith::Kms { arn, .. } => Signer::Kms(arn),
        }
    }

    /// SHA-256 of the message. KMS signs this (`MessageType` `DIGEST`), because it takes messages of up to 4 KB only.
    #[must_use]
    pub fn digest(&self) -> [u8; 32] {
        Sha256::digest(&self.message).into()
    }

    /// Signs with the key of the ring.
    ///
    /// # Errors
    /// [`KeyError::NoneSigns`] if the key is in KMS.
    pub fn sign(self) -> Result<T, KeyError> {
        let SignsWith::Own(key) = &self.with else { return Err(KeyError::NoneSigns) };
        let signature = key.sign(&self.message).to_vec();
        Ok((self.finish)(Signed { fixed: signature.clone(), usual: signature }))
    }

    /// Takes the signature that KMS has made. It is checked: nobody is given one that the published key does not verify.
    ///
    /// # Errors
    /// [`KeyError::Foreign`].
    pub fn signed(self, der: &[u8]) -> Result<T, KeyError> {
        let SignsWith::Kms { key, .. } = &self.with else { return Err(KeyError::NoneSigns) };
        let signature = Signature::from_der(der).map_err(|_| KeyError::Foreign)?;
        key.verify(&self.message, &signature).map_err(|_| KeyError::Foreign)?;
        let fixed = signature.to_bytes().to_vec();
        Ok((self.finish)(Signed { fixed, usual: der.to_vec() }))
    }
}
