//! A pass rate with its limits.

use crate::error::{StatsError, confidence, part_of};
use crate::{Interval, float, z};

/// Wilson's score interval of `successes` in `trials`, two-sided at `level` (0.95 for 95 %).
///
/// Unlike the textbook interval, it is never empty and always within 0 to 1, even for few trials
/// (E. B. Wilson, Journal of the American Statistical Association 22, 1927).
///
/// # Errors
/// [`StatsError`] if there are no trials or more successes than trials, or `level` is not between 0 and 1.
pub fn wilson(successes: u64, trials: u64, level: f64) -> Result<Interval, StatsError> {
    part_of(successes, trials)?;
    confidence(level)?;
    let z = z(f64::midpoint(1.0, level))?;
    let (n, p) = (float(trials), float(successes) / float(trials));
    let shrink = 1.0 + z * z / n;
    let centre = (p + z * z / (2.0 * n)) / shrink;
    let half = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt() / shrink;
    // Rounding must not push a limit outside 0 to 1.
    let lower = if successes == 0 { 0.0 } else { (centre - half).max(0.0) };
    let upper = if successes == trials { 1.0 } else { (centre + half).min(1.0) };
    Ok(Interval { estimate: p, lower, upper })
}
