//! After a restore, the figures lack facts that are on the timelines. Counting them gives the figures of a fleet that was never restored.

use crate::{finalizer, history};

use std::collections::BTreeMap;

use headgate_domain::change::Status;
use headgate_domain::figures::Summary;
use headgate_domain::records::PermitRecord;
use headgate_ledger::Key;
use headgate_metrics_finalizer::{OutOfStep, RecountError, handle, handle_together, recount};
use headgate_outbox::{Handled, Once};
use headgate_test_support::*;
use history::{History, is_figure};
use serde_json::{Value, json};

async fn record(aws: &Aws, facts: &[Value]) {
    for fact in facts {
        let delivery = headgate_events::Delivery::parse(&fact.to_string()).unwrap();
        assert_eq!(handle(&finalizer(aws), delivery).await.unwrap(), Once::Processed);
    }
}

fn figures(aws: &Aws) -> BTreeMap<String, Value> {
    let mut all: BTreeMap<_, _> =
        aws.stored().into_iter().filter(|(key, _)| is_figure(key)).collect();
    // Applies are remembered in the order in which they were counted, which says nothing.
    for list in all.values_mut().filter_map(|item| item.get_mut("applies")) {
        list.as_array_mut().unwrap().sort_by_key(ToString::to_string);
    }
    all
}

/// Everything except the figures: counting must not touch it.
fn ledger(aws: &Aws) -> BTreeMap<String, Value> {
    aws.stored().into_iter().filter(|(key, _)| !is_figure(key)).collect()
}

#[tokio::test]
async fn figures_that_are_restored_to_any_earlier_time_are_completed() {
    for seed in 0..6 {
        let mut random = fastrand::Rng::with_seed(seed);
        let history = History::new(&mut random);
        let mut facts = history.facts.clone();
        random.shuffle(&mut facts);
        let cut = random.usize(0..=facts.len());
        record(&history.aws, &facts[..cut]).await;
        let earlier = history.aws.copy();
        record(&history.aws, &facts[cut..]).await;
        let whole = figures(&history.aws);
        for kind in ["SUMMARY", "PHASE#", "PROGRESS", "SCORECARD", "OUTCOMES", "APPLIES"] {
            assert!(whole.keys().any(|key| key.contains(&format!("/{kind}"))), "no {kind}");
        }

        let restored = history.aws.copy().restoring(&earlier, is_figure);
        let before = ledger(&restored);
        let mut counted = 0;
        for n in 0..3 {
            counted +=
                recount(&finalizer(&restored), &format!("eng-{n}").as_str().into()).await.unwrap();
        }
        assert_eq!(counted, u64::try_from(facts.len() - cut).unwrap(), "seed {seed}");
        assert_eq!(figures(&restored), whole, "seed {seed}");
        assert_eq!(ledger(&restored), before);
        // Again: nothing is counted twice.
        for n in 0..3 {
            let again = recount(&finalizer(&restored), &format!("eng-{n}").as_str().into()).await;
            assert_eq!(again.unwrap(), 0);
        }
        assert_eq!(figures(&restored), whole);
    }
}

/// Somebody interrupts it, or writes conflict: what was counted stays counted, once.
#[tokio::test]
async fn counting_goes_on_where_it_was_interrupted() {
    let mut random = fastrand::Rng::with_seed(7);
    let history = History::new(&mut random);
    let facts = history.facts.clone();
    let empty = history.aws.copy();
    record(&history.aws, &facts).await;
    let whole = figures(&history.aws);
    let restored = history.aws.copy().restoring(&empty, is_figure);
    for n in 0..3 {
        let engagement = format!("eng-{n}").as_str().into();
        // The eleventh conflict in a row ends it.
        let busy = restored.clone().refusing(&[Refusal::Conflict; 10]);
        let error = recount(&finalizer(&busy), &engagement).await.unwrap_err();
        assert!(matches!(error, RecountError::Busy { .. }), "{error}");
        let slow = restored.clone().refusing(&[Refusal::Conflict; 9]);
        assert!(recount(&finalizer(&slow), &engagement).await.unwrap() > 0);
    }
    assert_eq!(figures(&restored), whole);
}

