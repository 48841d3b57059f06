//! Properties that hold for all counts.
#![allow(clippy::unwrap_used)]

use headgate_statistics::{
    Comparison, Conclusion, Design, Pairs, Period, Rule, StatsError, clustered_mean, cohens_kappa,
    holm, judge, latest_drop, paired_bootstrap, pairs_needed, pass_at_k, pass_hat_k, posterior,
    sensitivity, sign_test, wilson,
};
use proptest::prelude::*;

fn counts() -> impl Strategy<Value = (u64, u64)> {
    (1_u64..2_000).prop_flat_map(|n| (0..=n, Just(n)))
}

proptest! {
    #[test]
    fn limits_enclose_the_estimate_and_stay_between_0_and_1((k, n) in counts(), level in 0.5_f64..0.999) {
        for interval in [wilson(k, n, level).unwrap(), posterior(k as f64, n, level).unwrap()] {
            prop_assert!(0.0 <= interval.lower && interval.upper <= 1.0);
            prop_assert!(interval.lower <= interval.estimate && interval.estimate <= interval.upper);
        }
    }

    #[test]
    fn all_of_k_pass_less_often_than_one_of_k(((c, n), k) in counts().prop_flat_map(|(c, n)| (Just((c, n)), 1..=n))) {
        let (one, all) = (pass_at_k(c, n, k).unwrap(), pass_hat_k(c, n, k).unwrap());
        prop_assert!((0.0..=1.0).contains(&one) && (0.0..=1.0).contains(&all));
        prop_assert!(all <= one + 1e-12);
    }

    #[test]
    fn sides_can_be_swapped(b in 0_u64..500, c in 0_u64..500) {
        let pairs = |only_baseline, only_candidate| Pairs { both: 3, neither: 5, only_baseline, only_candidate };
        let (one, other) = (pairs(b, c), pairs(c, b));
        prop_assert_eq!(one.mcnemar().to_bits(), other.mcnemar().to_bits());
        prop_assert!((one.difference() + other.difference()).abs() < 1e-12);
    }

    #[test]
    fn limits_of_a_difference_enclose_it_and_turn_with_it(b in 0_u64..200, c in 0_u64..200, both in 0_u64..200) {
        let pairs = Pairs { both, neither: 1, only_baseline: b, only_candidate: c };
        let (one, other) = (pairs.limits(0.9).unwrap(), Pairs { only_baseline: c, only_candidate: b, ..pairs }.limits(0.9).unwrap());
        prop_assert!(-1.0 <= one.lower && one.upper <= 1.0 && one.lower < one.upper);
        prop_assert!((one.lower + other.upper).abs() < 1e-12);
    }

    #[test]
    fn correction_never_makes_a_p_value_smaller(p in prop::collection::vec(0.0_f64..=1.0, 0..20)) {
        let adjusted = holm(&p).unwrap();
        prop_assert!(p.iter().zip(&adjusted).all(|(p, a)| a >= p && *a <= 1.0));
    }

    #[test]
    fn the_order_of_tasks_does_not_matter(tasks in prop::collection::vec(prop::collection::vec(0.0_f64..1.0, 1..6), 2..12)) {
        let mut turned = tasks.clone();
        turned.reverse();
        let (one, other) = (clustered_mean(&tasks, 0.9).unwrap(), clustered_mean(&turned, 0.9).unwrap());
        prop_assert!((one.lower - other.lower).abs() < 1e-9);
    }

    #[test]
    fn a_verdict_never_contradicts_what_was_seen(outcomes in prop::collection::vec(
        prop::collection::vec(prop::collection::vec(any::<(bool, bool)>(), 1..6), 1..4), 2..12,
    )) {
        let rule = Rule::default();
        let j = judge(&[Comparison { tasks: outcomes }], rule).unwrap()[0];
        let seen = j.pairs.difference();
        match j.conclusion {
            Conclusion::Regressed => prop_assert!(seen < -rule.minimum && j.adjusted <= rule.alpha),
            Conclusion::Improved => prop_assert!(seen > rule.minimum && j.adjusted <= rule.alpha),
            Conclusion::NoWorse => prop_assert!(j.difference.lower > -rule.minimum),
            Conclusion::Underpowered { more_repeats } => {
                prop_assert!(j.difference.lower <= -rule.minimum);
                prop_assert!(more_repeats.is_none_or(|m| m >= 1));
            }
        }
    }
}

