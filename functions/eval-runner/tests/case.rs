//! One case of an evaluation: a model on Bedrock, the real suite `terraform-basics`, and a lease.
#![allow(clippy::unwrap_used)]

use std::sync::Arc;
use std::time::Duration;

use aws_sdk_bedrockruntime::error::ErrorMetadata;
use aws_sdk_bedrockruntime::operation::converse::{ConverseError, ConverseOutput};
use aws_sdk_bedrockruntime::types::error::AccessDeniedException;
use aws_sdk_bedrockruntime::types::{
    ContentBlock, ConversationRole, ConverseOutput as Output, Message, StopReason, TokenUsage,
};
use aws_sdk_dynamodb::operation::update_item::{
    UpdateItemError, UpdateItemInput, UpdateItemOutput,
};
use aws_sdk_dynamodb::types::AttributeValue;
use aws_sdk_dynamodb::types::error::ConditionalCheckFailedException;
use aws_sdk_s3::operation::get_object::{GetObjectError, GetObjectOutput};
use aws_sdk_s3::operation::put_object::PutObjectOutput;
use aws_sdk_s3::primitives::ByteStream;
use aws_smithy_mocks::{Rule, RuleMode, mock, mock_client};
use headgate_artifacts::Artifacts;
use headgate_clients::Secrets;
use headgate_domain::canonical::sha256_hex;
use headgate_eval_runner::Suites;
use headgate_eval_runner::case::{Runner, run};
use headgate_events::{Event, Fact, latest::EvalCaseRequested};
use headgate_lease::Leases;
use headgate_ledger::Key;
use headgate_models::Caller;
use headgate_outbox::{Handled, Once};
use headgate_suites::Budget;
use headgate_suites::suite::Files;
use headgate_test_support::*;
use insta::assert_json_snapshot;
use serde_json::{Value, json};

type Item = std::collections::HashMap<String, AttributeValue>;

const GOOD: &str = include_str!("../../../evals/recorded/queue/good.hcl");
const RUN: &str = "run-1";
const CASE: &str = "nova/queue/1/1";

/// The packed suite.
fn suite() -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../evals/terraform-basics");
    Files::from_folder(folder.as_ref()).unwrap().archive()
}

fn request(deadline: &str) -> Event<EvalCaseRequested> {
    let suite = suite();
    let sha256 = sha256_hex(&suite);
    let delivery = delivery("eval.case.requested.v1", "headgate.eval-runner-plan", |d| {
        d["subject"] = RUN.into();
        d["data"]["case"] =
            json!({ "candidate": "nova", "task": "queue", "paraphrase": 1, "repeat": 1 });
        d["data"]["suite"] = json!({
            "uri": format!("s3://artifacts/sha256/{sha256}"), "sha256": sha256,
            "bytes": suite.len(), "media_type": "application/json",
        });
        d["data"]["deadline"] = deadline.into();
    });
    let Fact::EvalCaseRequested(event) = delivery.fact else { panic!("a request") };
    *event
}

/// Before the deadline of the run.
fn in_time() -> Event<EvalCaseRequested> {
    request("2026-11-02T11:00:00Z")
}

fn answers(text: &str) -> Rule {
    let text = text.to_owned();
    mock!(aws_sdk_bedrockruntime::Client::converse).then_output(move || {
        let content = ContentBlock::Text(text.clone());
        let message = Message::builder().role(ConversationRole::Assistant).content(content);
        let usage = TokenUsage::builder().input_tokens(400).output_tokens(300).total_tokens(700);
        ConverseOutput::builder()
            .output(Output::Message(message.build().unwrap()))
            .stop_reason(StopReason::EndTurn)
            .usage(usage.build().unwrap())
            .build()
            .unwrap()
    })
}

fn refuses() -> Rule {
    mock!(aws_sdk_bedrockruntime::Client::converse).then_error(|| {
        let meta = ErrorMetadata::builder().code("AccessDeniedException").build();
        ConverseError::AccessDeniedException(AccessDeniedException::builder().meta(meta).build())
    })
}

