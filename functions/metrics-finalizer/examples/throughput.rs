//! Facts a second through the finalizer, with the facts of an engagement recorded one by one and together, from one queue and several.
//! `cargo xtask bench throughput` runs it on an emulator, where it makes its own tables and its own bus.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods)]

use std::collections::{BTreeMap, VecDeque};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use aws_config::SdkConfig;
use aws_lambda_events::event::sqs::{SqsEvent, SqsMessage};
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection,
    ProjectionType, ScalarAttributeType,
};
use headgate_batch::Runner;
use headgate_bus::Bus;
use headgate_domain::change::Status;
use headgate_domain::engagement::Engagement;
use headgate_domain::records::{ChangeHead, PermitRecord};
use headgate_domain::timeline::Head;
use headgate_events::{EngagementId, FunctionName, Versioned};
use headgate_ledger::{Key, Ledger, Transition};
use headgate_metrics_finalizer::{Finalizer, Senders, StandingRules, handle, handle_together};
use headgate_outbox::{Consumer, Flow, Origins};
use headgate_test_support::{
    CONTENT, engagement as engagement_item, head, permit, report, revision,
};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

/// What is measured, `changes` in each engagement: each has seven facts.
#[derive(Clone, Copy)]
struct Load {
    name: &'static str,
    engagements: usize,
    changes: usize,
    invocations: usize,
}

const FEW: [Load; 2] = [
    Load { name: "one engagement", engagements: 1, changes: 50, invocations: 2 },
    Load { name: "four engagements", engagements: 4, changes: 50, invocations: 4 },
];
const MANY: Load = Load { name: "forty engagements", engagements: 40, changes: 10, invocations: 8 };
/// Rounds of each measurement, taken in turn.
const ROUNDS: usize = 3;

const LEDGER: &str = "throughput-ledger";
const METRICS: &str = "throughput-metrics";
const BUS: &str = "throughput";

/// How facts reach the finalizer.
#[derive(Clone, Copy)]
struct Path {
    name: &'static str,
    together: bool,
    /// Queues, each for a part of the engagements.
    queues: u8,
    /// Messages of an invocation.
    batch: usize,
    /// Whether timelines are put on the list of the transparency log.
    logs: bool,
}

const PATHS: [Path; 2] = [
    Path { name: "one by one", together: false, queues: 1, batch: 10, logs: true },
    Path { name: "together", together: true, queues: 1, batch: 100, logs: true },
];

/// For many engagements: one by one would take too long.
const QUEUES: [Path; 2] = [
    Path { name: "together, one queue", together: true, queues: 1, batch: 100, logs: true },
    Path { name: "together, four queues", together: true, queues: 4, batch: 100, logs: true },
];

/// With and without what the transparency log costs the finalizer: an item more in each transaction, on a list.
const LOGGED: [Path; 2] = [
    Path { name: "without a log", together: true, queues: 1, batch: 100, logs: false },
    Path { name: "with a log", together: true, queues: 1, batch: 100, logs: true },
];

fn main() {
    let endpoint = std::env::var("AWS_ENDPOINT_URL").unwrap_or_default();
    assert!(endpoint.starts_with("http://127.0.0.1:"), "run `cargo xtask bench throughput`");
    let runtime = runtime();
    let sdk = runtime.block_on(headgate_runtime::aws::config());
    runtime.block_on(tables(&sdk));
    let logged = std::env::args().any(|arg| arg == "log");
    let mut rows = Vec::new();
    for load in FEW {
        let (paths, rounds): (&[Path], usize) =
            if logged { (&LOGGED, 3 * ROUNDS) } else { (&PATHS, ROUNDS) };
        rows.extend(compared(&runtime, &sdk, load, paths, rounds));
    }
    if !logged {
        rows.extend(compared(&runtime, &sdk, MANY, &QUEUES, ROUNDS));
    }
    println!("{}", Value::from(rows));
}

/// A row for each path: medians of the rounds, which take the paths in turn.
fn compared(
    runtime: &tokio::runtime::Runtime,
    sdk: &SdkConfig,
    load: Load,
    paths: &[Path],
    rounds: usize,
) -> Vec<Value> {
    let mut found: BTreeMap<&str, Vec<Measured>> = BTreeMap::new();
    for round in 0..rounds {
        for path in paths.iter().copied() {
            let prefix = format!("{}-{round}-{}", load.name.replace(' ', "-"), path.name.len());
            let names: Vec<_> = (0..load.engagements).map(|n| format!("{prefix}-e{n}")).collect();
            let facts = runtime.block_on(prepared(sdk, &names, load.changes));
            let measured = run(&facts, path, load.invocations);
            runtime.block_on(whole(sdk, &names, load.changes));
            found.entry(path.name).or_default().push(measured);
        }
    }
    let row = |path: &Path| {
        let of =
            |figure: fn(&Measured) -> f64| median(found[path.name].iter().map(figure).collect());
        json!({
            "what": load.name, "path": path.name, "invocations": load.invocations,
            "facts_per_second": of(|m| m.facts_per_second),
            "deliveries_per_fact": of(|m| m.deliveries_per_fact),
            "cpu_ms_per_fact": of(|m| m.cpu_ms_per_fact),
        })
    };
    paths.iter().map(row).collect()
}

