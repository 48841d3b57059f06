#![doc = include_str!("../README.md")]

pub mod approval;
pub mod change;
pub mod delegation;
pub mod engagement;
mod envelope;
pub mod eval;
pub mod evaluation;
mod fact;
mod gate;
mod gate_v1;
mod hashes;
mod ids;
pub mod interrupt;
pub mod latest;
pub mod lock;
pub mod message;
mod names;
mod origin;
mod outgoing;
mod part;
pub mod permit;
pub mod phase;
pub mod redrive;
mod registry;
pub mod review;
mod revision;
pub mod signal;
pub mod standing;
mod text;
mod versioned;
mod vocabulary;
mod wire;
mod work;

pub use envelope::{Actor, ActorKind, Event, EventError, Payload};
pub use fact::Fact;
pub use gate::{Escalation, GateRequirements, Outcome, Ratings, Seats, Vote, VoteKind, Withdrawal};
pub use hashes::{BundleDigest, ContentHash, EffectHash, PlanHash};
pub use ids::event_id;
pub use names::{ChangeId, EngagementId, FunctionName, PrincipalId};
pub use origin::Origin;
pub use outgoing::Outgoing;
pub use part::{PARTS, part_of};
pub use registry::{Version, versions};
pub use revision::RevisionRef;
pub use versioned::Versioned;
pub use vocabulary::{
    Agent, Artifact, Dossier, Finding, Lane, Reason, Rollout, Severity, Threshold, Verdict,
};
pub use wire::{Delivery, MAX_DETAIL_BYTES, Newer, ParseError, split_version};
pub use work::{CriterionResult, CriterionState, Deliverable, PhaseLimit};
