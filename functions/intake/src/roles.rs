//! Roles that the routes require.

/// Role that lets people propose changes. Agents do not need it to propose.
pub(crate) const PROPOSER: &str = "proposer";
/// Role that may request evaluations, which cost money.
pub(crate) const EVALUATOR: &str = "evaluator";
