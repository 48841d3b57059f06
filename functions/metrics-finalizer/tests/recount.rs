//! After a restore, the figures lack facts that are on the timelines. Counting them gives the figures of a fleet that was never restored.
#![allow(clippy::unwrap_used)]

mod history;

use std::collections::BTreeMap;

use headgate_domain::change::Status;
use headgate_domain::figures::Summary;
use headgate_domain::records::PermitRecord;
use headgate_domain::timeline::Head;
use headgate_ledger::Key;
use headgate_metrics_finalizer::{
    Finalizer, OutOfStep, RecountError, StandingRules, handle, recount,
};
use headgate_outbox::{Handled, Once};
use headgate_test_support::*;
use history::{History, is_figure};
use serde_json::{Value, json};

fn finalizer(aws: &Aws) -> Finalizer {
    Finalizer {
        flow: aws.flow("metrics-finalizer"),
        metrics: aws.ledger("metrics"),
        standing: StandingRules::default(),
        signals: r#"["ops.pager"]"#.parse().unwrap(),
    }
}

async fn record(aws: &Aws, facts: &[Value]) {
    for fact in facts {
        let delivery = headgate_events::Delivery::parse(&fact.to_string()).unwrap();
        assert_eq!(handle(&finalizer(aws), delivery).await.unwrap(), Once::Processed);
    }
}

fn figures(aws: &Aws) -> BTreeMap<String, Value> {
    aws.stored().into_iter().filter(|(key, _)| is_figure(key)).collect()
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
            d["data"]["outcome"] = "succeeded".into();
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

/// Until somebody counts them, new facts wait: counting them now would count the others never.
#[tokio::test]
async fn facts_wait_while_the_figures_are_not_in_step() {
    for (counted_to, recorded) in [(2, 5), (0, 5), (5, 2), (5, 0)] {
        let accepted = delivery("change.accepted.v1", "headgate.intake", |_| ());
        let engagement = accepted.fact.correlation().clone();
        let mut aws = Aws::new().storing();
        if counted_to > 0 {
            let summary = Summary { counted_to, ..Summary::default() };
            aws = aws.with(&Key::summary(&engagement), &summary);
        }
        if recorded > 0 {
            let end = Head { seq: recorded, hash: "ab".repeat(32) };
            aws = aws.with(&Key::timeline(&engagement), &end);
        }
        let before = aws.stored();
        match handle(&finalizer(&aws), accepted).await {
            // Not poison: it may be waiting for as long as the restore takes.
            Err(Handled::Retry(error)) => {
                let ahead = matches!(error.downcast_ref(), Some(OutOfStep::Ahead { .. }));
                assert_eq!(ahead, counted_to > recorded, "{error}");
            }
            other => panic!("{other:?}"),
        }
        assert_eq!(aws.stored(), before);
        let result = recount(&finalizer(&aws), &engagement).await;
        match result.unwrap_err() {
            RecountError::Ahead(_) => assert!(counted_to > recorded),
            // The entries are missing.
            RecountError::Entry { seq, .. } => assert_eq!(seq, counted_to + 1),
            other => panic!("{other}"),
        }
    }
}

/// Figures of an earlier build do not say what they count. They are believed, as before.
#[tokio::test]
async fn figures_of_an_earlier_build_go_on() {
    let accepted = delivery("change.accepted.v1", "headgate.intake", |_| ());
    let engagement = accepted.fact.correlation().clone();
    let older = json!({
        "facts": { "change.proposed": 7 }, "outcomes": {}, "finalized": 0, "lead_time_seconds": 0,
        "unpermitted": 0,
    });
    let aws = Aws::new()
        .storing()
        .with(&Key::timeline(&engagement), &Head { seq: 7, hash: "ab".repeat(32) })
        .with(&Key::summary(&engagement), &older);
    handle(&finalizer(&aws), accepted).await.unwrap();
    assert_eq!(aws.stored()[&format!("ENGAGEMENT#{engagement}/SUMMARY")]["counted_to"], 8);
    assert_eq!(recount(&finalizer(&aws), &engagement).await.unwrap(), 0);
}
