#![doc = include_str!("../README.md")]

mod audit;
mod checkpoint;
mod edge;
mod hash;
mod leaf;
mod note;
mod proof;
mod prove;
mod receipt;
pub mod tiles;
mod tree;

pub use audit::{Audit, Audited, Before, Finding, Logged};
pub use checkpoint::{Checkpoint, CheckpointError};
pub use edge::Edge;
pub use hash::Hash;
pub use leaf::Leaf;
pub use note::{NoteError, Signer, Verifier};
pub use proof::{extends, includes};
pub use prove::{Proof, Tiles};
pub use receipt::{Proven, Receipt, ReceiptError, check_entry};
pub use tree::Tree;