/// Two operators count at the same time, or somebody starts the functions too early.
#[tokio::test]
async fn what_another_writer_counts_meanwhile_is_not_counted_again() {
    let mut random = fastrand::Rng::with_seed(3);
    let history = History::new(&mut random);
    let empty = history.aws.copy();
    record(&history.aws, &history.facts.clone()).await;
    let whole = figures(&history.aws);
    let restored = history.aws.copy().restoring(&empty, is_figure);
    let other = restored.copy();
    let engagement = "eng-0".into();
    recount(&finalizer(&other), &engagement).await.unwrap();
    // The figures lack everything when this one looks, and nothing when it begins to count.
    let late = restored.becoming_after(&Key::summary(&engagement), &other);
    let error = recount(&finalizer(&late), &engagement).await.unwrap_err();
    assert!(matches!(error, RecountError::Entry { seq: 1, .. }), "{error}");
    let counted: BTreeMap<_, _> = figures(&late)
        .into_iter()
        .filter(|(key, _)| key.starts_with("ENGAGEMENT#eng-0/"))
        .collect();
    assert!(!counted.is_empty() && counted.iter().all(|(key, item)| whole[key] == *item));
}

/// The first report of a permit counts as its apply, the second does not; both name the same permit, which is marked as reported since.
#[tokio::test]
async fn only_the_first_report_of_a_permit_is_counted_as_permitted() {
    let used = PermitRecord { used_at: Some(now()), issued_to: "terraform-bot".into(), ..permit() };
    let aws = Aws::new()
        .storing()
        .with(&Key::change(&CHANGE.into()), &head(Status::Applying))
        .with(&Key::revision(&CHANGE.into(), 1), &revision())
        .with(&Key::review(&CHANGE.into(), 1), &report())
        .with(&Key::permit(&CHANGE.into(), "p-1"), &used);
    let empty = aws.copy();
    let reported = |id: &str, by: &str, permit: &str| {
        delivery("change.executed.v1", by, |d| {
            d["subject"] = CHANGE.into();
            d["id"] = id.into();
            d["correlationid"] = head(Status::Applying).engagement_id.as_str().into();
            d["data"]["permit_id"] = permit.into();
            d["data"]["content_hash"] = CONTENT.into();
            // What others say of it would be another result.
            let forged = by != "agent.terraform-bot";
            d["data"]["outcome"] = if forged { "failed" } else { "succeeded" }.into();
        })
    };
    for (id, by, permit) in [
        ("0", "agent.other-bot", "p-1"),
        ("1", "agent.terraform-bot", "p-9"),
        ("2", "agent.terraform-bot", "p-1"),
        ("3", "agent.terraform-bot", "p-1"),
    ] {
        handle(&finalizer(&aws), reported(id, by, permit)).await.unwrap();
    }
    let whole = figures(&aws);
    let engagement = head(Status::Applying).engagement_id;
    let summary: Summary =
        serde_json::from_value(whole[&format!("ENGAGEMENT#{engagement}/SUMMARY")].clone()).unwrap();
    assert_eq!((summary.unpermitted, summary.counted_to), (3, 4));
    let restored = aws.copy().restoring(&empty, is_figure);
    assert_eq!(recount(&finalizer(&restored), &engagement).await.unwrap(), 4);
    assert_eq!(figures(&restored), whole);
}

fn end(seq: u64, counted: Option<u64>) -> Value {
    let mut end = json!({ "seq": seq, "hash": "ab".repeat(32) });
    if let Some(counted) = counted {
        end["counted"] = counted.into();
    }
    end
}

fn accepted(id: &str) -> headgate_events::Delivery {
    delivery("change.accepted.v1", "headgate.intake", |d| d["id"] = id.into())
}

fn engagement_of(delivery: &headgate_events::Delivery) -> headgate_events::EngagementId {
    delivery.fact.correlation().clone()
}

/// Until somebody counts them, new facts wait: counting them now would count the others never.
#[tokio::test]
async fn facts_wait_while_the_figures_are_not_in_step() {
    for (counted_to, recorded) in [(2, 5), (0, 5), (5, 2), (5, 0)] {
        let fact = accepted("1");
        let engagement = engagement_of(&fact);
        let mut aws = Aws::new().storing();
        if counted_to > 0 {
            let summary = Summary { counted_to, ..Summary::default() };
            aws = aws.with(&Key::summary(&engagement), &summary);
        }
        if recorded > 0 {
            aws = aws.with(&Key::timeline(&engagement), &end(recorded, Some(recorded)));
        }
        let before = aws.stored();
        match handle(&finalizer(&aws), fact).await {
            // Not poison: it may be waiting for as long as the restore takes.
            Err(Handled::Retry(error)) => {
                let ahead = matches!(error.downcast_ref(), Some(OutOfStep::Ahead { .. }));
                assert_eq!(ahead, counted_to > recorded, "{error}");
            }
            other => panic!("{other:?}"),
        }
        // Together with others, too.
        let together = handle_together(&finalizer(&aws), vec![accepted("1"), accepted("2")]).await;
        assert_eq!(together, [None, None]);
        assert_eq!(aws.stored(), before);
    }
}

