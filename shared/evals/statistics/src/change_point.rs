//! Whether a rate has dropped, and when.

use statrs::distribution::{DiscreteCDF as _, Hypergeometric};

use crate::error::{StatsError, part_of};
use crate::float;

/// One week, or any other stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// What went well.
    pub good: u64,
    /// What there was.
    pub all: u64,
}

/// A drop of the rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Drop {
    /// Index of the first period after it.
    pub at: usize,
    /// Rate before.
    pub before: f64,
    /// Rate from then on.
    pub after: f64,
    /// p-value, corrected for all the places that were looked at.
    pub p: f64,
}

/// The most convincing drop of the rate: at each place between two periods, Fisher's exact test of what came
/// before against what came after, one-sided; the smallest p-value, corrected by Bonferroni. Nothing if the
/// rate drops nowhere.
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
        // So few good ones, or fewer, among those after, if all were drawn from one urn.
        let urn = Hypergeometric::new(before + after, good_before + good_after, after)
            .map_err(|_| StatsError::Empty)?;
        let p = urn.cdf(good_after);
        if best.is_none_or(|b| p < b.p) {
            best = Some(Drop { at, before: rates.0, after: rates.1, p });
        }
    }
    Ok(best.map(|b| Drop { p: (b.p * float(places)).min(1.0), ..b }))
}
