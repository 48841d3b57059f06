//! A page of a list.

use crate::item::Stored;

/// A page of a list, and the position of the next page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// Items of this page, in the order of the list.
    pub items: Vec<Stored<T>>,
    /// Opaque position of the next page; `None` on the last page.
    pub next: Option<String>,
}
