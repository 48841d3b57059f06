//! Comparisons of two models in the same cases.

use statrs::distribution::{Binomial, DiscreteCDF as _};

use crate::error::{StatsError, confidence};
use crate::{Interval, float, z};

/// Counts of the outcomes of two models in the same cases.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pairs {
    /// Both passed.
    pub both: u64,
    /// Only the baseline passed.
    pub only_baseline: u64,
    /// Only the candidate passed.
    pub only_candidate: u64,
    /// Both failed.
    pub neither: u64,
}

impl Pairs {
    /// Counts pairs `(baseline, candidate)` of outcomes; `true` means passed.
    #[must_use]
    pub fn count(outcomes: impl IntoIterator<Item = (bool, bool)>) -> Self {
        let mut pairs = Self::default();
        for outcome in outcomes {
            *match outcome {
                (true, true) => &mut pairs.both,
                (true, false) => &mut pairs.only_baseline,
                (false, true) => &mut pairs.only_candidate,
                (false, false) => &mut pairs.neither,
            } += 1;
        }
        pairs
    }

    /// Number of all pairs.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.both + self.only_baseline + self.only_candidate + self.neither
    }

    /// Pass rate of the candidate minus that of the baseline; 0 if there are no pairs.
    #[must_use]
    pub fn difference(&self) -> f64 {
        if self.total() == 0 {
            return 0.0;
        }
        (float(self.only_candidate) - float(self.only_baseline)) / float(self.total())
    }

    /// Share of pairs in which the outcomes differ; 0 if there are no pairs.
    #[must_use]
    pub fn discordance(&self) -> f64 {
        if self.total() == 0 {
            return 0.0;
        }
        float(self.only_candidate + self.only_baseline) / float(self.total())
    }

    /// Limits of the difference at `level`, as if all pairs were independent. They are valid even for few
    /// pairs, because half a pair is added to each of the four counts (A. Agresti and Y. Min, Statistics in
    /// Medicine 24, 2005).
    ///
    /// # Errors
    /// [`StatsError`] if there are no pairs, or `level` is not between 0 and 1.
    pub fn limits(&self, level: f64) -> Result<Interval, StatsError> {
        self.limits_of(level, 1.0)
    }

    /// The limits for `times` as many pairs, if the rates stay the same.
    pub(crate) fn limits_of(&self, level: f64, times: f64) -> Result<Interval, StatsError> {
        confidence(level)?;
        if self.total() == 0 {
            return Err(StatsError::Empty);
        }
        let count = |n: u64| float(n) * times + 0.5;
        let (lost, won) = (count(self.only_baseline), count(self.only_candidate));
        let all = float(self.total()) * times + 2.0;
        let centre = (won - lost) / all;
        let half =
            z(f64::midpoint(1.0, level))? * (lost + won - centre * (won - lost)).sqrt() / all;
        let limit = |l: f64| l.clamp(-1.0, 1.0);
        let (lower, upper) = (limit(centre - half), limit(centre + half));
        Ok(Interval { estimate: self.difference(), lower, upper })
    }

    /// p-value of McNemar's exact test, two-sided: the chance that the differing pairs split at least this
    /// unevenly if both sides are equally likely. Pairs with equal outcomes are not used (Q. McNemar,
    /// Psychometrika 12, 1947).
    #[must_use]
    pub fn mcnemar(&self) -> f64 {
        even(self.only_baseline, self.only_candidate)
    }
}

/// p-value of the exact sign test, two-sided, over differences of scores. Differences of 0 are not used.
///
/// # Errors
/// [`StatsError::NotFinite`].
pub fn sign_test(differences: &[f64]) -> Result<f64, StatsError> {
    if let Some(bad) = differences.iter().find(|d| !d.is_finite()) {
        return Err(StatsError::NotFinite(*bad));
    }
    let count = |sign: fn(&f64) -> bool| differences.iter().filter(|d| sign(d)).count() as u64;
    Ok(even(count(|d| *d < 0.0), count(|d| *d > 0.0)))
}

/// Twice the smaller tail of a binomial distribution with probability 1/2.
fn even(a: u64, b: u64) -> f64 {
    match Binomial::new(0.5, a + b) {
        Ok(fair) if a != b => (2.0 * fair.cdf(a.min(b))).min(1.0),
        _ => 1.0,
    }
}
