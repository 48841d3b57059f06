//! A model against itself.

use fastrand::Rng;

use crate::conclusion::{Comparison, Conclusion, Rule, judge};
use crate::error::StatsError;
use crate::float;

/// The A/A check: of `gates` comparisons of a model with itself, the share whose conclusion leases a difference.
/// Each draws two runs of as many repeats as there were from what every case did; a case that always passed, or
/// never, is taken to do so not quite always (the mean of its posterior under Jeffreys' prior). The same `seed`
/// gives the same share.
///
/// `tasks`: for each task, for each case, whether each repeat passed.
///
/// # Errors
/// [`StatsError`] for fewer than two tasks, or a rule that is none.
pub fn flip_rate(
    tasks: &[Vec<Vec<bool>>],
    rule: Rule,
    gates: u32,
    seed: u64,
) -> Result<f64, StatsError> {
    let mut random = Rng::with_seed(seed);
    let mut flips = 0_u32;
    for _ in 0..gates {
        let comparison = against_itself(tasks, &mut random);
        let judged = judge(&[comparison], rule)?;
        let differs = |v| matches!(v, Conclusion::Regressed | Conclusion::Improved);
        flips += u32::from(judged.iter().any(|j| differs(j.conclusion)));
    }
    Ok(f64::from(flips) / f64::from(gates.max(1)))
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
