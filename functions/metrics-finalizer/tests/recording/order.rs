//! Facts arrive in any order, and more than once. The figures and the events that end changes must not depend on it
//! (invariant 7 of the design).

use crate::history;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use aws_lambda_events::event::sqs::{SqsEvent, SqsMessage};
use aws_smithy_mocks::{RuleMode, mock_client};
use headgate_batch::Runner;
use headgate_domain::timeline::{Entry, Head, verify};
use headgate_metrics_finalizer::{Finalizer, Senders, StandingRules, handle, handle_together};
use headgate_outbox::Consumer;
use headgate_test_support::*;
use history::{History, is_figure};
use serde_json::Value;

const ORDERS: u64 = 8;

/// Every figure, and the data of every published event, by id. `batch` facts are processed together, if there are as many.
async fn outcome(facts: &[&Value], aws: Aws, batch: usize) -> BTreeMap<String, Value> {
    let flow = aws.flow("metrics-finalizer");
    let finalizer = Finalizer {
        flow: flow.clone(),
        metrics: aws.ledger("metrics"),
        standing: StandingRules::default(),
        signals: "[]".parse().unwrap(),
        senders: Senders::default(),
        logs: true,
    };
    let sqs = mock_client!(aws_sdk_sqs, RuleMode::MatchAny, []);
    let runner = Runner::new(sqs, "metrics-finalizer", "test");
    let consumer = Consumer { flow, runner, origins: headgate_outbox::Origins::unchecked() };
    let one = async |d| handle(&finalizer, d).await;
    let together = async |all| handle_together(&finalizer, all).await;
    for facts in facts.chunks(batch) {
        let sqs = events(facts);
        let minute = Duration::from_secs(60);
        let answer = match batch {
            1 => consumer.run(sqs, minute, one).await,
            _ => consumer.run_together(sqs, minute, together, one).await,
        };
        assert_eq!(answer.batch_item_failures.len(), 0);
    }
    timelines_are_whole(&aws, facts);
    let stored = aws.stored().into_iter();
    // Which applies of an environment are remembered depends on the order; what they count does not.
    let mut found: BTreeMap<_, _> =
        stored.filter(|(key, _)| is_figure(key) && !key.ends_with("/APPLIES")).collect();
    let statuses = aws.stored().into_iter().filter(|(key, _)| key.starts_with("CHANGE#chg"));
    found.extend(statuses.filter_map(|(key, body)| Some((key, body.get("status")?.clone()))));
    for event in aws.record()["published"].as_array().unwrap() {
        let detail = &event["detail"];
        found.insert(format!("event {}", detail["id"].as_str().unwrap()), detail["data"].clone());
    }
    found
}

fn events(facts: &[&Value]) -> SqsEvent {
    let mut event = SqsEvent::default();
    for (n, fact) in facts.iter().enumerate() {
        let mut message = SqsMessage::default();
        message.message_id = Some(n.to_string());
        message.body = Some(fact.to_string());
        event.records.push(message);
    }
    event
}

/// Each timeline is an unbroken chain with every fact of its engagement, once.
fn timelines_are_whole(aws: &Aws, facts: &[&Value]) {
    let stored = aws.stored();
    let mut recorded = BTreeSet::new();
    for n in 0..3 {
        let of = |sk: &str| format!("TIMELINE#eng-{n}/{sk}");
        let head: Head = serde_json::from_value(stored[&of("HEAD")].clone()).unwrap();
        let entries: Vec<Entry> = stored
            .range(of("")..of("HEAD"))
            .map(|(_, entry)| serde_json::from_value(entry.clone()).unwrap())
            .collect();
        verify(&entries, &head).unwrap();
        for entry in &entries {
            assert!(recorded.insert(entry.event["id"].to_string()), "{} twice", entry.event["id"]);
        }
    }
    let all: BTreeSet<_> = facts.iter().map(|fact| fact["detail"]["id"].to_string()).collect();
    assert_eq!(recorded, all);
}

#[tokio::test]
async fn figures_and_ends_do_not_depend_on_order_or_copies_or_on_what_is_processed_together() {
    for seed in 0..ORDERS {
        let mut random = fastrand::Rng::with_seed(seed);
        let history = History::new(&mut random.clone());
        let facts: Vec<_> = history.facts.iter().collect();
        let expected = outcome(&facts, history.aws, 1).await;
        let finalized = expected.keys().filter(|key| key.starts_with("event ")).count();
        // Five changes expired first, and ended twice.
        assert_eq!(finalized, 35, "{expected:#?}");

        let again = [(); 2].map(|()| History::new(&mut random.clone()));
        let mut shuffled: Vec<_> = again[0].facts.iter().collect();
        let copies: Vec<_> = shuffled.iter().filter(|_| random.bool()).copied().collect();
        shuffled.extend(copies);
        random.shuffle(&mut shuffled);
        let [alone, together] = again.each_ref().map(|history| history.aws.clone());
        let found = outcome(&shuffled, alone, 1).await;
        assert_eq!(found, expected, "seed {seed}");

        // Other writers make transactions fail, and EventBridge rejects events: those are processed one by one.
        let conflicts = vec![Refusal::Conflict; usize::try_from(seed % 4).unwrap() * 3];
        let rejected = if seed % 2 == 1 { 2 } else { 0 };
        let aws = together.refusing(&conflicts).rejecting(rejected);
        let batch = [10, 100, 1_000][random.usize(0..3)];
        let found = outcome(&shuffled, aws.clone(), batch).await;
        assert_eq!(found, expected, "seed {seed}, batches of {batch}");
        if batch > 10 && conflicts.is_empty() {
            let (transactions, facts) = (aws.transactions(), facts.len());
            assert!(transactions * 5 < facts, "{transactions} transactions for {facts} facts");
        }
    }
}
