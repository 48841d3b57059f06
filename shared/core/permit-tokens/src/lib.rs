#![doc = include_str!("../README.md")]

mod claims;
mod public;
mod ring;

pub use claims::{LIFETIME_SECONDS, PermitClaims};
pub use public::{PublicKey, PublicKeys, VerifyError, key_id};
pub use ring::{KeyError, KeyRing, OVERLAP_SECONDS};
