#![doc = include_str!("../README.md")]

mod claims;
mod dsse;
mod error;
mod key_ring;
mod public;
mod unsigned;

pub use claims::{LIFETIME_SECONDS, PermitClaims};
pub use dsse::{Envelope, IN_TOTO, Signature};
pub use error::KeyError;
pub use key_ring::{KeyRing, OVERLAP_SECONDS};
pub use public::{PublicKey, PublicKeys, VerifyError, key_id};
pub use unsigned::{Signer, Unsigned};
