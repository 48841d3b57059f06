//! Items, transactions and pages over a mocked DynamoDB.
#![allow(clippy::unwrap_used, missing_docs)]

mod changes;
mod commit;
mod group;
mod items;
mod timelines;
