//! What has happened in an engagement. Each note becomes an event.

use headgate_events::latest::{
    EngagementCancelled, EngagementCompleted, EngagementFailed, EngagementResumed,
    EngagementStarted, InterruptAnswered, InterruptRaised, InterruptReminded, PhaseBreached,
    PhaseCompleted, PhaseDecided, PhaseFailed, PhaseReminded, PhaseRequested, PhaseSkipped,
    PhaseStarted, PhaseSubmitted,
};

macro_rules! notes {
    ($($name:ident),+ $(,)?) => {
        /// Something that has happened.
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[allow(missing_docs)] // each variant is named after its payload, which is documented
        pub enum Note { $($name($name)),+ }

        $(impl From<$name> for Note {
            fn from(payload: $name) -> Self { Self::$name(payload) }
        })+
    };
}

notes! {
    EngagementStarted, EngagementFailed, EngagementResumed, EngagementCancelled, EngagementCompleted,
    PhaseStarted, PhaseSubmitted, PhaseFailed, PhaseBreached, PhaseRequested, PhaseReminded, PhaseDecided,
    PhaseCompleted, PhaseSkipped,
    InterruptRaised, InterruptReminded, InterruptAnswered,
}
