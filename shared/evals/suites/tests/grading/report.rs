//! Reports of runs.

use headgate_events::Lane;
use headgate_statistics::Rule;
use headgate_suites::report::{Conclusion, Report, Run};
use headgate_suites::{CaseId, CaseOutcome, CaseResult, Ceilings, Grade, Skip, Standing, Usage};

const TASKS: u32 = 11;
const PARAPHRASES: u32 = 3;
const REPEATS: u32 = 6;

/// All cases of a candidate; `passes` decides which of them pass.
fn results(name: &str, passes: impl Fn(u32, u32, u32) -> bool) -> Vec<CaseResult> {
    let mut all = Vec::new();
    for task in 0..TASKS {
        for paraphrase in 0..PARAPHRASES {
            for repeat in 0..REPEATS {
                let passed = passes(task, paraphrase, repeat);
                let score = f64::from(u8::from(passed));
                let grade = |grader: &str| Grade {
                    grader: grader.to_owned(),
                    score,
                    passed,
                    evidence: String::new(),
                };
                all.push(CaseResult {
                    case: CaseId {
                        candidate: name.to_owned(),
                        task: format!("task-{task:02}"),
                        paraphrase,
                        repeat,
                    },
                    result: CaseOutcome::Graded {
                        score,
                        passed,
                        grades: vec![grade("rego"), grade("judge")],
                    },
                    usage: Usage { calls: 1, micro_usd: 1_000, seconds: 2.0, ..Usage::default() },
                    cut: false,
                });
            }
        }
    }
    all
}

fn report(names: &[&str], all: &[CaseResult], before: &[CaseResult]) -> Report {
    let candidates: Vec<_> = names.iter().map(|n| (*n).to_owned()).collect();
    let run = Run {
        candidates: &candidates,
        baseline: Some("base"),
        planned: TASKS * PARAPHRASES * REPEATS,
        rule: Rule::default(),
        judges: &["judge".to_owned()],
        results: all,
        over: false,
        before,
    };
    Report::of(&run).unwrap()
}

/// Passes four of six repeats.
fn usual(task: u32, paraphrase: u32, repeat: u32) -> bool {
    !(task + paraphrase + repeat).is_multiple_of(3)
}

#[test]
fn a_candidate_by_itself() {
    let all = results("base", |task, paraphrase, repeat| {
        usual(task, paraphrase, repeat) || paraphrase == 0
    });
    let report = report(&["base"], &all, &[]);
    let base = &report.candidates[0];
    assert_eq!((base.planned, base.graded, base.passed), (198, 198, 66 + 88));
    let rate = base.pass_rate.unwrap();
    assert!((rate.estimate - 154.0 / 198.0).abs() < 1e-9 && rate.lower < rate.estimate);
    assert!((base.worst_paraphrase.unwrap() - 4.0 / 6.0).abs() < 1e-9);
    assert_eq!(base.tasks[0].worst, (4, 6));
    assert!((base.tasks[0].spread - 2.0 / 6.0).abs() < 1e-9);
    let tries = base.tries.unwrap();
    assert_eq!(tries.k, 6);
    assert!((tries.at_least_one - 1.0).abs() < 1e-9 && (tries.all - 1.0 / 3.0).abs() < 1e-9);
    assert!((report.usd - 0.198).abs() < 1e-9 && base.usd_per_pass.is_some());
    assert_eq!(base.seconds_p95, Some(2.0));
    assert!((base.judges[0].kappa - 1.0).abs() < 1e-9, "it always agrees");
    assert!(report.missing.is_empty() && report.comparisons.is_empty());
}

#[test]
fn candidates_are_held_against_the_baseline() {
    let mut all = results("base", usual);
    all.extend(results("worse", |t, p, r| usual(t, p, r) && r < 4));
    all.extend(results("same", usual));
    all.extend(results("better", |_, _, _| true));
    let report = report(&["base", "worse", "same", "better"], &all, &[]);
    let verdicts: Vec<_> =
        report.comparisons.iter().map(|c| (c.candidate.clone(), c.conclusion)).collect();
    let expected = [
        ("worse", Conclusion::Regressed),
        ("same", Conclusion::NoWorse),
        ("better", Conclusion::Improved),
    ];
    assert_eq!(verdicts, expected.map(|(name, v)| (name.to_owned(), v)));
    let worse = &report.comparisons[0];
    assert!(worse.adjusted_p.unwrap() >= worse.p.unwrap() && worse.lost > 0 && worse.won == 0);
    assert!(worse.flip_rate.unwrap() <= 0.05);
    assert!(worse.score_difference.unwrap().upper < 0.0);
}

