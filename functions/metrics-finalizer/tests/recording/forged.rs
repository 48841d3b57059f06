//! Attacks by somebody who can send messages to the queue, but cannot write to the ledger.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_lambda_events::event::sqs::{SqsEvent, SqsMessage};
use aws_sdk_sqs::operation::send_message::SendMessageOutput;
use aws_smithy_mocks::{RuleMode, mock, mock_client};
use headgate_batch::Runner;
use headgate_events::latest::ApprovalDecided;
use headgate_events::{Actor, ActorKind, Outcome};
use headgate_ledger::{Key, Transition};
use headgate_metrics_finalizer::{Finalizer, Senders, StandingRules, handle, handle_together};
use headgate_outbox::{Consumer, Emit, Flow, Origins};
use headgate_test_support::*;
use serde_json::{Value, json};

/// Runs messages, together or one by one. Returns the reasons of those that became dead letters.
async fn run(aws: &Aws, bodies: &[String], together: bool) -> Vec<String> {
    let reasons = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&reasons);
    let sent = mock!(aws_sdk_sqs::Client::send_message).then_compute_output(move |request| {
        let attributes = format!("{:?}", request.message_attributes());
        let code =
            ["event_unproven", "sender_not_trusted"].iter().find(|c| attributes.contains(*c));
        seen.lock().unwrap().push((*code.unwrap_or(&"another")).to_owned());
        SendMessageOutput::builder().build()
    });
    let sqs = mock_client!(aws_sdk_sqs, RuleMode::MatchAny, [&sent]);
    let flow = aws.flow("metrics-finalizer");
    let finalizer = Finalizer {
        flow: flow.clone(),
        metrics: aws.ledger("metrics"),
        standing: StandingRules::default(),
        signals: "[]".parse().unwrap(),
        senders: Senders::default(),
        logs: true,
    };
    let consumer = Consumer {
        flow,
        runner: Runner::new(sqs, "metrics-finalizer", "test").dead_letters("https://dlq"),
        origins: Origins::of(vec![aws.ledger("ledger"), aws.ledger("metrics")]).and_others(),
    };
    let mut batch = SqsEvent::default();
    batch.records = bodies.iter().enumerate().map(|(n, body)| message(n, body)).collect();
    let minute = Duration::from_secs(60);
    let one = async |d| handle(&finalizer, d).await;
    let all = async |all| handle_together(&finalizer, all).await;
    let answer = match together {
        true => consumer.run_together(batch, minute, all, one).await,
        false => consumer.run(batch, minute, one).await,
    };
    assert_eq!(answer.batch_item_failures.len(), 0);
    reasons.lock().unwrap().clone()
}

fn message(n: usize, body: &str) -> SqsMessage {
    let mut message = SqsMessage::default();
    message.message_id = Some(format!("m{n}"));
    message.event_source_arn = Some("arn:aws:sqs:us-east-1:000000000000:q".to_owned());
    message.body = Some(body.to_owned());
    message
}

/// A decision that the gate commits and publishes. Returns its message.
async fn decided(gate: &Flow, aws: &Aws) -> String {
    let decided = ApprovalDecided {
        revision: 1,
        outcome: Outcome::Rejected,
        votes: Vec::new(),
        withdrawn: Vec::new(),
        content_hash: CONTENT.into(),
    };
    let alice = Actor { kind: ActorKind::Human, id: "alice".into(), on_behalf_of: None };
    let emit = Emit::new(gate.function, now(), &"eng-orders".into()).by(alice);
    let event = emit.event((CHANGE, 1), "", decided).unwrap();
    let marker = Key::marker("approval-gate", &event.id);
    let transition = Transition::new().publishing(event).marked(marker, now());
    gate.apply(&transition).await.unwrap();
    aws.delivered().pop().unwrap()
}

fn entries(aws: &Aws) -> usize {
    aws.stored()
        .keys()
        .filter(|key| key.starts_with("TIMELINE#") && key.contains("/ENTRY#"))
        .count()
}