/// What a run took.
struct Measured {
    facts_per_second: f64,
    deliveries_per_fact: f64,
    cpu_ms_per_fact: f64,
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

#[allow(clippy::integer_division)]
fn median(mut of: Vec<f64>) -> f64 {
    of.sort_by(f64::total_cmp);
    of[of.len() / 2]
}

async fn tables(sdk: &SdkConfig) {
    let db = aws_sdk_dynamodb::Client::new(sdk);
    for table in [LEDGER, METRICS] {
        let mut create = db.create_table().table_name(table);
        let mut index = GlobalSecondaryIndex::builder().index_name("listing");
        let all = Projection::builder().projection_type(ProjectionType::All).build();
        index = index.projection(all);
        let (hash, range) = (KeyType::Hash, KeyType::Range);
        let keys = [
            ("pk", hash.clone()),
            ("sk", range.clone()),
            ("listing_pk", hash),
            ("listing_sk", range),
        ];
        for (name, kind) in keys {
            let text = ScalarAttributeType::S;
            let attribute =
                AttributeDefinition::builder().attribute_name(name).attribute_type(text);
            let key = KeySchemaElement::builder().attribute_name(name).key_type(kind);
            create = create.attribute_definitions(attribute.build().unwrap());
            let key = key.build().unwrap();
            match name.starts_with("listing") {
                true => index = index.key_schema(key),
                false => create = create.key_schema(key),
            }
        }
        create = create.global_secondary_indexes(index.build().unwrap());
        create.billing_mode(BillingMode::PayPerRequest).send().await.unwrap();
    }
    let events = aws_sdk_eventbridge::Client::new(sdk);
    events.create_event_bus().name(BUS).send().await.unwrap();
}

fn finalizer(sdk: &SdkConfig, logs: bool) -> Finalizer {
    Finalizer {
        flow: Flow {
            ledger: Ledger::connect(sdk, LEDGER),
            bus: Bus::connect(sdk, BUS),
            function: FunctionName::new("metrics-finalizer"),
            clock: Timestamp::now,
        },
        metrics: Ledger::connect(sdk, METRICS),
        standing: StandingRules::default(),
        signals: "[]".parse().unwrap(),
        senders: Senders::default(),
        logs,
    }
}

/// Stores the changes of the engagements as they are after their applies. Returns their facts, mixed.
async fn prepared(sdk: &SdkConfig, engagements: &[String], changes: usize) -> Vec<Value> {
    let ledger = Ledger::connect(sdk, LEDGER);
    let mut facts = Vec::new();
    for engagement in engagements {
        let known = Engagement { engagement_id: engagement.as_str().into(), ..engagement_item() };
        let key = Key::engagement(&known.engagement_id);
        ledger.commit(&with(Transition::new(), &key, &known)).await.unwrap();
        for change in 0..changes {
            let change = format!("{engagement}-c{change}");
            stored(&ledger, engagement, &change).await;
            facts.extend(told(engagement, &change));
        }
    }
    fastrand::Rng::with_seed(1).shuffle(&mut facts);
    facts
}

async fn stored(ledger: &Ledger, engagement: &str, id: &str) {
    let change = id.into();
    let head = ChangeHead {
        change_id: id.into(),
        engagement_id: engagement.into(),
        environment: engagement.to_owned(),
        ..head(Status::Applying)
    };
    let permit = PermitRecord {
        permit_id: "p".to_owned(),
        change_id: id.into(),
        used_at: Some(Timestamp::now()),
        reported_at: Some(Timestamp::now()),
        ..permit()
    };
    let transition = with(Transition::new(), &Key::change(&change), &head);
    let transition = with(transition, &Key::permit(&change, "p"), &permit);
    // All changes have the same agent and the same model, so their figures are the same items.
    let transition = with(transition, &Key::revision(&change, 1), &revision());
    let transition = with(transition, &Key::review(&change, 1), &report());
    ledger.commit(&transition).await.unwrap();
}

fn with(transition: Transition, key: &Key, value: &impl Versioned) -> Transition {
    transition.create(key, value).unwrap()
}

/// The seven facts of a change.
fn told(engagement: &str, change: &str) -> Vec<Value> {
    let said = |(n, (kind, source, data)): (usize, (&str, &str, Value))| {
        let path = format!("{}/../../events/fixtures/{kind}.json", env!("CARGO_MANIFEST_DIR"));
        let mut detail: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        detail["id"] = json!(format!("{change}-{n}"));
        detail["subject"] = json!(change);
        detail["source"] = json!(source);
        detail["correlationid"] = json!(engagement);
        let seconds = SignedDuration::from_secs(i64::try_from(n).unwrap());
        detail["time"] = json!(Timestamp::now() + seconds - SignedDuration::from_mins(1));
        for (member, value) in data.as_object().unwrap() {
            detail["data"][member] = value.clone();
        }
        json!({ "detail-type": kind, "source": source, "detail": detail })
    };
    let content = json!({ "revision": 1, "content_hash": CONTENT });
    let reviewed = json!({ "revision": 1, "content_hash": CONTENT, "verdict": "pass" });
    let decided = json!({ "revision": 1, "content_hash": CONTENT, "outcome": "approved" });
    let applied = json!({
        "revision": 1, "content_hash": CONTENT, "permit_id": "p", "outcome": "succeeded",
    });
    let all = [
        ("change.proposed.v2", "agent.terraform-bot", json!({ "engagement_id": engagement })),
        ("change.accepted.v1", "headgate.intake", json!({ "revision": 1 })),
        ("review.completed.v2", "headgate.pm-review", reviewed),
        ("approval.requested.v2", "headgate.approval-gate-open", content.clone()),
        ("approval.decided.v2", "headgate.approval-gate-decide", decided),
        ("permit.issued.v1", "headgate.permits-api", content),
        ("change.executed.v1", "headgate.permits-api", applied),
    ];
    all.into_iter().enumerate().map(said).collect()
}

/// Seconds of CPU that this process has used (proc(5); a tick is 10 ms).
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields = stat.rsplit(") ").next().unwrap().split(' ');
    let ticks: f64 = fields.skip(11).take(2).map(|ticks| ticks.parse::<f64>().unwrap()).sum();
    ticks / 100.0
}

