//! One page of a listing.

use crate::item::Stored;

/// Items and where the next page begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The items.
    pub items: Vec<Stored<T>>,
    /// Opaque position of the next page; `None` at the end.
    pub next: Option<String>,
}
