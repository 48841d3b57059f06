//! Facts arrive in any order, and more than once. The figures and the events that end changes must not depend on it
//! (invariant 7 of the design).
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use aws_lambda_events::event::sqs::{SqsEvent, SqsMessage};
use aws_smithy_mocks::{RuleMode, mock_client};
use headgate_batch::Runner;
use headgate_domain::change::Status;
use headgate_domain::records::{ChangeHead, PermitRecord, Revision};
use headgate_domain::timeline::{Entry, Head, verify};
use headgate_events::{Actor, ActorKind, Verdict};
use headgate_ledger::Key;
use headgate_metrics_finalizer::{Finalizer, StandingRules, handle, handle_together};
use headgate_outbox::Consumer;
use headgate_review::Report;
use headgate_test_support::*;
use jiff::SignedDuration;
use serde_json::{Value, json};

const CHANGES: u32 = 30;
const ORDERS: u64 = 8;

/// How the last revision of a change ends.
#[derive(Clone, Copy, PartialEq)]
enum End {
    Blocked,
    Rejected,
    Expired,
    Succeeded,
    Failed,
    /// It expired, and a newer revision was admitted and executed.
    ExpiredThenExecuted,
}

/// The ledger once everything has happened, and every fact that was published meanwhile.
struct History {
    aws: Aws,
    facts: Vec<Value>,
}

impl History {
    fn new(random: &mut fastrand::Rng) -> Self {
        let mut history = Self { aws: Aws::new().storing(), facts: Vec::new() };
        for n in 0..CHANGES {
            history.change(n, random);
        }
        history
    }

    fn fact(&mut self, kind: &str, source: &str, change: &str, n: u32, data: Value) {
        let minute = i64::try_from(self.facts.len()).unwrap();
        let id = format!("{kind}/{change}/{}/{}", data["revision"], self.facts.len());
        let edit = |d: &mut Value| {
            d["id"] = id.into();
            d["subject"] = change.into();
            d["source"] = source.into();
            d["correlationid"] = format!("eng-{}", n % 3).into();
            d["time"] = json!(now() + SignedDuration::from_secs(37 * minute));
            for (member, value) in data.as_object().unwrap() {
                d["data"][member] = value.clone();
            }
        };
        let path = format!("{}/../../events/fixtures/{kind}.json", env!("CARGO_MANIFEST_DIR"));
        let mut detail = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        edit(&mut detail);
        self.facts.push(json!({ "detail-type": kind, "source": source, "detail": detail }));
    }

    fn change(&mut self, n: u32, random: &mut fastrand::Rng) {
        let change = format!("chg-{n}");
        let ends = [
            End::Blocked,
            End::Rejected,
            End::Expired,
            End::Succeeded,
            End::Failed,
            End::ExpiredThenExecuted,
        ];
        let end = ends[n as usize % ends.len()];
        let sent_back = random.u32(0..3);
        let mut revision = 0;
        for _ in 0..sent_back {
            revision += 1;
            self.admitted(&change, n, revision, Verdict::Revise);
        }
        revision += 1;
        match end {
            End::Blocked => self.admitted(&change, n, revision, Verdict::Block),
            End::Rejected => self.decided(&change, n, revision, "rejected"),
            End::Expired => self.decided(&change, n, revision, "expired"),
            End::Succeeded => self.executed(&change, n, revision, "succeeded"),
            End::Failed => self.executed(&change, n, revision, "failed"),
            End::ExpiredThenExecuted => {
                self.decided(&change, n, revision, "expired");
                revision += 1;
                self.executed(&change, n, revision, "succeeded");
            }
        }
        let status = match end {
            End::Blocked => Status::Blocked,
            End::Rejected => Status::Rejected,
            End::Expired => Status::Expired,
            End::Succeeded | End::Failed | End::ExpiredThenExecuted => Status::Applying,
        };
        let id = change.as_str().into();
        let head = ChangeHead {
            change_id: change.as_str().into(),
            engagement_id: format!("eng-{}", n % 3).as_str().into(),
            revision,
            // The newest revision's proposer, who is not the proposer of every revision.
            proposer: proposer(n, revision),
            ..head(status)
        };
        self.aws = self.aws.clone().with(&Key::change(&id), &head);
    }

    fn admitted(&mut self, change: &str, n: u32, revision: u32, verdict: Verdict) {
        let id = change.into();
        let stored =
            Revision { proposer: proposer(n, revision), ..headgate_test_support::revision() };
        let review = Report { verdict, ..report() };
        self.aws = self
            .aws
            .clone()
            .with(&Key::revision(&id, revision), &stored)
            .with(&Key::review(&id, revision), &review);
        let accepted = json!({ "revision": revision });
        self.fact("change.accepted.v1", "headgate.intake", change, n, accepted);
        let reviewed = json!({ "revision": revision, "verdict": verdict, "content_hash": CONTENT });
        self.fact("review.completed.v2", "headgate.pm-review", change, n, reviewed);
    }

    fn decided(&mut self, change: &str, n: u32, revision: u32, outcome: &str) {
        self.admitted(change, n, revision, Verdict::Pass);
        let decided = json!({ "revision": revision, "outcome": outcome, "content_hash": CONTENT });
        self.fact("approval.decided.v2", "headgate.approval-gate-decide", change, n, decided);
    }

    fn executed(&mut self, change: &str, n: u32, revision: u32, outcome: &str) {
        self.decided(change, n, revision, "approved");
        let permit = format!("p-{change}");
        let record = PermitRecord {
            permit_id: permit.clone(),
            change_id: change.into(),
            revision,
            used_at: Some(now()),
            reported_at: Some(now()),
            ..headgate_test_support::permit()
        };
        self.aws = self.aws.clone().with(&Key::permit(&change.into(), &permit), &record);
        let executed = json!({
            "revision": revision, "permit_id": permit, "content_hash": CONTENT, "outcome": outcome,
        });
        self.fact("change.executed.v1", "headgate.permits-api", change, n, executed);
    }
}

fn proposer(change: u32, revision: u32) -> Actor {
    let id = format!("bot-{}", (change + revision) % 4);
    Actor { kind: ActorKind::Agent, id: id.as_str().into(), on_behalf_of: None }
}

/// Every figure, and the data of every published event, by id. `batch` facts are processed together, if there are as many.
async fn outcome(facts: &[&Value], aws: Aws, batch: usize) -> BTreeMap<String, Value> {
    let flow = aws.flow("metrics-finalizer");
    let finalizer = Finalizer {
        flow: flow.clone(),
        metrics: aws.ledger("metrics"),
        standing: StandingRules::default(),
        signals: "[]".parse().unwrap(),
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
    let figures = ["SUMMARY", "PHASE#", "PROGRESS", "SCORECARD", "OUTCOMES"];
    let stored = aws.stored();
    let mut found: BTreeMap<_, _> = stored
        .into_iter()
        .filter(|(key, _)| figures.iter().any(|f| key.split('/').nth(1).unwrap().starts_with(f)))
        .collect();
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
