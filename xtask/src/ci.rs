//! `cargo xtask ci`: everything that must pass, with waiting and computing beside each other.
//!
//! ```text
//! compile, lint                              ∥ install LocalStack
//! unit tests ∥ Terraform                     ∥ deploy to MiniStack
//! documentation, own plan, Checkov, licences ∥ deploy for the storm ∥ model
//! upgrade, round trip                        alone, because it is timed
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
        let deployed = e2e::stories_beside(stack, recorded, &checks::units)?;
        let checks = || {
            checks::docs()?;
            checks::own_medicine()?;
            stage("licences and sources", checks::deny)
        };
        let storm = || stage("deploy for the storm", || storm.deploy());
        parallel(&[&checks, &storm, &|| e2e::model(stack, &deployed, recorded)])?;
        e2e::last(stack, &deployed, recorded)?;
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
