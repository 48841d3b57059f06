//! Any event of the fleet, in its latest version.

use crate::EngagementId;
use crate::envelope::{Actor, Event};
use crate::latest::{
    ApprovalCarried, ApprovalDecided, ApprovalReminded, ApprovalRequested, ChangeAccepted,
    ChangeExecuted, ChangeFinalized, ChangeProposed, ChangeRefused, DelegationChanged,
    EngagementCancelled, EngagementCompleted, EngagementFailed, EngagementMessaged,
    EngagementNoted, EngagementResumed, EngagementStarted, EngagementSurveyed, EvalCaseCompleted,
    EvalCaseRequested, EvalRequested, EvalRunCompleted, EvalSweepRequested, InterruptAnswered,
    InterruptRaised, InterruptReminded, LockBroken, MessageQuarantined, MessageRedriven,
    PermitIssued, PermitRefused, PermitUsed, PhaseBreached, PhaseCompleted, PhaseDecided,
    PhaseFailed, PhaseReminded, PhaseRequested, PhaseReviewed, PhaseSkipped, PhaseStarted,
    PhaseSubmitted, RedriveEnded, RedriveRequested, ReviewCompleted, SignalRecorded,
    StandingChanged,
};

macro_rules! facts {
    ($($name:ident),+ $(,)?) => {
        /// Any event, converted to the latest version of its kind.
        #[derive(Debug, Clone, PartialEq)]
        #[allow(missing_docs)] // each variant is named after its payload, which is documented
        pub enum Fact {
            $($name(Box<Event<$name>>)),+
        }

        impl Fact {
            /// The event's id.
            #[must_use]
            pub fn id(&self) -> &str { match self { $(Self::$name(e) => &e.id),+ } }
            /// The `type` as it was sent, before any conversion.
            #[must_use]
            pub fn kind(&self) -> &str { match self { $(Self::$name(e) => &e.kind),+ } }
            /// The event's source.
            #[must_use]
            pub fn source(&self) -> &str { match self { $(Self::$name(e) => &e.source),+ } }
            /// The event's subject.
            #[must_use]
            pub fn subject(&self) -> &str { match self { $(Self::$name(e) => &e.subject),+ } }
            /// The change that the event is about. Only for events about changes.
            #[must_use]
            pub fn change(&self) -> $crate::ChangeId { $crate::ChangeId::from(self.subject()) }
            /// Id of the engagement that the event belongs to.
            #[must_use]
            pub fn correlation(&self) -> &EngagementId { match self { $(Self::$name(e) => &e.correlationid),+ } }
            /// When the fact became true.
            #[must_use]
            pub fn time(&self) -> jiff::Timestamp { match self { $(Self::$name(e) => e.time),+ } }
            /// The actor, as stated in the envelope; not verified.
            #[must_use]
            pub fn actor(&self) -> Actor { match self { $(Self::$name(e) => e.actor()),+ } }
            /// Trace context, if any.
            #[must_use]
            pub fn traceparent(&self) -> Option<&str> {
                match self { $(Self::$name(e) => e.traceparent.as_deref()),+ }
            }
            pub(crate) fn check(&self) -> Result<(), crate::EventError> {
                match self { $(Self::$name(e) => e.check()),+ }
            }
        }
    };
}

facts! {
    ChangeProposed, ChangeAccepted, ChangeRefused, ChangeExecuted, ChangeFinalized,
    ReviewCompleted, ApprovalRequested, ApprovalReminded, ApprovalCarried, ApprovalDecided, PermitIssued,
    PermitRefused, PermitUsed, LockBroken, SignalRecorded,
    DelegationChanged, MessageQuarantined, MessageRedriven, RedriveRequested, RedriveEnded,
    EvalRequested, EvalCaseRequested, EvalCaseCompleted, EvalRunCompleted, EvalSweepRequested,
    StandingChanged,
    EngagementStarted, EngagementFailed, EngagementResumed, EngagementCancelled, EngagementCompleted,
    EngagementNoted, EngagementMessaged, EngagementSurveyed,
    PhaseStarted, PhaseSubmitted, PhaseFailed, PhaseBreached, PhaseReviewed, PhaseRequested, PhaseReminded, PhaseDecided,
    PhaseCompleted, PhaseSkipped,
    InterruptRaised, InterruptReminded, InterruptAnswered,
}