#[tokio::test]
async fn only_what_the_fleet_committed_is_on_a_timeline() {
    for together in [false, true] {
        let aws = Aws::new()
            .storing()
            .with(
                &Key::change(&CHANGE.into()),
                &head(headgate_domain::change::Status::AwaitingDecision),
            )
            .with(&Key::revision(&CHANGE.into(), 1), &revision());
        let real = decided(&aws.flow("approval-gate-decide"), &aws).await;
        let forged = |edit: &dyn Fn(&mut Value)| {
            let mut body: Value = serde_json::from_str(&real).unwrap();
            edit(&mut body);
            body.to_string()
        };
        let attacks = [
            // In another person's name, with another outcome, and as another event.
            forged(&|b| b["detail"]["actorid"] = json!("bob")),
            forged(&|b| b["detail"]["data"]["outcome"] = json!("approved")),
            forged(&|b| b["detail"]["correlationid"] = json!("eng-other")),
            forged(&|b| b["detail"]["id"] = json!("11111111-1111-5111-8111-111111111111")),
            forged(&|b| b["source"] = json!("headgate.approval-gate-expire")),
            // As the scheduler, which has no outbox, and in a version that nobody knows.
            forged(&|b| b["source"] = json!("headgate.schedule")),
            forged(&|b| b["detail-type"] = json!("approval.decided.v99")),
            // With no outbox, with that of nobody, and with those of tables and items that are none of ours.
            forged(&|b| b["resources"] = json!([])),
            forged(&|b| {
                b["resources"] = json!(["urn:headgate:outbox:ledger:MARKER#approval-gate#none"])
            }),
            forged(&|b| {
                let real = b["resources"][0].as_str().unwrap();
                b["resources"] = json!([real.replace(":ledger:", ":mine:")]);
            }),
            forged(&|b| {
                b["resources"] = json!(["urn:headgate:outbox:ledger:CHANGE#chg-orders-queue"])
            }),
            forged(&|b| {
                b["resources"] =
                    json!([format!("urn:headgate:outbox:ledger:MARKER#{}", "x".repeat(3000))])
            }),
            forged(&|b| b["resources"] = json!([17, null, {}])),
        ];
        for attack in &attacks {
            let reasons = run(&aws, std::slice::from_ref(attack), together).await;
            assert_eq!(reasons, ["event_unproven"], "{attack}");
        }
        assert_eq!(entries(&aws), 0, "together: {together}");
        // The real one among them, and again: once.
        let mut all = attacks.to_vec();
        all.insert(3, real.clone());
        all.push(real);
        assert_eq!(run(&aws, &all, together).await.len(), attacks.len());
        assert_eq!(entries(&aws), 1, "together: {together}");
    }
}

/// A batch is sorted before it is processed. Each result must belong to its own message.
#[tokio::test]
async fn a_report_about_nothing_is_found_wherever_it_is_in_a_batch() {
    let told = |kind: &str, n: usize, engagement: &str| {
        let path = format!("{}/../../events/fixtures/{kind}.json", env!("CARGO_MANIFEST_DIR"));
        let mut detail: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        detail["id"] = json!(format!("e-{n}"));
        detail["subject"] = json!(format!("chg-{n}"));
        detail["correlationid"] = json!(engagement);
        if kind == "change.proposed.v2" {
            detail["data"]["engagement_id"] = json!(engagement);
        }
        json!({ "detail-type": kind, "source": "agent.terraform-bot", "detail": detail })
            .to_string()
    };
    for at in 0..4 {
        for of in ["a", "n", "z"] {
            let aws = Aws::new()
                .storing()
                .with(&Key::engagement(&"m".into()), &engagement())
                .with(&Key::engagement(&"n".into()), &engagement());
            let sound = ["n", "m", "n"].into_iter().enumerate();
            let mut all: Vec<_> = sound.map(|(n, e)| told("change.proposed.v2", n, e)).collect();
            all.insert(at, told("change.executed.v1", 9, of));
            let reasons = run(&aws, &all, true).await;
            assert_eq!((reasons.len(), entries(&aws)), (1, 3), "at {at}, of {of}");
        }
    }
}
