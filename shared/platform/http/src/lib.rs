#![doc = include_str!("../README.md")]

mod auth;
mod body;
mod context;
mod cursor;
mod error;
mod idempotency;
mod jwks;
mod path;
mod reader;
mod serve;

pub use auth::{AuthConfig, Authenticated, Claims, Principal, Verifier};
pub use body::{Json, MAX_BODY_BYTES, Query};
pub use context::traceparent;
pub use cursor::{Cursor, PageQuery};
pub use error::ApiError;
pub use idempotency::IdempotencyKey;
pub use path::Path;
pub use reader::Reader;
pub use serve::{serve, with_context};
