#![doc = include_str!("../README.md")]

mod agreed;
mod docx;
mod line;
mod pdf;
mod text;
mod titles;
mod unread;

pub use agreed::Agreed;
pub use text::text;
pub use unread::{MAX_BYTES, Unread};