fn lease_item(state: &str, until: i64) -> Item {
    let s = |v: &str| AttributeValue::S(v.to_owned());
    let n = |v: i64| AttributeValue::N(v.to_string());
    let now = now().as_millisecond();
    let suite = sha256_hex(&suite());
    Item::from([
        ("state".to_owned(), s(state)),
        ("owner".to_owned(), s("me")),
        ("attempt".to_owned(), n(1)),
        ("lease_until".to_owned(), n(now + until)),
        ("expires_at".to_owned(), n(now + 1_000_000)),
        ("payload_sha256".to_owned(), s(&sha256_hex(format!("{suite} {CASE}").as_bytes()))),
    ])
}

/// The lease is free.
fn free() -> Vec<Rule> {
    let acquires =
        |r: &UpdateItemInput| r.update_expression().unwrap().contains("if_not_exists(attempt");
    let acquired =
        mock!(aws_sdk_dynamodb::Client::update_item).match_requests(acquires).then_output(|| {
            UpdateItemOutput::builder()
                .set_attributes(Some(lease_item("in_progress", 60_000)))
                .build()
        });
    let rest = mock!(aws_sdk_dynamodb::Client::update_item)
        .match_requests(move |r| !acquires(r))
        .then_output(|| UpdateItemOutput::builder().build());
    vec![acquired, rest]
}

/// The lease is another runner's, or its result is saved.
fn taken(item: Item) -> Vec<Rule> {
    let refused = mock!(aws_sdk_dynamodb::Client::update_item).then_error(move || {
        UpdateItemError::ConditionalCheckFailedException(
            ConditionalCheckFailedException::builder().set_item(Some(item.clone())).build(),
        )
    });
    vec![refused]
}

fn runner(aws: &Aws, model: &Rule, lease: &[Rule]) -> Runner {
    let get = mock!(aws_sdk_s3::Client::get_object).then_output(|| {
        let suite = suite();
        GetObjectOutput::builder()
            .content_length(i64::try_from(suite.len()).unwrap())
            .body(ByteStream::from(suite))
            .build()
    });
    let put =
        mock!(aws_sdk_s3::Client::put_object).then_output(|| PutObjectOutput::builder().build());
    let s3 = mock_client!(aws_sdk_s3, RuleMode::MatchAny, [&get, &put]);
    let artifacts = Artifacts::new(s3.clone(), "artifacts");
    let lease = mock_client!(aws_sdk_dynamodb, RuleMode::MatchAny, lease);
    let no_secret = mock!(aws_sdk_secretsmanager::Client::get_secret_value)
        .then_output(|| panic!("a model on Bedrock has no key"));
    let model = mock_client!(aws_sdk_bedrockruntime, RuleMode::MatchAny, [model]);
    let models = json!({ "nova": {
        "served_by": { "bedrock": { "model_id": "nova" } },
        "price": { "input": 1.0, "output": 2.0 },
    }});
    Runner {
        flow: aws.flow("eval-runner-case"),
        leases: Leases::new(lease, "leases", s3, "artifacts", Arc::new(now)),
        suites: Suites::new(artifacts.clone()),
        artifacts,
        models: models.to_string().parse().unwrap(),
        caller: Caller::new(model),
        secrets: Secrets::new(mock_client!(aws_sdk_secretsmanager, [&no_secret])),
    }
}

/// A run that is planned, without a budget.
fn planned() -> Aws {
    planned_until("2026-11-02T11:00:00Z")
}

fn planned_until(deadline: &str) -> Aws {
    let run = json!({
        "artifact": in_time().data.suite, "candidates": ["nova"], "repeats": 2, "deadline": deadline, "status": "running",
    });
    Aws::new().with(&Key::run(RUN), &run)
}

/// The attack: a request of a case that exists, with a suite that is easier.
#[tokio::test]
async fn a_case_of_another_suite_or_of_no_run_is_not_asked() {
    let model = answers(&format!("```hcl\n{GOOD}```\n"));
    let mut easier = in_time();
    easier.data.suite.sha256 = "e".repeat(64);
    let mut another = in_time();
    another.data.case.candidate = "x".repeat(3_000);
    let mut further = in_time();
    further.data.case.repeat = 2;
    let run = json!({
        "artifact": in_time().data.suite, "candidates": ["nova"], "repeats": 2, "status": "refused",
        "deadline": "2026-11-02T11:00:00Z",
    });
    let cases = [
        (Aws::default().with(&Key::run(RUN), &run), in_time()),
        (funded(), easier),
        (funded(), another),
        (funded(), further),
        (Aws::default(), in_time()),
    ];
    for (aws, event) in cases {
        let result = ran(&runner(&aws, &model, &free()), &event).await;
        assert!(matches!(result, Err(Handled::Poison(r)) if r.code == "case_unknown"));
        assert_eq!((model.num_calls(), aws.writes(), aws.published().len()), (0, 0, 0));
    }
}