/// What an invocation hands back is delivered again at once.
#[allow(clippy::cast_precision_loss)]
fn run(facts: &[Value], path: Path, invocations: usize) -> Measured {
    let mut parts: BTreeMap<u8, VecDeque<String>> = BTreeMap::new();
    for fact in facts {
        let engagement = EngagementId::from(fact["detail"]["correlationid"].as_str().unwrap());
        parts.entry(engagement.part() % path.queues).or_default().push_back(fact.to_string());
    }
    let queues: Vec<_> = parts.into_values().map(Mutex::new).collect();
    let delivered = Mutex::new(0);
    let (start, used) = (Instant::now(), cpu());
    std::thread::scope(|scope| {
        for queue in queues.iter().cycle().take(invocations) {
            let delivered = &delivered;
            scope.spawn(move || {
                // Connections belong to a runtime.
                let runtime = runtime();
                let sdk = runtime.block_on(headgate_runtime::aws::config());
                let finalizer = finalizer(&sdk, path.logs);
                let runner =
                    Runner::new(aws_sdk_sqs::Client::new(&sdk), "metrics-finalizer", "bench");
                let consumer = Consumer {
                    flow: finalizer.flow.clone(),
                    runner,
                    // The benchmark makes the facts up.
                    origins: Origins::unchecked(),
                };
                loop {
                    let batch: Vec<_> = {
                        let mut queue = queue.lock().unwrap();
                        let n = queue.len().min(path.batch);
                        queue.drain(..n).collect()
                    };
                    if batch.is_empty() {
                        break;
                    }
                    *delivered.lock().unwrap() += batch.len();
                    let again = runtime.block_on(invoke(&consumer, &finalizer, path, &batch));
                    queue.lock().unwrap().extend(again);
                }
            });
        }
    });
    let (time, used) = (start.elapsed().as_secs_f64(), cpu() - used);
    let facts = facts.len() as f64;
    let delivered = *delivered.lock().unwrap();
    Measured {
        facts_per_second: facts / time,
        deliveries_per_fact: delivered as f64 / facts,
        cpu_ms_per_fact: 1000.0 * used / facts,
    }
}

async fn invoke(
    consumer: &Consumer,
    finalizer: &Finalizer,
    path: Path,
    batch: &[String],
) -> Vec<String> {
    let mut event = SqsEvent::default();
    for (n, body) in batch.iter().enumerate() {
        let mut message = SqsMessage::default();
        message.message_id = Some(n.to_string());
        message.body = Some(body.clone());
        event.records.push(message);
    }
    let time = Duration::from_secs(60);
    let one = async |d| handle(finalizer, d).await;
    let answer = if path.together {
        let all = async |all| handle_together(finalizer, all).await;
        consumer.run_together(event, time, all, one).await
    } else {
        consumer.run(event, time, one).await
    };
    let kept = answer.batch_item_failures.iter();
    kept.map(|f| batch[f.item_identifier.parse::<usize>().unwrap()].clone()).collect()
}

/// Checks that every fact is on its timeline.
async fn whole(sdk: &SdkConfig, engagements: &[String], changes: usize) {
    let ledger = Ledger::connect(sdk, LEDGER);
    for engagement in engagements {
        let key = Key::timeline(&engagement.as_str().into());
        let head = ledger.get::<Head>(&key).await.unwrap().unwrap();
        assert_eq!(head.value.seq, 7 * changes as u64, "{engagement}");
    }
}
