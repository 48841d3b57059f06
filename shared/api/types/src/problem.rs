//! The body of every error.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The body of every error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Problem {
    /// Stable code of the error, in `snake_case`.
    pub error: String,
    /// What is wrong, and what to do about it.
    pub message: String,
    /// Id of the request. It is also in the header `x-request-id` and in the logs.
    #[serde(default)]
    pub request_id: String,
    /// Id of the trace that the request belongs to.
    #[serde(default)]
    pub trace_id: String,
}