/// A run that may still spend a dollar.
fn funded() -> Aws {
    planned().with(&Key::budget(RUN), &Budget::of(1_000_000))
}

async fn ran(runner: &Runner, event: &Event<EvalCaseRequested>) -> Result<Once, Handled> {
    run(runner, event, Duration::from_secs(120)).await
}

/// What the only event says about the case.
fn completed(aws: &Aws) -> Value {
    let record = aws.record();
    assert_eq!(record["published"].as_array().unwrap().len(), 1, "{record:#}");
    assert_eq!(record["published"][0]["type"], "eval.case.completed.v1");
    record["published"][0]["detail"]["data"].clone()
}

#[tokio::test]
async fn an_answer_is_graded_paid_and_reported() {
    let (aws, model) = (funded(), answers(&format!("```hcl\n{GOOD}```\n")));
    let (left, runner) = (Duration::from_secs(30), runner(&aws, &model, &free()));
    let once = run(&runner, &in_time(), left).await.unwrap(); // the last 10 seconds are for saving
    assert_eq!((once, model.num_calls()), (Once::Processed, 1));
    let mut result = completed(&aws);
    result["usage"]["seconds"] = 0.into(); // measured
    assert!(result["evidence"].take()["uri"].as_str().unwrap().starts_with("s3://artifacts/"));
    assert_json_snapshot!(result);
    let record = aws.record();
    // A slot ends with the invocation, and 5 seconds for clocks that differ: nobody waits longer for a runner that died.
    let slot = record["written"][1]["body"]["slots"][format!("{RUN}/{CASE}")].as_str().unwrap();
    let held = slot.parse::<jiff::Timestamp>().unwrap().duration_since(now()).as_secs();
    assert!((20..=25).contains(&held), "{held} s");
    // Budget and slot are taken before the call, and the slot is released after it. Reads do not see these writes.
    let written: Vec<_> = record["written"].as_array().unwrap().iter().map(|w| &w["key"]).collect();
    let (marker, taken) = written.split_last().unwrap();
    assert_eq!(taken, ["RUN#run-1/BUDGET", "MODEL#nova/THROTTLE", "MODEL#nova/THROTTLE"]);
    assert!(marker.as_str().unwrap().starts_with("MARKER#eval-runner-case#"), "{record:#}");
}

#[tokio::test]
async fn a_wrong_answer_fails_its_graders() {
    let answer = "```hcl\nresource \"aws_sqs_queue\" \"orders\" {}\n```\n";
    let (aws, model) = (funded(), answers(answer));
    ran(&runner(&aws, &model, &free()), &in_time()).await.unwrap();
    let result = completed(&aws);
    assert_eq!(result["result"]["passed"], false, "{result:#}");
}

#[tokio::test]
async fn a_model_that_refuses_fails_the_case_and_costs_nothing() {
    let (aws, model) = (funded(), refuses());
    ran(&runner(&aws, &model, &free()), &in_time()).await.unwrap();
    let result = completed(&aws);
    assert_eq!(result["usage"]["micro_usd"], 0, "{result:#}");
    assert!(result.to_string().contains("generator: "), "{result:#}");
}

#[tokio::test]
async fn a_case_that_cannot_be_paid_is_skipped_before_its_call() {
    let (aws, model) = (planned().with(&Key::budget(RUN), &Budget::of(1)), answers(GOOD));
    ran(&runner(&aws, &model, &free()), &in_time()).await.unwrap();
    assert!(completed(&aws).to_string().contains("ceiling"));
    assert_eq!(model.num_calls(), 0);
}

