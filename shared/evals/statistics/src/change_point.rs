//! Finds out whether a rate has dropped, and when.

use statrs::distribution::{DiscreteCDF as _, Hypergeometric};

use crate::error::{StatsError, part_of};
use crate::float;

/// The counts of one period, for example a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// Number of good outcomes.
    pub good: u64,
    /// Number of all outcomes.
    pub all: u64,
}

/// A drop of a rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Drop {
    /// Index of the first period after the drop.
    pub at: usize,
    /// Rate before the drop.
    pub before: f64,
    /// Rate after the drop.
    pub after: f64,
    /// p-value, corrected for the number of places that were tested.
    pub p: f64,
}

/// The most significant drop of the rate. At each place between two periods, Fisher's exact test (one-sided)
/// compares the outcomes before with the outcomes after. The smallest p-value counts, with Bonferroni's
/// correction. `None` if the rate drops nowhere.
///
/// # Errors
/// [`StatsError::Count`].
pub fn latest_drop(periods: &[Period]) -> Result<Option<Drop>, StatsError> {
    for period in periods.iter().filter(|p| p.all > 0 || p.good > 0) {
        part_of(period.good, period.all)?;
    }
    let sum = |part: &[Period]| part.iter().fold((0, 0), |(g, a), p| (g + p.good, a + p.all));
    let mut best: Option<Drop> = None;
    let mut places = 0_u64;
    for at in 1..periods.len() {
        let ((good_before, before), (good_after, after)) =
            (sum(&periods[..at]), sum(&periods[at..]));
        if before == 0 || after == 0 {
            continue;
        }
        places += 1;
        let rates = (float(good_before) / float(before), float(good_after) / float(after));
        if rates.1 >= rates.0 {
            continue;
        }
        // The chance of this few or fewer good outcomes after the drop, if all outcomes were drawn from one
        // urn.
        let urn = Hypergeometric::new(before + after, good_before + good_after, after)
            .map_err(|_| StatsError::Empty)?;
        let p = urn.cdf(good_after);
        if best.is_none_or(|b| p < b.p) {
            best = Some(Drop { at, before: rates.0, after: rates.1, p });
        }
    }
    Ok(best.map(|b| Drop { p: (b.p * float(places)).min(1.0), ..b }))
}
