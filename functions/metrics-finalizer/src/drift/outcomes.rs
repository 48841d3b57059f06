//! Whether a model's outcomes have become worse: each kind against its own history. Pure.

use std::collections::BTreeMap;
use std::fmt;

use headgate_domain::outcomes::{OutcomeKind, Outcomes, Tally, WEEKS_KEPT, week};
use headgate_statistics::{Drop, Period, StatsError, latest_drop};
use jiff::Timestamp;

/// Chance of a false alarm in half a year, over all kinds of outcomes and all weeks together.
const ALPHA: f64 = 0.05;
/// Looks in half a year: one for each week that is over. Looking more often would find more by chance, and the
/// result would depend on the order in which events arrive.
const LOOKS: f64 = WEEKS_KEPT as f64;
/// Number of kinds of outcomes that are tested.
const KINDS: f64 = OutcomeKind::ALL.len() as f64;
/// Smallest drop of the rate that counts, as a difference of rates.
const MINIMUM: f64 = 0.10;

/// A model has become worse.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Worse {
    /// The kind of outcome.
    pub(crate) kind: OutcomeKind,
    /// First week of the drop.
    pub(crate) week: String,
    /// Rates before and after, and the p-value.
    pub(crate) drop: Drop,
}

/// The most certain drop in the weeks that are over, if there is one. Bonferroni's correction covers all kinds and
/// all weekly looks.
///
/// # Errors
/// [`StatsError`]. It cannot happen for tallies that were counted here.
pub(crate) fn worse(outcomes: &Outcomes, now: Timestamp) -> Result<Option<Worse>, StatsError> {
    let since = outcomes.since.as_deref().unwrap_or_default();
    let this = week(now);
    let over = |week: &str| week >= since && week < this.as_str();
    let known: Vec<_> = outcomes.weeks.iter().filter(|(week, _)| over(week)).collect();
    let mut found: Option<Worse> = None;
    for kind in OutcomeKind::ALL {
        let period = |kinds: &BTreeMap<OutcomeKind, Tally>| {
            let Tally { good, all } = kinds.get(&kind).copied().unwrap_or_default();
            Period { good, all }
        };
        let periods: Vec<_> = known.iter().map(|(_, kinds)| period(kinds)).collect();
        let Some(drop) = latest_drop(&periods)? else { continue };
        let certain = drop.p * KINDS * LOOKS <= ALPHA && drop.before - drop.after >= MINIMUM;
        let more = found.as_ref().is_none_or(|f| drop.p < f.drop.p);
        if let (true, true, Some((week, _))) = (certain, more, known.get(drop.at)) {
            found = Some(Worse { kind, week: (*week).clone(), drop });
        }
    }
    Ok(found)
}

impl fmt::Display for Worse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (before, after) = (100.0 * self.drop.before, 100.0 * self.drop.after);
        let kind = self.kind.name();
        write!(f, "{kind}: {after:.0} % since {}, {before:.0} % before", self.week)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::print_stdout)]
    use headgate_domain::outcomes::{OutcomeKind, Outcomes};

    use super::worse;
    use jiff::{SignedDuration, Timestamp};

    fn at(week: i64) -> Timestamp {
        "2026-01-05T12:00:00Z".parse::<Timestamp>().unwrap()
            + SignedDuration::from_hours(168 * week)
    }

    fn weeks(outcomes: &mut Outcomes, weeks: std::ops::Range<i64>, good_of_ten: u32) {
        for n in weeks {
            for i in 0..10 {
                outcomes.count(OutcomeKind::Review, i < good_of_ten, at(n));
            }
        }
    }

    #[test]
    fn a_model_that_gets_worse_is_found_once_its_week_is_over() {
        let mut outcomes = Outcomes::default();
        weeks(&mut outcomes, 0..8, 9);
        assert_eq!(worse(&outcomes, at(8)).unwrap(), None);
        weeks(&mut outcomes, 8..10, 1);
        assert_eq!(worse(&outcomes, at(8)).unwrap(), None, "the week is not over");
        let found = worse(&outcomes, at(10)).unwrap().unwrap();
        assert_eq!((found.kind, found.week.as_str()), (OutcomeKind::Review, "2026-W10"));
        let said = "reviews that passed: 10 % since 2026-W10, 90 % before";
        assert_eq!(found.to_string(), said);
        outcomes.since = Some(found.week.clone());
        assert_eq!(worse(&outcomes, at(10)).unwrap(), None);
        // The rate stays low: no second alarm.
        weeks(&mut outcomes, 10..14, 1);
        assert_eq!(worse(&outcomes, at(14)).unwrap(), None);
        // It becomes better, then worse again: a second alarm.
        weeks(&mut outcomes, 14..22, 9);
        weeks(&mut outcomes, 22..26, 1);
        assert!(worse(&outcomes, at(26)).unwrap().is_some());
    }

    /// A model whose rate does not change, with ten outcomes of each kind a week for half a year, tested
    /// every week.
    #[test]
    fn a_model_that_stays_as_it_is_is_hardly_ever_suspected() {
        let mut random = fastrand::Rng::with_seed(7);
        let models = 400;
        let suspected = (0..models)
            .filter(|_| {
                let mut outcomes = Outcomes::default();
                (0..26).any(|n| {
                    for _ in 0..10 {
                        for kind in OutcomeKind::ALL {
                            outcomes.count(kind, random.f64() < 0.9, at(n));
                        }
                    }
                    worse(&outcomes, at(n + 1)).unwrap().is_some()
                })
            })
            .count();
        println!(
            "{suspected} of {models} models with a constant rate raised an alarm in half a year"
        );
        assert!(suspected * 20 <= models, "{suspected} of {models}");
    }
}