#[test]
fn more_discordance_needs_more_pairs_and_a_larger_drop_fewer() {
    let needed = |drop, d| pairs_needed(Design { drop, ..Design::default() }, d).unwrap();
    assert!(needed(0.15, 0.2) < needed(0.15, 0.4));
    assert!(needed(0.20, 0.3) < needed(0.15, 0.3));
}

#[test]
fn a_drop_is_found_where_it_is() {
    let week = |good| Period { good, all: 20 };
    let steady = [19, 18, 20, 19, 18, 19].map(week);
    assert!(latest_drop(&steady).unwrap().is_none_or(|d| d.p > 0.05));
    let drop = latest_drop(&[19, 18, 20, 19, 11, 10, 12].map(week)).unwrap().unwrap();
    assert_eq!(drop.at, 4);
    assert!(drop.p < 0.001 && drop.after < 0.6 && drop.before > 0.9);
    assert_eq!(latest_drop(&[]).unwrap(), None);
    assert_eq!(latest_drop(&[10, 12, 14].map(week)).unwrap(), None, "a rise is not a drop");
}

#[test]
fn the_worst_paraphrase_counts() {
    let s = sensitivity(&[(5, 5), (3, 5), (0, 0), (4, 5)]).unwrap();
    assert_eq!(s.rates.len(), 3);
    assert!((s.worst - 0.6).abs() < 1e-12 && (s.spread - 0.4).abs() < 1e-12);
    assert_eq!(sensitivity(&[(0, 0)]), None);
}

#[test]
fn the_bootstrap_is_reproducible_and_sees_a_difference() {
    let tasks: Vec<Vec<f64>> = (0..11).map(|i| vec![0.2 + 0.01 * f64::from(i); 5]).collect();
    let once = paired_bootstrap(&tasks, 0.95, 2_000, 42).unwrap();
    assert_eq!(once, paired_bootstrap(&tasks, 0.95, 2_000, 42).unwrap());
    assert!(once.lower > 0.2 && once.upper < 0.3 && (once.estimate - 0.25).abs() < 1e-9);
}

#[test]
fn a_few_pairs_that_agree_prove_nothing() {
    let agree = |cases| Comparison { tasks: vec![vec![vec![(true, true); cases]]; 4] };
    let conclusion = |cases| judge(&[agree(cases)], Rule::default()).unwrap()[0].conclusion;
    assert!(
        matches!(conclusion(1), Conclusion::Underpowered { more_repeats: Some(_) }),
        "{:?}",
        conclusion(1)
    );
    assert_eq!(conclusion(10), Conclusion::NoWorse);
}

#[test]
fn differences_that_are_none_say_nothing() {
    assert!((sign_test(&[0.0, 0.0, 1.0]).unwrap() - 1.0).abs() < 1e-12);
    assert!((sign_test(&[1.0; 6]).unwrap() - 0.03125).abs() < 1e-12);
}

#[test]
fn what_cannot_be_computed_is_said() {
    let said = |e: StatsError| e.to_string();
    assert_eq!(said(wilson(3, 2, 0.95).unwrap_err()), "3 is more than the total of 2");
    assert_eq!(said(wilson(0, 0, 0.95).unwrap_err()), "there are no observations");
    assert_eq!(said(wilson(1, 2, 1.0).unwrap_err()), "1 is not a probability between 0 and 1");
    assert_eq!(said(pass_at_k(1, 2, 3).unwrap_err()), "3 is more than the total of 2");
    assert_eq!(said(holm(&[f64::NAN]).unwrap_err()), "NaN is not a probability between 0 and 1");
    assert_eq!(said(sign_test(&[f64::INFINITY]).unwrap_err()), "inf is not a finite number");
    assert_eq!(
        said(cohens_kappa(&[true], &[]).unwrap_err()),
        "1 observations cannot be paired with 0"
    );
    assert_eq!(
        said(judge(&[Comparison::default()], Rule::default()).unwrap_err()),
        "limits that are clustered by task need at least two tasks, not 0"
    );
}