#[tokio::test]
async fn a_case_after_the_deadline_is_skipped() {
    let past =
        || planned_until("2026-11-02T09:59:59Z").with(&Key::budget(RUN), &Budget::of(1_000_000));
    let (aws, model) = (past(), answers(GOOD));
    ran(&runner(&aws, &model, &free()), &in_time()).await.unwrap();
    assert!(completed(&aws).to_string().contains("deadline"));
    assert_eq!(model.num_calls(), 0);
    // The run's deadline counts, not that of the request: somebody could have cases skipped.
    let aws = funded();
    let past = request("2026-11-02T09:59:59Z");
    ran(&runner(&aws, &answers(GOOD), &free()), &past).await.unwrap();
    assert!(!completed(&aws).to_string().contains("deadline"));
}

#[tokio::test]
async fn a_case_whose_runner_died_in_the_call_is_not_called_again() {
    let mut budget = Budget::of(1_000_000);
    assert_eq!(budget.hold(CASE, 4_100), headgate_suites::Hold::Held);
    let (aws, model) = (planned().with(&Key::budget(RUN), &budget), answers(GOOD));
    let lease = taken(lease_item("in_progress", -1));
    ran(&runner(&aws, &model, &lease), &in_time()).await.unwrap();
    let result = completed(&aws);
    assert!(result.to_string().contains("abandoned"), "{result:#}");
    // The call may have been billed, so what was reserved for it counts as spent.
    assert_eq!((result["usage"]["micro_usd"].as_u64(), model.num_calls()), (Some(4_100), 0));
}

#[tokio::test]
async fn a_case_that_another_runner_works_on_comes_back() {
    let (aws, model) = (funded(), answers(GOOD));
    let lease = taken(lease_item("in_progress", 30_000));
    let busy = ran(&runner(&aws, &model, &lease), &in_time()).await.unwrap_err();
    assert!(matches!(busy, Handled::Busy(wait) if wait.as_secs() == 30), "{busy:?}");
    assert_eq!((aws.record()["published"].clone(), model.num_calls()), (json!([]), 0));
}

#[tokio::test]
async fn a_saved_result_is_reported_again_without_a_call() {
    let mut item = lease_item("done", 30_000);
    let saved = json!({
        "result": { "outcome": "skipped", "why": "ceiling" }, "cut": false, "evidence": null,
        "usage": { "calls": 0, "input_tokens": 0, "output_tokens": 0, "seconds": 0.0, "micro_usd": 0 },
    });
    item.insert("result".to_owned(), AttributeValue::S(saved.to_string()));
    let (aws, model) = (funded(), answers(GOOD));
    ran(&runner(&aws, &model, &taken(item)), &in_time()).await.unwrap();
    assert_eq!(
        (completed(&aws)["result"].clone(), model.num_calls()),
        (saved["result"].clone(), 0)
    );
}

/// The attack: somebody asks for a run with the digest of a suite that they never had, under a name of their own. A process that knows the
/// suite must not give it to them.
#[tokio::test]
async fn a_suite_is_not_found_by_its_digest_alone() {
    let theirs = in_time().data.suite;
    let place = theirs.uri.clone();
    let found = mock!(aws_sdk_s3::Client::get_object)
        .match_requests(move |r| r.key().is_some_and(|key| place.ends_with(key)))
        .then_output(|| {
            let suite = suite();
            GetObjectOutput::builder()
                .content_length(i64::try_from(suite.len()).unwrap())
                .body(ByteStream::from(suite))
                .build()
        });
    let missing = mock!(aws_sdk_s3::Client::get_object).then_error(|| {
        GetObjectError::NoSuchKey(aws_sdk_s3::types::error::NoSuchKey::builder().build())
    });
    let s3 = mock_client!(aws_sdk_s3, RuleMode::MatchAny, [&found, &missing]);
    let suites = Suites::new(Artifacts::new(s3, "artifacts"));
    suites.get(&theirs).await.unwrap();
    suites.get(&theirs).await.unwrap();
    assert_eq!(found.num_calls(), 1);
    let uri = format!("s3://artifacts/uploads/agents/mallory/{}", theirs.sha256);
    let own = headgate_events::Artifact { uri, ..theirs };
    assert!(suites.get(&own).await.is_err());
}
