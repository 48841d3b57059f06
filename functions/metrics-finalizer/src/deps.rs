//! Dependencies of the finalizer, and how it reads its tables.

use headgate_ledger::{Ledger, Stored};
use headgate_outbox::{Flow, Sources};

use crate::standing_rules::StandingRules;

/// Dependencies of the finalizer.
#[derive(Debug, Clone)]
pub struct Finalizer {
    /// Ledger, bus, clock.
    pub flow: Flow,
    /// Table of metrics, evaluation runs and their cases.
    pub metrics: Ledger,
    /// How evaluations become standings.
    pub standing: StandingRules,
    /// Sources whose measurements are trusted.
    pub signals: Sources,
}

pub(crate) type Read<T> = Option<Stored<T>>;

/// The value and its version; the default value and no version if the item does not exist.
pub(crate) fn split<T: Default>(read: Read<T>) -> (T, Option<u64>) {
    read.map_or_else(|| (T::default(), None), |s| (s.value, Some(s.version)))
}
