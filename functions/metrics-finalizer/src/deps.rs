//! Dependencies of the finalizer, and how it reads its tables.

use headgate_ledger::{Ledger, Stored};
use headgate_outbox::{Flow, Sources};

use crate::senders::Senders;
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
    /// What is known of senders.
    pub senders: Senders,
    /// Whether timelines are put on the list of the transparency log. Only a benchmark says no.
    pub logs: bool,
}

pub(crate) type Read<T> = Option<Stored<T>>;

/// The value and its version; the default value and no version if the item does not exist.
pub(crate) fn split<T: Default>(read: Read<T>) -> (T, Option<u64>) {
    read.map_or_else(|| (T::default(), None), |s| (s.value, Some(s.version)))
}
