//! Measures the stages of a long command, and prints a table of their times at its end.

use std::process::Command;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::paths;
use crate::progress::output;

/// Start of the first stage, and all stages that have ended.
static ENDED: Mutex<Option<(Instant, Vec<Stage>)>> = Mutex::new(None);

struct Stage {
    name: String,
    began: Duration,
    took: Duration,
    failed: bool,
}

/// Runs a stage and records how long it took. Stages may run in parallel.
pub fn stage<T>(name: &str, run: impl FnOnce() -> Result<T>) -> Result<T> {
    let began = Instant::now();
    let first = lock().get_or_insert_with(|| (began, Vec::new())).0;
    eprintln!("── {name} (after {:.0} s)", first.elapsed().as_secs_f32());
    let result = run();
    // Of several stages that fail at the same time, only one error reaches the end of the command.
    if let Err(error) = &result {
        eprintln!("!! {name} failed: {error:#}");
    }
    let stage = Stage {
        name: name.to_owned(),
        began: began.duration_since(first),
        took: began.elapsed(),
        failed: result.is_err(),
    };
    if let Some((_, stages)) = &mut *lock() {
        stages.push(stage);
    }
    result
}

/// Runs all tasks at the same time, and returns the first error.
pub fn parallel(tasks: &[&(dyn Fn() -> Result<()> + Sync)]) -> Result<()> {
    std::thread::scope(|scope| {
        let running: Vec<_> = tasks.iter().map(|task| scope.spawn(*task)).collect();
        let results: Vec<_> =
            running.into_iter().map(std::thread::ScopedJoinHandle::join).collect();
        results.into_iter().try_for_each(|r| r.unwrap_or_else(|_| bail!("a stage panicked")))
    })
}

/// Prints the table of stages to standard error.
pub fn print() {
    let guard = lock();
    let Some((first, stages)) = &*guard else { return };
    let mut rows: Vec<&Stage> = stages.iter().collect();
    rows.sort_by_key(|stage| stage.began);
    let width = rows.iter().map(|stage| stage.name.len()).max().unwrap_or_default();
    eprintln!();
    eprintln!("{:width$}  begins  takes", "stage");
    for Stage { name, began, took, failed } in rows {
        let mark = if *failed { "  FAILED" } else { "" };
        eprintln!(
            "{name:width$}  {:>4.0} s {:>4.0} s{mark}",
            began.as_secs_f32(),
            took.as_secs_f32()
        );
    }
    eprintln!("{:width$}         {:>4.0} s", "all", first.elapsed().as_secs_f32());
    if let Some(free) = free_megabytes() {
        eprintln!("{free} MB are free on this disk");
    }
}

/// Free space of the disk with the checkout. A full disk shows in strange ways, such as a linker that dies of SIGBUS.
fn free_megabytes() -> Option<u64> {
    let mut df = Command::new("df");
    let table = output(df.arg("-Pk").arg(paths::root())).ok()?;
    let kilobytes: u64 = table.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()?;
    Some(kilobytes / 1024)
}

fn lock() -> std::sync::MutexGuard<'static, Option<(Instant, Vec<Stage>)>> {
    ENDED.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
