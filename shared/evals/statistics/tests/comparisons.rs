//! Simulates two thousand comparisons of each kind: how often they raise a false alarm, and how often they
//! detect a true drop.
#![allow(clippy::unwrap_used, clippy::print_stdout)] // the figures

use fastrand::Rng;
use headgate_statistics::{
    Comparison, Conclusion, DISCORDANCE, Rule, flip_rate, judge, repeats_needed,
};

const RUNS: usize = 2_000;
/// The size of `terraform-basics`.
const TASKS: usize = 11;
const PARAPHRASES: usize = 3;

fn recommended_repeats(comparisons: usize) -> usize {
    let cases = u64::try_from(TASKS * PARAPHRASES).unwrap();
    let design = Rule::default().design(comparisons);
    usize::try_from(repeats_needed(design, DISCORDANCE, cases).unwrap()).unwrap()
}

/// Pass rates of the cases of a suite. Tasks differ a lot; paraphrases of the same task differ a little.
fn suite(random: &mut Rng) -> Vec<Vec<f64>> {
    let near = |rate: f64, random: &mut Rng| (rate + 0.1 * (random.f64() - 0.5)).clamp(0.02, 0.98);
    (0..TASKS)
        .map(|_| {
            let task = 0.4 + 0.55 * random.f64();
            (0..PARAPHRASES).map(|_| near(task, random)).collect()
        })
        .collect()
}

/// Two runs of the same suite. The candidate's pass rate is lower by `drop` in every case.
fn comparison(suite: &[Vec<f64>], drop: f64, repeats: usize, random: &mut Rng) -> Comparison {
    let case = |rate: &f64, random: &mut Rng| -> Vec<(bool, bool)> {
        (0..repeats).map(|_| (random.f64() < *rate, random.f64() < rate - drop)).collect()
    };
    let tasks = suite.iter().map(|cases| cases.iter().map(|r| case(r, random)).collect());
    Comparison { tasks: tasks.collect() }
}

/// The share of simulated runs in which at least one of `comparisons` comparisons regressed.
fn regressions(drop: f64, comparisons: usize, repeats: usize, seed: u64) -> f64 {
    let mut random = Rng::with_seed(seed);
    let mut seen = 0_u32;
    for _ in 0..RUNS {
        let suite = suite(&mut random);
        let all: Vec<_> =
            (0..comparisons).map(|_| comparison(&suite, drop, repeats, &mut random)).collect();
        let judged = judge(&all, Rule::default()).unwrap();
        seen += u32::from(judged.iter().any(|j| j.conclusion == Conclusion::Regressed));
    }
    f64::from(seen) / f64::from(u32::try_from(RUNS).unwrap())
}

#[test]
fn a_model_against_itself_hardly_ever_regresses() {
    for comparisons in [1, 4] {
        // Three repeats are common in practice.
        for repeats in [3, recommended_repeats(comparisons)] {
            let rate = regressions(0.0, comparisons, repeats, 7);
            println!(
                "A/A: {comparisons} comparisons, {repeats} repeats: {:.2} % of {RUNS} runs regressed",
                100.0 * rate
            );
            assert!(rate <= 0.05, "{comparisons} comparisons, {repeats} repeats: {rate}");
        }
    }
}

#[test]
fn a_drop_of_fifteen_points_is_seen() {
    let repeats = recommended_repeats(1);
    let rate = regressions(0.15, 1, repeats, 11);
    println!(
        "a drop of 15 points: {:.1} % of {RUNS} runs regressed, at the recommended {repeats} repeats",
        100.0 * rate
    );
    assert!(rate >= 0.80, "{rate} at {repeats} repeats");
}

#[test]
fn few_repeats_are_called_underpowered_instead_of_no_worse() {
    let mut random = Rng::with_seed(3);
    let mut no_worse = 0;
    for _ in 0..RUNS {
        let suite = suite(&mut random);
        // A true drop above the minimum difference, at one repeat.
        let judged = judge(&[comparison(&suite, 0.15, 1, &mut random)], Rule::default()).unwrap();
        no_worse += usize::from(judged[0].conclusion == Conclusion::NoWorse);
    }
    println!(
        "a drop of 15 points at one repeat: {no_worse} of {RUNS} comparisons conclude `no worse`"
    );
    assert!(no_worse * 20 <= RUNS, "{no_worse}");
}

#[test]
fn advised_repeats_decide() {
    let mut random = Rng::with_seed(5);
    let (mut advised, mut decided) = (0, 0);
    for _ in 0..RUNS {
        let suite = suite(&mut random);
        let first = judge(&[comparison(&suite, 0.15, 2, &mut random)], Rule::default()).unwrap();
        let Conclusion::Underpowered { more_repeats: Some(more) } = first[0].conclusion else {
            continue;
        };
        advised += 1;
        let repeats = 2 + usize::try_from(more).unwrap();
        let second =
            judge(&[comparison(&suite, 0.15, repeats, &mut random)], Rule::default()).unwrap();
        decided += usize::from(!matches!(second[0].conclusion, Conclusion::Underpowered { .. }));
    }
    println!(
        "of {advised} comparisons that asked for more repeats, {decided} then reached a conclusion"
    );
    assert!(advised > 100 && decided * 2 > advised, "{decided} of {advised}");
}

#[test]
fn a_models_own_flip_rate_is_low_and_reproducible() {
    let mut random = Rng::with_seed(9);
    let tasks: Vec<Vec<Vec<bool>>> = suite(&mut random)
        .iter()
        .map(|cases| cases.iter().map(|r| (0..5).map(|_| random.f64() < *r).collect()).collect())
        .collect();
    let flips = flip_rate(&tasks, Rule::default(), 1_000, 1).unwrap();
    assert!(flips <= 0.05, "{flips}");
    assert_eq!(flips.to_bits(), flip_rate(&tasks, Rule::default(), 1_000, 1).unwrap().to_bits());
}
