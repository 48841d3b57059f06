#![doc = include_str!("../README.md")]

mod approval;
mod changes;
mod delegation;
mod error;
mod figures;
mod group;
mod item;
mod key;
mod limits;
mod list;
mod lock;
mod marker;
mod page;
mod prefetch;
mod quarantine;
mod read;
mod restore;
mod scan;
mod transition;
mod view;

pub use approval::{ApprovalState, open_approval_lists};
pub use error::LedgerError;
pub use figures::{figure_part, parts as figure_parts};
pub use group::{Group, Joined};
pub use item::Stored;
pub use key::{CASE, Key, Listing};
pub use limits::{MAX_ITEM_BYTES, MAX_TRANSACTION_BYTES, MAX_TRANSACTION_ITEMS};
pub use list::{Order, Position};
pub use marker::{MARKER_DAYS, Marker, OUTBOX_SHARDS};
pub use page::Page;
pub use quarantine::QUARANTINE_GROUPS;
pub use read::Ledger;
pub use restore::{RestoreError, State, Tables, Window};
pub use scan::Timelines;
pub use transition::{Commit, Transition};
pub use view::View;
