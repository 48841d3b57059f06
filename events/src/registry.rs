//! The table of all versions, oldest first within an event.

use serde_json::Value;

use crate::envelope::{Event, Payload};
use crate::fact::Fact;
use crate::{
    approval, change, delegation, engagement, eval, interrupt, lock, message, permit, phase,
    redrive, review, signal, standing,
};

/// The contract of one committed event version.
pub struct Version {
    /// `<subject>.<fact>.v<N>`.
    pub kind: &'static str,
    /// JSON Schema 2020-12 of the whole event, envelope included.
    pub schema: fn() -> Value,
    /// Parses an event and serializes it again, as a producer of this version would.
    pub canonical: fn(&Value) -> Result<Value, serde_json::Error>,
}

/// How a version is read. This table is separate from [`Version`], because a shared one would link the
/// schemas of all versions into every function that reads events.
pub(crate) struct Reader {
    pub(crate) kind: &'static str,
    pub(crate) parse: Parse,
}

type Parse = fn(&Value) -> Result<Fact, serde_path_to_error::Error<serde_json::Error>>;

fn schema<T: Payload>() -> Value {
    schemars::schema_for!(Event<T>).to_value()
}

macro_rules! versions {
    ($($payload:path => $fact:ident),+ $(,)?) => {
        /// Every version that this build can read.
        #[must_use]
        pub fn versions() -> &'static [Version] {
            &[$(Version {
                kind: <$payload as Payload>::TYPE,
                schema: schema::<$payload>,
                canonical: |detail| {
                    let event: Event<$payload> = serde::Deserialize::deserialize(detail)?;
                    serde_json::to_value(event)
                },
            }),+]
        }

        pub(crate) fn readers() -> &'static [Reader] {
            &[$(Reader {
                kind: <$payload as Payload>::TYPE,
                parse: |detail| {
                    let event: Event<$payload> = serde_path_to_error::deserialize(detail)?;
                    Ok(Fact::$fact(Box::new(event.map(Into::into))))
                },
            }),+]
        }
    };
}

versions! {
    change::proposed_v1::ChangeProposed => ChangeProposed,
    change::proposed_v2::ChangeProposed => ChangeProposed,
    change::accepted_v1::ChangeAccepted => ChangeAccepted,
    change::refused_v1::ChangeRefused => ChangeRefused,
    change::executed_v1::ChangeExecuted => ChangeExecuted,
    change::finalized_v1::ChangeFinalized => ChangeFinalized,
    review::completed_v1::ReviewCompleted => ReviewCompleted,
    review::completed_v2::ReviewCompleted => ReviewCompleted,
    approval::requested_v1::ApprovalRequested => ApprovalRequested,
    approval::requested_v2::ApprovalRequested => ApprovalRequested,
    approval::reminded_v1::ApprovalReminded => ApprovalReminded,
    approval::reminded_v2::ApprovalReminded => ApprovalReminded,
    approval::carried_v1::ApprovalCarried => ApprovalCarried,
    approval::decided_v1::ApprovalDecided => ApprovalDecided,
    approval::decided_v2::ApprovalDecided => ApprovalDecided,
    permit::issued_v1::PermitIssued => PermitIssued,
    permit::refused_v1::PermitRefused => PermitRefused,
    permit::used_v1::PermitUsed => PermitUsed,
    lock::broken_v1::LockBroken => LockBroken,
    delegation::changed_v1::DelegationChanged => DelegationChanged,
    message::quarantined_v1::MessageQuarantined => MessageQuarantined,
    message::redriven_v1::MessageRedriven => MessageRedriven,
    message::redriven_v2::MessageRedriven => MessageRedriven,
    redrive::requested_v1::RedriveRequested => RedriveRequested,
    redrive::ended_v1::RedriveEnded => RedriveEnded,
    eval::requested_v1::EvalRequested => EvalRequested,
    eval::case_requested_v1::EvalCaseRequested => EvalCaseRequested,
    eval::case_completed_v1::EvalCaseCompleted => EvalCaseCompleted,
    eval::run_completed_v1::EvalRunCompleted => EvalRunCompleted,
    eval::sweep_requested_v1::EvalSweepRequested => EvalSweepRequested,
    standing::changed_v1::StandingChanged => StandingChanged,
    signal::recorded_v1::SignalRecorded => SignalRecorded,
    engagement::started_v1::EngagementStarted => EngagementStarted,
    engagement::failed_v1::EngagementFailed => EngagementFailed,
    engagement::resumed_v1::EngagementResumed => EngagementResumed,
    engagement::cancelled_v1::EngagementCancelled => EngagementCancelled,
    engagement::completed_v1::EngagementCompleted => EngagementCompleted,
    engagement::noted_v1::EngagementNoted => EngagementNoted,
    engagement::messaged_v1::EngagementMessaged => EngagementMessaged,
    engagement::surveyed_v1::EngagementSurveyed => EngagementSurveyed,
    phase::started_v1::PhaseStarted => PhaseStarted,
    phase::submitted_v1::PhaseSubmitted => PhaseSubmitted,
    phase::failed_v1::PhaseFailed => PhaseFailed,
    phase::breached_v1::PhaseBreached => PhaseBreached,
    phase::reviewed_v1::PhaseReviewed => PhaseReviewed,
    phase::requested_v1::PhaseRequested => PhaseRequested,
    phase::reminded_v1::PhaseReminded => PhaseReminded,
    phase::decided_v1::PhaseDecided => PhaseDecided,
    phase::completed_v1::PhaseCompleted => PhaseCompleted,
    phase::skipped_v1::PhaseSkipped => PhaseSkipped,
    interrupt::raised_v1::InterruptRaised => InterruptRaised,
    interrupt::reminded_v1::InterruptReminded => InterruptReminded,
    interrupt::answered_v1::InterruptAnswered => InterruptAnswered,
}
