//! The chances of passing in several tries.

use crate::error::{StatsError, part_of};
use crate::float;

fn check(passed: u64, tries: u64, k: u64) -> Result<(), StatsError> {
    part_of(passed, tries)?;
    part_of(k, tries)
}

/// pass@k: the chance that at least one of `k` tries passes, estimated without bias from `passed` of `tries`:
/// 1 - C(n - c, k) / C(n, k) (Chen et al., Evaluating Large Language Models Trained on Code, 2021).
///
/// # Errors
/// [`StatsError`] if `passed` or `k` is larger than `tries`, or `tries` is 0.
pub fn pass_at_k(passed: u64, tries: u64, k: u64) -> Result<f64, StatsError> {
    check(passed, tries, k)?;
    let failed = tries - passed;
    if failed < k {
        return Ok(1.0);
    }
    let none: f64 = (failed + 1..=tries).map(|i| 1.0 - float(k) / float(i)).product();
    Ok(1.0 - none)
}

/// pass^k: the chance that all of `k` tries pass, C(c, k) / C(n, k). It is the reliability of `k` unattended
/// runs (Yao et al., tau-bench, 2024).
///
/// # Errors
/// [`StatsError`] if `passed` or `k` is larger than `tries`, or `tries` is 0.
pub fn pass_hat_k(passed: u64, tries: u64, k: u64) -> Result<f64, StatsError> {
    check(passed, tries, k)?;
    Ok((0..k).map(|i| float(passed.saturating_sub(i)) / float(tries - i)).product())
}
