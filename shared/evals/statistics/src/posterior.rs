//! The posterior of a rate after a number of trials.

use statrs::distribution::{Beta, ContinuousCDF as _};

use crate::error::{StatsError, confidence};
use crate::{Interval, float};

/// The equal-tailed credible interval of a rate after `successes` in `trials`, at `level`, with Jeffreys'
/// prior Beta(1/2, 1/2). The estimate is the posterior mean. Without trials, the result is the prior. A
/// success may be partial.
///
/// # Errors
/// [`StatsError`] if `successes` is not from 0 to `trials`, or `level` is not between 0 and 1.
pub fn posterior(successes: f64, trials: u64, level: f64) -> Result<Interval, StatsError> {
    let trials = float(trials);
    if !(0.0..=trials).contains(&successes) {
        return Err(StatsError::Share { part: successes, whole: trials });
    }
    confidence(level)?;
    let (a, b) = (successes + 0.5, trials - successes + 0.5);
    let beta = Beta::new(a, b).map_err(|_| StatsError::Empty)?;
    let tail = (1.0 - level) / 2.0;
    Ok(Interval {
        estimate: a / (a + b),
        lower: beta.inverse_cdf(tail),
        upper: beta.inverse_cdf(1.0 - tail),
    })
}
