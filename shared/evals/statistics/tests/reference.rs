//! Tests every formula against scipy and statsmodels. `reference.json` is the output of `reference.py`.
#![allow(clippy::unwrap_used, clippy::print_stdout)] // the figures

use headgate_statistics::{
    Pairs, Period, clustered_mean, cohens_kappa, holm, latest_drop, pass_at_k, pass_hat_k,
    posterior, wilson,
};
use serde::Deserialize;

/// Maximum difference from the reference. Both sides compute quantiles of beta and t by iteration.
const NEAR: f64 = 1e-9;

#[derive(Deserialize)]
struct Reference {
    wilson: Vec<Rate>,
    pass_k: Vec<PassK>,
    paired: Vec<Split>,
    limits: Vec<Matched>,
    holm: Vec<Adjusted>,
    clustered: Vec<Clustered>,
    posterior: Vec<Rate>,
    drops: Vec<Dropped>,
    kappa: Vec<Agreement>,
}

#[derive(Deserialize)]
struct Rate {
    successes: u64,
    trials: u64,
    level: f64,
    mean: Option<f64>,
    lower: f64,
    upper: f64,
}

#[derive(Deserialize)]
struct PassK {
    passed: u64,
    tries: u64,
    k: u64,
    at: f64,
    hat: f64,
}

#[derive(Deserialize)]
struct Split {
    only_baseline: u64,
    only_candidate: u64,
    p: f64,
}

#[derive(Deserialize)]
struct Matched {
    both: u64,
    only_baseline: u64,
    only_candidate: u64,
    neither: u64,
    lower: f64,
    upper: f64,
}

#[derive(Deserialize)]
struct Adjusted {
    p: Vec<f64>,
    adjusted: Vec<f64>,
}

#[derive(Deserialize)]
struct Clustered {
    tasks: Vec<Vec<f64>>,
    level: f64,
    mean: f64,
    lower: f64,
    upper: f64,
}

#[derive(Deserialize)]
struct Dropped {
    before: (u64, u64),
    after: (u64, u64),
    p: f64,
}

#[derive(Deserialize)]
struct Agreement {
    both: usize,
    only_a: usize,
    only_b: usize,
    neither: usize,
    kappa: f64,
}

fn reference() -> Reference {
    serde_json::from_str(include_str!("reference.json")).unwrap()
}

/// Counts the values that were compared with the reference, and names the first that differs.
#[derive(Default)]
struct Points(usize);

impl Points {
    fn near(&mut self, what: &str, ours: f64, theirs: f64) {
        self.0 += 1;
        assert!((ours - theirs).abs() <= NEAR, "{what}: {ours} is not {theirs}");
    }
}

#[test]
fn every_formula_agrees_with_scipy_and_statsmodels() {
    let r = reference();
    let mut points = Points::default();
    for x in &r.wilson {
        let ours = wilson(x.successes, x.trials, x.level).unwrap();
        let what = format!("wilson {}/{} at {}", x.successes, x.trials, x.level);
        points.near(&what, ours.lower, x.lower);
        points.near(&what, ours.upper, x.upper);
    }
    for x in &r.pass_k {
        let what = format!("pass {}/{} in {}", x.passed, x.tries, x.k);
        points.near(&what, pass_at_k(x.passed, x.tries, x.k).unwrap(), x.at);
        points.near(&what, pass_hat_k(x.passed, x.tries, x.k).unwrap(), x.hat);
    }
    for x in &r.paired {
        let Split { only_baseline, only_candidate, p } = *x;
        let pairs = Pairs { both: 7, neither: 9, only_baseline, only_candidate };
        points.near(&format!("mcnemar {only_baseline}:{only_candidate}"), pairs.mcnemar(), p);
    }
    for x in &r.limits {
        let Matched { both, only_baseline, only_candidate, neither, .. } = *x;
        let ours = Pairs { both, only_baseline, only_candidate, neither }.limits(0.95).unwrap();
        points.near("lower limit of matched pairs", ours.lower, x.lower);
        points.near("upper limit of matched pairs", ours.upper, x.upper);
    }
    for x in &r.holm {
        let ours = holm(&x.p).unwrap();
        assert_eq!(ours.len(), x.adjusted.len());
        for (ours, theirs) in ours.iter().zip(&x.adjusted) {
            points.near(&format!("holm {:?}", x.p), *ours, *theirs);
        }
    }
    for x in &r.clustered {
        let ours = clustered_mean(&x.tasks, x.level).unwrap();
        points.near("mean", ours.estimate, x.mean);
        points.near("clustered lower", ours.lower, x.lower);
        points.near("clustered upper", ours.upper, x.upper);
    }
    for x in &r.posterior {
        let ours = posterior(x.successes as f64, x.trials, x.level).unwrap();
        let what = format!("posterior {}/{} at {}", x.successes, x.trials, x.level);
        points.near(&what, ours.estimate, x.mean.unwrap());
        points.near(&what, ours.lower, x.lower);
        points.near(&what, ours.upper, x.upper);
    }
    for x in &r.drops {
        let period = |(good, all): (u64, u64)| Period { good, all };
        let drop = latest_drop(&[period(x.before), period(x.after)]).unwrap().unwrap();
        points.near(&format!("drop {:?} {:?}", x.before, x.after), drop.p, x.p);
    }
    for x in &r.kappa {
        let judge = |n: [bool; 4]| -> Vec<bool> {
            let counts = [x.both, x.only_a, x.only_b, x.neither];
            n.iter().zip(counts).flat_map(|(v, n)| std::iter::repeat_n(*v, n)).collect()
        };
        let (a, b) = (judge([true, true, false, false]), judge([true, false, true, false]));
        points.near("kappa", cohens_kappa(&a, &b).unwrap(), x.kappa);
    }
    println!("{} reference points agree to {NEAR:e}", points.0);
    assert!(points.0 >= 40, "only {} points", points.0);
}
