//! Results that pass, and what makes them fail.
#![allow(clippy::unwrap_used)]
use headgate_events::{Artifact, CriterionResult};

use super::*;
use crate::Kinds;
use CriterionState::{Met, NotMet, Unverified};

type Texts = Vec<Result<Option<String>, Unread>>;

fn phase(n: usize) -> Phase {
    Kinds::default().phases("delivery").unwrap()[n].clone()
}

fn deliverable(name: &str, template: Option<&str>) -> Deliverable {
    let artifact = Artifact {
        uri: format!("s3://b/{name}"),
        sha256: "00".repeat(32),
        bytes: 1,
        media_type: "text/markdown".to_owned(),
    };
    Deliverable { name: name.to_owned(), template: template.map(str::to_owned), artifact }
}

/// A result of the phase `production` that passes.
fn good() -> (Submission, Vec<Result<Option<String>, Unread>>) {
    let names = ["test_plan", "security_review", "phase_summary"];
    let deliverables = names.map(|n| deliverable(n, Some(n))).to_vec();
    let texts = names.map(|n| Ok(template(n).map(str::to_owned))).to_vec();
    let met = |id: &str| CriterionResult {
        id: id.to_owned(),
        state: Met,
        evidence: vec!["test_plan".to_owned()],
        note: String::new(),
    };
    let criteria = vec![met("ac-1"), met("ac-2")];
    (Submission { summary: "Done.".to_owned(), deliverables, criteria }, texts)
}

fn judge(
    n: usize,
    submission: &Submission,
    texts: &[Result<Option<String>, Unread>],
) -> PhaseReview {
    let (phase, engagement) = (phase(n), "eng-1".into());
    let criteria = ["Orders survive a crash.", "p99 under 100 ms."].map(str::to_owned);
    let subject = Reviewed {
        engagement: &engagement,
        phase: &phase,
        attempt: 1,
        submission,
        criteria: &criteria,
        texts,
    };
    review(&subject, Vec::new()).unwrap()
}

fn rules(review: &PhaseReview) -> Vec<&str> {
    review.findings.iter().map(|f| f.rule.as_str()).collect()
}

#[test]
fn a_complete_result_passes_and_its_hash_is_bound_to_all_of_it() {
    let (submission, texts) = good();
    let passed = judge(3, &submission, &texts);
    assert_eq!((passed.verdict, rules(&passed)), (Verdict::Pass, vec![]));
    let mut hashes = BTreeSet::from([passed.content_hash.as_str().to_owned()]);
    let edits: [&dyn Fn(&mut Submission); 5] = [
        &|s| s.summary.push('!'),
        &|s| s.deliverables[0].artifact.sha256 = "11".repeat(32),
        &|s| s.deliverables[0].artifact.uri.push('x'),
        &|s| s.criteria[0].note.push('x'),
        &|s| {
            s.deliverables.pop();
        },
    ];
    for edit in edits {
        let mut other = submission.clone();
        edit(&mut other);
        hashes.insert(judge(3, &other, &texts).content_hash.as_str().to_owned());
    }
    assert_eq!(hashes.len(), 6);
}

#[test]
fn what_is_missing_or_cannot_be_read_is_sent_back() {
    let (submission, texts) = good();
    let with = |edit: &dyn Fn(&mut Submission, &mut Texts)| {
        let (mut submission, mut texts) = (submission.clone(), texts.clone());
        edit(&mut submission, &mut texts);
        let review = judge(3, &submission, &texts);
        assert_eq!(review.verdict, Verdict::Revise, "{:?}", review.findings);
        rules(&review).join(" ")
    };
    assert_eq!(with(&|s, _| s.summary = " ".to_owned()), "phase.summary_missing");
    assert_eq!(
        with(&|s, t| {
            s.deliverables.remove(1);
            drop(t.remove(1));
        }),
        "phase.deliverable_missing"
    );
    assert_eq!(
        with(&|_, t| t[1] = Err(Unread("no such object".to_owned()))),
        "phase.deliverable_unreadable phase.deliverable_missing"
    );
    assert_eq!(
        with(&|_, t| t[1] = Ok(Some("## Scope\nx".to_owned()))),
        "phase.template_sections phase.deliverable_missing"
    );
    // A picture is no security review.
    assert_eq!(with(&|_, t| t[1] = Ok(None)), "phase.template_sections phase.deliverable_missing");
    assert_eq!(
        with(&|_, t| t.truncate(2)),
        "phase.deliverable_unreadable phase.deliverable_missing"
    );
    assert_eq!(
        with(&|s, _| s.deliverables[1].template = Some("novel".to_owned())),
        "phase.template_unknown phase.deliverable_missing"
    );
    assert_eq!(
        with(&|s, _| s.deliverables[1].name = "test_plan".to_owned()),
        "phase.deliverable_name"
    );
}

#[test]
fn a_criterion_is_met_only_if_something_readable_shows_it() {
    let (good, texts) = good();
    let with = |n: usize, edit: &dyn Fn(&mut Submission)| {
        let mut submission = good.clone();
        edit(&mut submission);
        let review = judge(n, &submission, &texts);
        let states = review.criteria.iter().map(|c| c.state).collect::<Vec<_>>();
        (rules(&review).join(" "), review.verdict, states[0])
    };
    let open = |edit: &dyn Fn(&mut Submission)| with(3, edit);
    assert_eq!(
        open(&|s| s.criteria[0].evidence.clear()),
        ("phase.criterion_evidence phase.criterion_open".to_owned(), Verdict::Revise, Unverified)
    );
    assert_eq!(open(&|s| s.criteria[0].evidence.push("nothing".to_owned())).2, Unverified);
    assert_eq!(
        open(&|s| s.criteria[0].state = NotMet),
        ("phase.criterion_open".to_owned(), Verdict::Revise, NotMet)
    );
    assert_eq!(
        open(&|s| {
            s.criteria.remove(0);
        }),
        ("phase.criterion_missing phase.criterion_open".to_owned(), Verdict::Revise, Unverified)
    );
    let twice = open(&|s| s.criteria.push(s.criteria[0].clone()));
    assert_eq!((twice.1, twice.2), (Verdict::Revise, Unverified));
    assert_eq!(open(&|s| s.criteria[1].id = "ac-9".to_owned()).1, Verdict::Revise);
    // A phase that only asks for a report: an open criterion is a warning.
    let texts_of = phase(5).deliverables;
    assert_eq!(texts_of, ["phase_summary"]);
    assert_eq!(
        with(5, &|s| s.criteria[0].state = NotMet),
        ("phase.criterion_open".to_owned(), Verdict::Pass, NotMet)
    );
    assert_eq!(with(4, &|s| s.criteria.clear()), (String::new(), Verdict::Pass, Unverified));
    assert_eq!(with(3, &|_| ()), (String::new(), Verdict::Pass, Met));
}
