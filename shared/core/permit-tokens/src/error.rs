//! What can be wrong with the keys.

/// Why a ring cannot be created, read or used. No variant shows key material.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// Not what [`crate::KeyRing::to_text`] writes.
    #[error("the permit keys are malformed; create them with `headgate keys init`")]
    Malformed,
    /// There is no key to sign with.
    #[error("there is no permit key to sign with; create one with `headgate keys rotate`")]
    NoneSigns,
    /// The system returned no random bytes.
    #[error("the system returned no random bytes")]
    Random,
    /// What is to be signed has no JSON form.
    #[error("the permit cannot be signed")]
    Json(#[from] serde_json::Error),
    /// The public key of the key in KMS is not one of P-256.
    #[error("the key in KMS is not an ECC_NIST_P256 key; create one with this key spec")]
    Spec,
    /// The signature is not by the key of the ring.
    #[error("KMS signed with another key than the one that is published")]
    Foreign,
}
