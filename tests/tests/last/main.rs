//! What runs after all stories, because it would disturb them: a measurement, and an old build beside the new one. One program, because
//! each would link the whole AWS SDK.
#![allow(clippy::unwrap_used)]

mod round_trip;
mod upgrade;
