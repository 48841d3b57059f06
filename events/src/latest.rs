//! The latest version of each event. Code that handles events uses only these.

pub use crate::approval::carried_v1::{ApprovalCarried, VoidedVote};
pub use crate::approval::decided_v2::ApprovalDecided;
pub use crate::approval::reminded_v2::ApprovalReminded;
pub use crate::approval::requested_v2::ApprovalRequested;
pub use crate::change::accepted_v1::ChangeAccepted;
pub use crate::change::executed_v1::{ChangeExecuted, ExecutionOutcome};
pub use crate::change::finalized_v1::ChangeFinalized;
pub use crate::change::proposed_v2::ChangeProposed;
pub use crate::change::refused_v1::ChangeRefused;
pub use crate::delegation::changed_v1::DelegationChanged;
pub use crate::eval::case_completed_v1::EvalCaseCompleted;
pub use crate::eval::case_requested_v1::EvalCaseRequested;
pub use crate::eval::requested_v1::EvalRequested;
pub use crate::eval::run_completed_v1::{CandidateTotals, EvalRunCompleted, RunEnd};
pub use crate::eval::sweep_requested_v1::EvalSweepRequested;
pub use crate::lock::broken_v1::LockBroken;
pub use crate::message::quarantined_v1::MessageQuarantined;
pub use crate::message::redriven_v2::{MessageRedriven, RedriveOutcome};
pub use crate::permit::issued_v1::PermitIssued;
pub use crate::permit::refused_v1::PermitRefused;
pub use crate::permit::used_v1::{Given, PermitUsed};
pub use crate::redrive::ended_v1::{RedriveEnded, RunOutcome};
pub use crate::redrive::requested_v1::RedriveRequested;
pub use crate::review::completed_v2::ReviewCompleted;
pub use crate::signal::recorded_v1::{Signal, SignalRecorded};
pub use crate::standing::changed_v1::StandingChanged;
