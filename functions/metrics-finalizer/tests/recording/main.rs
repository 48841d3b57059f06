//! Facts over mocked tables: timelines, figures, ends, and what nobody can forge.
#![allow(clippy::unwrap_used, missing_docs)]

mod drift;
mod finalize;
mod forged;
mod history;
mod order;
mod recount;

use headgate_metrics_finalizer::{Finalizer, Senders, StandingRules};
use headgate_test_support::Aws;

/// The finalizer over these items.
fn finalizer(aws: &Aws) -> Finalizer {
    Finalizer {
        flow: aws.flow("metrics-finalizer"),
        metrics: aws.ledger("metrics"),
        standing: StandingRules::default(),
        signals: r#"["ops.pager"]"#.parse().unwrap(),
        senders: Senders::default(),
        logs: true,
    }
}
