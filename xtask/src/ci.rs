//! `cargo xtask ci`: everything that must pass, with waiting and computing beside each other.
//!
//! ```text
//! compile, lint                              ∥ install LocalStack
//! unit tests ∥ Terraform                     ∥ deploy to MiniStack
//! documentation ∥ deploy for the storm ∥ own plan, Checkov ∥ stories on MiniStack
//! licences
//! model, upgrade, round trip
//! API contract                               ∥ fuzzing
//! storm                                      ∥ deploy to LocalStack
//! stories on LocalStack
//! ```

use anyhow::Result;

use crate::emulator::{self, Kind};
use crate::recorded;
use crate::stages::{self, parallel, stage};
use crate::storm::Storm;
use crate::{checks, e2e, fuzz};

/// Seconds that each fuzz target runs.
const FUZZ_SECONDS: u32 = 60;

/// Runs every stage, and prints the table of their times even if one fails.
pub fn ci() -> Result<()> {
    let storm = Storm::small();
    let result = all(&storm);
    stages::print();
    result.and(storm.stop())
}

fn all(storm: &Storm) -> Result<()> {
    parallel(&[&|| stage("install LocalStack", emulator::install_localstack), &checks::prepare])?;
    recorded::with_models(e2e::stack(Kind::Ministack), |stack, recorded| {
        let without_emulator = || {
            checks::units()?;
            let storm = || stage("deploy for the storm", || storm.deploy());
            parallel(&[&checks::docs, &storm, &checks::own_medicine])?;
            stage("licences and sources", checks::deny)
        };
        let deployed = e2e::stories_beside(stack, recorded, &without_emulator)?;
        e2e::heavy(stack, &deployed, recorded)?;
        parallel(&[&|| stage("fuzzing", || fuzz::fuzz(FUZZ_SECONDS)), &|| {
            e2e::contract(stack, &deployed)
        }])
    })?;
    recorded::with_models(e2e::stack(Kind::Localstack), |stack, recorded| {
        let raise = || stage("a small storm", || storm.raise());
        let deployed = e2e::deploy_beside(stack, recorded, &raise)?;
        storm.stop()?;
        e2e::stories(stack, &deployed, recorded, None)
    })
}
