//! `cargo xtask ci`: everything that must pass, with waiting and computing beside each other.

use anyhow::{Result, bail};

use crate::emulator::{self, Kind};
use crate::stages::{self, stage};
use crate::storm::Storm;
use crate::{checks, e2e, fuzz};

/// Seconds that each fuzz target runs.
const FUZZ_SECONDS: u32 = 60;

/// Runs every stage, and prints the table of their times even if one fails.
pub fn ci() -> Result<()> {
    let result = all();
    stages::print();
    result
}

fn all() -> Result<()> {
    std::thread::scope(|scope| {
        // Mostly downloads, while everything is compiled.
        let localstack = scope.spawn(|| stage("install LocalStack", emulator::install_localstack));
        checks::all(false)?;
        joined(localstack)
    })?;
    std::thread::scope(|scope| {
        // The storm's deployment mostly waits.
        let fuzz = scope.spawn(|| stage("fuzzing", || fuzz::fuzz(FUZZ_SECONDS)));
        let storm = stage("a small storm", || Storm::small().run());
        storm.and(joined(fuzz))
    })?;
    e2e::beside(Kind::Localstack, || stage("licences and sources", checks::deny))
}

fn joined(thread: std::thread::ScopedJoinHandle<'_, Result<()>>) -> Result<()> {
    thread.join().unwrap_or_else(|_| bail!("a stage panicked"))
}