/// Another invocation records a fact of the same engagement between the two reads: that is a conflict, as ever, not a restore.
#[tokio::test]
async fn a_writer_between_the_two_reads_is_a_conflict() {
    for together in [false, true] {
        let (first, second) = (accepted("1"), accepted("2"));
        let engagement = engagement_of(&first);
        let aws = Aws::new().storing();
        handle(&finalizer(&aws), first).await.unwrap();
        let other = aws.copy();
        handle(&finalizer(&other), accepted("other")).await.unwrap();
        // The head is read before; the totals, and everything else, after the other fact was recorded.
        let aws = aws.becoming_after(&Key::timeline(&engagement), &other);
        let finalizer = finalizer(&aws);
        if together {
            let done = handle_together(&finalizer, vec![second]).await;
            assert_eq!(done, [Some(Once::Processed)]);
        } else {
            assert_eq!(handle(&finalizer, second).await.unwrap(), Once::Processed);
        }
        assert_eq!(aws.stored()[&format!("ENGAGEMENT#{engagement}/SUMMARY")]["counted_to"], 3);
    }
}

/// Figures of an earlier build do not say what they count, and it wrote none for facts that are not about a change. They are believed, as
/// before; also if it records something after a newer build did, because of a rollback or while both run.
#[tokio::test]
async fn figures_of_an_earlier_build_go_on() {
    let older = json!({
        "facts": { "change.proposed": 7 }, "outcomes": {}, "finalized": 0, "lead_time_seconds": 0,
        "unpermitted": 0,
    });
    let five = Summary { counted_to: 5, ..Summary::default() };
    for summary in [None, Some(older), Some(json!(five))] {
        let signal = delivery("signal.recorded.v1", "ops.pager", |_| ());
        let engagement = engagement_of(&signal);
        let mut aws = Aws::new().storing().with(&Key::timeline(&engagement), &end(7, None));
        if let Some(summary) = summary {
            aws = aws.with(&Key::summary(&engagement), &summary);
        }
        handle(&finalizer(&aws), signal).await.unwrap();
        assert_eq!(aws.stored()[&format!("ENGAGEMENT#{engagement}/SUMMARY")]["counted_to"], 8);
        assert_eq!(aws.stored()[&format!("TIMELINE#{engagement}/HEAD")]["counted"], 8);
    }
}

/// What a restore may have left of a timeline, and figures of which nobody knows what they count, are told to the operator.
#[tokio::test]
async fn what_cannot_be_counted_is_told() {
    let aws = Aws::new().storing();
    for n in 0..3 {
        handle(&finalizer(&aws), accepted(&n.to_string())).await.unwrap();
    }
    let engagement = engagement_of(&accepted("0"));
    let stored = aws.stored();
    let head = &stored[&format!("TIMELINE#{engagement}/HEAD")];
    let two = json!({ "seq": 2, "hash": stored[&format!("TIMELINE#{engagement}/ENTRY#000000000002")]["hash"], "counted": 2 });
    let four = json!({ "seq": 4, "hash": head["hash"], "counted": 4 });
    let other = json!({ "seq": 3, "hash": "ab".repeat(32), "counted": 3 });
    for (end, at) in [(two, 3), (four, 4), (other, 3)] {
        let torn = aws.copy().with(&Key::timeline(&engagement), &end);
        match recount(&finalizer(&torn), &engagement).await.unwrap_err() {
            RecountError::Entry { seq, .. } => assert_eq!(seq, at),
            problem => panic!("{problem}"),
        }
    }
    for (counted_to, unknown) in [(5, false), (0, true)] {
        let facts = [("change.accepted".to_owned(), 2)].into();
        let summary = Summary { counted_to, facts, ..Summary::default() };
        let odd = aws.copy().with(&Key::summary(&engagement), &summary);
        let problem = recount(&finalizer(&odd), &engagement).await.unwrap_err();
        let RecountError::OutOfStep(problem) = problem else { panic!("{problem}") };
        assert_eq!(matches!(problem, OutOfStep::Unknown { .. }), unknown, "{problem}");
    }
    assert_eq!(recount(&finalizer(&aws), &engagement).await.unwrap(), 0);
}
