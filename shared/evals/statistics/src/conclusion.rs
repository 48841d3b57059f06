//! What comparisons come to.

use crate::cluster::Clustered;
use crate::error::StatsError;
use crate::holm::holm;
use crate::paired::Pairs;
use crate::power::{Design, pairs_needed};
use crate::{Interval, float};

/// More repeats than this are no advice.
const MOST_REPEATS: u64 = 100;

/// When a difference is one.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Rule {
    /// Level of the tests, over all comparisons of a run together: 0.05.
    pub alpha: f64,
    /// The smallest difference of pass rates that matters: 0.10.
    pub minimum: f64,
    /// Chance of seeing what is there that repeats are planned for: 0.8.
    pub power: f64,
}

impl Default for Rule {
    fn default() -> Self {
        Self { alpha: 0.05, minimum: 0.10, power: 0.8 }
    }
}

impl Rule {
    /// What a gate under this rule, one of so many comparisons, is planned to see: a drop half as large again
    /// as what matters.
    #[must_use]
    pub fn design(self, comparisons: usize) -> Design {
        Design {
            alpha: self.alpha / float(comparisons.max(1) as u64),
            power: self.power,
            drop: 1.5 * self.minimum,
            minimum: self.minimum,
        }
    }
}

/// Outcomes of two models on the same cases.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// For each task, for each of its cases (a paraphrase), for each repeat: `(baseline, candidate)`.
    pub tasks: Vec<Vec<Vec<(bool, bool)>>>,
}

impl Comparison {
    /// All pairs.
    #[must_use]
    pub fn pairs(&self) -> Pairs {
        Pairs::count(self.tasks.iter().flatten().flatten().copied())
    }

    /// Differences, candidate less baseline, of each task.
    fn differences(&self) -> Vec<Vec<f64>> {
        let one = |(b, c): &(bool, bool)| f64::from(u8::from(*c)) - f64::from(u8::from(*b));
        self.tasks.iter().map(|cases| cases.iter().flatten().map(one).collect()).collect()
    }

    /// Cases that were tried: what one more repeat adds.
    fn cases(&self) -> u64 {
        self.tasks.iter().flatten().filter(|repeats| !repeats.is_empty()).count() as u64
    }
}

/// What a comparison comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conclusion {
    /// Significantly worse, by more than matters.
    Regressed,
    /// Significantly better, by more than matters.
    Improved,
    /// The interval leaves no room for a drop that matters.
    NoWorse,
    /// Neither can be said.
    Underpowered {
        /// How many more repeats of every case would decide, if rates stay as they are. Nothing if hardly any
        /// number would: the tasks themselves differ too much, and only more tasks help.
        more_repeats: Option<u64>,
    },
}

/// A conclusion and what it rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Assessment {
    /// The conclusion.
    pub conclusion: Conclusion,
    /// Pass rate of the candidate less that of the baseline, with the wider limits of two: clustered by task, and
    /// of as many independent pairs. The lower one holds with a confidence of 1 - alpha: the question is only
    /// whether the candidate may be worse.
    pub difference: Interval,
    /// The pairs.
    pub pairs: Pairs,
    /// McNemar's exact p-value.
    pub p: f64,
    /// The same after Holm's correction for all comparisons; this one is held against alpha.
    pub adjusted: f64,
}

/// Judges candidates against their baselines: all comparisons of one run together.
///
/// # Errors
/// [`StatsError`] for a comparison over fewer than two tasks, or a rule that is none.
pub fn judge(comparisons: &[Comparison], rule: Rule) -> Result<Vec<Assessment>, StatsError> {
    let level = 1.0 - 2.0 * rule.alpha;
    let known = comparisons.iter().map(|c| Known::of(c, level)).collect::<Result<Vec<_>, _>>()?;
    let p: Vec<f64> = known.iter().map(|k| k.pairs.mcnemar()).collect();
    let adjusted = holm(&p)?;
    let design = rule.design(comparisons.len());
    let each = known.into_iter().zip(p).zip(adjusted);
    each.map(|((known, p), adjusted)| {
        let pairs = known.pairs;
        let difference = known.with_repeats(0)?;
        let (significant, seen) = (adjusted <= rule.alpha, pairs.difference());
        let conclusion = if significant && seen < -rule.minimum {
            Conclusion::Regressed
        } else if significant && seen > rule.minimum {
            Conclusion::Improved
        } else if difference.lower > -rule.minimum {
            Conclusion::NoWorse
        } else {
            let more_repeats = known.more_repeats(design)?;
            Conclusion::Underpowered { more_repeats }
        };
        Ok(Assessment { conclusion, difference, pairs, p, adjusted })
    })
    .collect()
}

/// What is known of a difference, and what would be with more of the same.
struct Known {
    level: f64,
    pairs: Pairs,
    cases: u64,
    clustered: Clustered,
}

impl Known {
    fn of(comparison: &Comparison, level: f64) -> Result<Self, StatsError> {
        let clustered = Clustered::of(&comparison.differences(), level)?;
        Ok(Self { level, pairs: comparison.pairs(), cases: comparison.cases().max(1), clustered })
    }

    /// The difference and its limits after so many more repeats of every case, if rates stay as they are.
    fn with_repeats(&self, repeats: u64) -> Result<Interval, StatsError> {
        let more = float(repeats * self.cases);
        let times = 1.0 + more / float(self.pairs.total());
        Ok(self.clustered.with_more(more).wider(self.pairs.limits_of(self.level, times)?))
    }

    /// The smallest number of further repeats that decides, either way.
    fn more_repeats(&self, design: Design) -> Result<Option<u64>, StatsError> {
        let seen = self.pairs.difference();
        if seen < -design.minimum {
            // It looks like a regression, and needs to be significant.
            let design = Design { drop: -seen, minimum: 0.0, ..design };
            let needed = pairs_needed(design, self.pairs.discordance())?;
            let repeats = needed.saturating_sub(self.pairs.total()).div_ceil(self.cases).max(1);
            return Ok(Some(repeats).filter(|r| *r <= MOST_REPEATS));
        }
        for repeats in 1..=MOST_REPEATS {
            if self.with_repeats(repeats)?.lower > -design.minimum {
                return Ok(Some(repeats));
            }
        }
        Ok(None)
    }
}