#[test]
fn an_earlier_run_can_be_the_baseline() {
    let now = results("other", |_, _, _| true);
    let report = report(&["other"], &now, &results("base", usual));
    assert_eq!(report.comparisons[0].conclusion, Conclusion::Improved);
}

#[test]
fn what_has_no_grade_is_no_zero() {
    let mut all = results("base", usual);
    all.extend(results("down", usual));
    for result in all.iter_mut().filter(|r| r.case.candidate == "down") {
        result.result = match result.case.repeat {
            0 => CaseOutcome::Failed { code: "unavailable".into(), reason: "no answer".into() },
            1 => CaseOutcome::Skipped { why: Skip::Ceiling },
            _ => continue,
        };
    }
    all.pop();
    let report = report(&["base", "down"], &all, &[]);
    let down = &report.candidates[1];
    assert_eq!(down.graded, 198 - 66 - 1);
    let missing: Vec<_> = report.missing.iter().map(|m| (m.code.as_str(), m.cases)).collect();
    assert_eq!(missing, [("ceiling", 33), ("unavailable", 33), ("pending", 1)]);
    let comparison = &report.comparisons[0];
    assert_eq!((comparison.pairs, comparison.unpaired), (131, 67));
    assert_eq!(comparison.conclusion, Conclusion::NoWorse);
}

#[test]
fn nothing_to_compare_is_said() {
    let all = results("base", usual);
    let report = report(&["base", "silent"], &all, &[]);
    let comparison = &report.comparisons[0];
    assert_eq!(comparison.conclusion, Conclusion::Incomparable);
    assert!(comparison.difference.is_none() && comparison.flip_rate.is_none());
    assert_eq!(report.candidates[1].pass_rate, None);
}

#[test]
fn few_cases_are_underpowered_and_say_what_would_decide() {
    let few = |r: &CaseResult| r.case.repeat == 0;
    let mut all: Vec<_> = results("base", usual).into_iter().filter(few).collect();
    all.extend(results("other", |t, p, r| usual(t + p, p, r)).into_iter().filter(few));
    let report = report(&["base", "other"], &all, &[]);
    let comparison = &report.comparisons[0];
    assert_eq!(comparison.conclusion, Conclusion::Underpowered);
    assert!(comparison.more_repeats.is_some_and(|more| more > 0), "{comparison:?}");
}

#[test]
fn the_same_results_are_the_same_report_in_any_order() {
    let mut all = results("base", usual);
    all.extend(results("other", |t, p, r| !usual(t, p, r)));
    let one = report(&["base", "other"], &all, &[]);
    all.reverse();
    assert_eq!(one, report(&["base", "other"], &all, &[]));
    let json = serde_json::to_string(&one).unwrap();
    assert_eq!(serde_json::from_str::<Report>(&json).unwrap(), one);
}

#[test]
fn the_lower_limit_buys_the_lane() {
    let lane = |solved, tasks| Standing::of(solved, tasks).unwrap().lane(Ceilings::default());
    assert_eq!(lane(0.0, 0), Lane::ReadOnly, "nothing is known");
    assert_eq!(lane(3.0, 3), Lane::DryRun);
    assert_eq!(lane(4.0, 8), Lane::ReadOnly);
    assert_eq!(lane(10.0, 11), Lane::DryRun);
    assert_eq!(lane(11.0, 11), Lane::Execute);
    assert_eq!(lane(18.0, 19), Lane::Execute);
    let all = results("base", |_, paraphrase, _| paraphrase != 2);
    let standing = Standing::after(&report(&["base"], &all, &[]).candidates[0]).unwrap();
    assert_eq!((standing.solved, standing.tasks), (0.0, 11), "the worst wording counts");
}

#[test]
fn repeats_buy_nothing() {
    let solved = |repeats: usize| {
        let all = results("base", |task, _, _| task != 3);
        let all: Vec<_> = all.into_iter().filter(|r| (r.case.repeat as usize) < repeats).collect();
        Standing::after(&report(&["base"], &all, &[]).candidates[0]).unwrap()
    };
    assert_eq!(solved(1), solved(5));
}

#[test]
fn a_run_that_has_hardly_begun_has_a_report() {
    let first = |name: &str| -> Vec<CaseResult> {
        let all = results(name, |_, _, _| true).into_iter();
        all.filter(|r| r.case.paraphrase == 0 && r.case.repeat == 0).take(2).collect()
    };
    for (base, other) in [(0, 0), (1, 0), (2, 0), (0, 2), (1, 1), (2, 1), (2, 2)] {
        let mut all: Vec<_> = first("base").into_iter().take(base).collect();
        all.extend(first("other").into_iter().take(other));
        let report = report(&["base", "other"], &all, &[]);
        assert_eq!(report.candidates.len(), 2, "{base} {other}");
    }
}
