//! Bootstrap limits for scores, without assumptions about their distribution.

use crate::error::{StatsError, confidence};
use crate::{Interval, float};

/// Percentile bootstrap of the mean of paired differences. It resamples whole tasks, because the differences
/// within a task are correlated. The same `seed` gives the same limits.
///
/// # Errors
/// [`StatsError`] if fewer than two tasks have differences, or `level` is not between 0 and 1.
pub fn paired_bootstrap(
    tasks: &[Vec<f64>],
    level: f64,
    resamples: usize,
    seed: u64,
) -> Result<Interval, StatsError> {
    confidence(level)?;
    let sums: Vec<(f64, f64)> = tasks
        .iter()
        .filter(|t| !t.is_empty())
        .map(|t| (t.iter().sum(), float(t.len() as u64)))
        .collect();
    if sums.len() < 2 {
        return Err(StatsError::Clusters(sums.len()));
    }
    let mean = |drawn: &mut dyn Iterator<Item = (f64, f64)>| {
        let (sum, n) = drawn.fold((0.0, 0.0), |(s, n), (a, b)| (s + a, n + b));
        sum / n
    };
    let mut random = fastrand::Rng::with_seed(seed);
    let mut means: Vec<f64> = (0..resamples.max(1))
        .map(|_| mean(&mut (0..sums.len()).map(|_| sums[random.usize(..sums.len())])))
        .collect();
    means.sort_by(f64::total_cmp);
    let tail = (1.0 - level) / 2.0;
    let limit = |probability| quantile(&means, probability).ok_or(StatsError::Empty);
    Ok(Interval {
        estimate: mean(&mut sums.iter().copied()),
        lower: limit(tail)?,
        upper: limit(1.0 - tail)?,
    })
}

/// A quantile of sorted values, interpolated linearly: type 7 of Hyndman and Fan, The American
/// Statistician 50, 1996. `None` if there are no values.
#[must_use]
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
pub fn quantile(sorted: &[f64], probability: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let position = float(last as u64) * probability.clamp(0.0, 1.0);
    let below = sorted.get(position.floor() as usize)?;
    let above = sorted.get(position.ceil() as usize)?;
    Some(below + (above - below) * position.fract())
}
