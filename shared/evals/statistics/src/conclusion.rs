//! The conclusions of comparisons.

use crate::cluster::Clustered;
use crate::error::StatsError;
use crate::holm::holm;
use crate::paired::Pairs;
use crate::power::{Design, pairs_needed};
use crate::{Interval, float};

/// Maximum number of further repeats that is recommended.
const MOST_REPEATS: u64 = 100;

/// The rule for comparisons: which differences are significant, and which matter.
#[derive(
    Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
pub struct Rule {
    /// Significance level for all comparisons of a run together. Default: 0.05.
    pub alpha: f64,
    /// The smallest difference of pass rates that matters. Default: 0.10.
    pub minimum: f64,
    /// The power that the number of repeats is planned for: the chance of detecting a true drop. Default:
    /// 0.8.
    pub power: f64,
}

impl Default for Rule {
    fn default() -> Self {
        Self { alpha: 0.05, minimum: 0.10, power: 0.8 }
    }
}

impl Rule {
    /// The design of one of `comparisons` comparisons under this rule. It is planned to detect a drop of 1.5
    /// times the minimum difference.
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

/// The outcomes of two models in the same cases.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comparison {
    /// By task, paraphrase and repeat: whether `(baseline, candidate)` passed.
    pub tasks: Vec<Vec<Vec<(bool, bool)>>>,
}

impl Comparison {
    /// The counts of all pairs.
    #[must_use]
    pub fn pairs(&self) -> Pairs {
        Pairs::count(self.tasks.iter().flatten().flatten().copied())
    }

    /// Differences by task: candidate minus baseline.
    fn differences(&self) -> Vec<Vec<f64>> {
        let one = |(b, c): &(bool, bool)| f64::from(u8::from(*c)) - f64::from(u8::from(*b));
        self.tasks.iter().map(|cases| cases.iter().flatten().map(one).collect()).collect()
    }

    /// Number of paraphrases with pairs. Each further repeat adds this many pairs.
    fn cases(&self) -> u64 {
        self.tasks.iter().flatten().filter(|repeats| !repeats.is_empty()).count() as u64
    }
}

/// The conclusion of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conclusion {
    /// Significantly worse, by more than the minimum difference.
    Regressed,
    /// Significantly better, by more than the minimum difference.
    Improved,
    /// The interval excludes a drop of the minimum difference or more.
    NoWorse,
    /// Too few pairs to conclude any of the above.
    Underpowered {
        /// Number of further repeats of every case that would decide, if the rates stay the same. `None` if
        /// no reasonable number would: then the tasks differ too much, and only more tasks help.
        more_repeats: Option<u64>,
    },
}

/// A conclusion with the figures that it is based on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Assessment {
    /// The conclusion.
    pub conclusion: Conclusion,
    /// Pass rate of the candidate minus that of the baseline. The limits are the wider of two: clustered by
    /// task, and for independent pairs. The lower limit holds with a confidence of 1 - alpha, because the
    /// question is only whether the candidate may be worse.
    pub difference: Interval,
    /// Counts of the pairs.
    pub pairs: Pairs,
    /// McNemar's exact p-value.
    pub p: f64,
    /// The p-value after Holm's correction for all comparisons. This value is compared with alpha.
    pub adjusted: f64,
}

/// Compares candidates with their baselines: all comparisons of one run together.
///
/// # Errors
/// [`StatsError`] if a comparison has pairs in fewer than two tasks, or the rule is not valid.
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

/// The figures of a comparison, and their projection to more repeats.
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

    /// The difference and its limits after `repeats` more repeats of every case, if the rates stay the same.
    fn with_repeats(&self, repeats: u64) -> Result<Interval, StatsError> {
        let more = float(repeats * self.cases);
        let times = 1.0 + more / float(self.pairs.total());
        Ok(self.clustered.with_more(more).wider(self.pairs.limits_of(self.level, times)?))
    }

    /// The smallest number of further repeats that would lead to a conclusion.
    fn more_repeats(&self, design: Design) -> Result<Option<u64>, StatsError> {
        let seen = self.pairs.difference();
        if seen < -design.minimum {
            // The drop is large enough for a regression but not significant yet.
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
