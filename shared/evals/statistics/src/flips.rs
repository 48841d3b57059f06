//! The A/A check: comparing a model with itself.

use fastrand::Rng;

use crate::conclusion::{Comparison, Conclusion, Rule, judge};
use crate::error::StatsError;
use crate::float;

/// The A/A check: compares a model with itself `comparisons` times, and returns the share of comparisons that
/// conclude that there is a difference. Each comparison simulates two runs with the observed number of
/// repeats. The pass rate of each case is the mean of its posterior under Jeffreys' prior, so no case passes
/// always or never. The same `seed` gives the same share.
///
/// `tasks`: for each task and each case, whether each repeat passed.
///
/// # Errors
/// [`StatsError`] if there are fewer than two tasks, or the rule is not valid.
pub fn flip_rate(
    tasks: &[Vec<Vec<bool>>],
    rule: Rule,
    comparisons: u32,
    seed: u64,
) -> Result<f64, StatsError> {
    let mut random = Rng::with_seed(seed);
    let mut flips = 0_u32;
    for _ in 0..comparisons {
        let comparison = against_itself(tasks, &mut random);
        let judged = judge(&[comparison], rule)?;
        let differs = |v| matches!(v, Conclusion::Regressed | Conclusion::Improved);
        flips += u32::from(judged.iter().any(|j| differs(j.conclusion)));
    }
    Ok(f64::from(flips) / f64::from(comparisons.max(1)))
}

fn against_itself(tasks: &[Vec<Vec<bool>>], random: &mut Rng) -> Comparison {
    let case = |repeats: &Vec<bool>, random: &mut Rng| -> Vec<(bool, bool)> {
        let passed = repeats.iter().filter(|p| **p).count() as u64;
        let rate = (float(passed) + 0.5) / (float(repeats.len() as u64) + 1.0);
        repeats.iter().map(|_| (random.f64() < rate, random.f64() < rate)).collect()
    };
    let tasks = tasks.iter().map(|cases| cases.iter().map(|c| case(c, random)).collect()).collect();
    Comparison { tasks }
}
