//! What the role of each function is refused: what somebody finds who runs their own code in one function. Only MiniStack enforces
//! policies; LocalStack leaves these stories out.

use aws_config::SdkConfig;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::types::AttributeValue;
use headgate_e2e::World;

/// Something to try in a role. Returns the error's code.
type Try = fn(&World, &SdkConfig) -> Result<(), String>;

/// What an attacker tries, and the functions that may do it.
const ATTEMPTS: [(&str, &[&str], Try); 31] = [
    ("delete from the ledger", &[], |w, r| delete(w, r, "ledger")),
    ("delete metrics", &[], |w, r| delete(w, r, "metrics")),
    ("delete from the quarantine", &[], |w, r| delete(w, r, "quarantine")),
    ("scan the ledger", &[], scan),
    (
        "write a change and its approval",
        &[
            "intake",
            "pm-review",
            "approval-gate-start",
            "approval-gate-open",
            "approval-gate-expire",
            "approval-gate-decide",
            "approval-gate-sweep",
            "permits-api",
            "metrics-finalizer",
        ],
        |w, r| put(w, r, "ledger", "CHANGE#x"),
    ),
    ("rewrite a timeline", &["metrics-finalizer"], |w, r| put(w, r, "ledger", "TIMELINE#x")),
    ("take an environment", &["permits-api", "permits-heartbeat", "metrics-finalizer"], |w, r| {
        put(w, r, "ledger", "ENVIRONMENT#x")
    }),
    ("make a delegation", &["approval-gate-decide"], |w, r| put(w, r, "ledger", "DELEGATE#x")),
    ("raise a model's standing", &["approval-gate-decide", "metrics-finalizer"], |w, r| {
        put(w, r, "ledger", "STANDING#x")
    }),
    (
        "say where an engagement is",
        &[
            "approval-gate-decide",
            "engagement",
            "engagement-api",
            "engagement-sweep",
            "metrics-finalizer",
        ],
        |w, r| put(w, r, "ledger", "ENGAGEMENT#x"),
    ),
    (
        "approve the result of a phase",
        &["approval-gate-decide", "engagement", "engagement-sweep"],
        |w, r| put(w, r, "ledger", "PHASE-APPROVAL#x"),
    ),
    ("review the result of a phase", &["pm-review"], |w, r| put(w, r, "ledger", "PHASE-REVIEW#x")),
    ("say that intake has seen an event", &["intake"], |w, r| {
        put(w, r, "ledger", "MARKER#intake#x")
    }),
    (
        "end an evaluation",
        &["metrics-finalizer", "eval-runner-plan", "eval-runner-case"],
        |w, r| put(w, r, "metrics", "RUN#x"),
    ),
    ("change a scorecard", &["metrics-finalizer"], |w, r| put(w, r, "metrics", "PRINCIPAL#x")),
    ("write the quarantine", &["dlq-handler", "dlq-redrive", "dlq-api"], |w, r| {
        put(w, r, "quarantine", "QUARANTINE#x")
    }),
    ("change the log's state", &["transparency-log"], |w, r| put(w, r, "log", "LOG")),
    ("sign a checkpoint", &["transparency-log"], |w, r| secret(w, r, "/log_secret")),
    ("replace the newest checkpoint", &["transparency-log"], replace_checkpoint),
    ("delete from the log", &[], delete_checkpoint),
    ("hide a timeline from the log", &["transparency-log"], |w, r| {
        let table = w.output("/tables/ledger");
        let delete = aws_sdk_dynamodb::Client::new(r).delete_item().table_name(table);
        done(w, delete.key("pk", text("UNLOGGED#x")).key("sk", text("X")).send())
    }),
    ("replace the key of the log", &[], replace_key),
    ("sign a permit", &["permits-api"], sign),
    ("read the webhook secrets", &["approval-gate-notify"], |w, r| secret(w, r, "/webhook_secret")),
    ("read a model's key", &["eval-runner-case"], |w, r| secret(w, r, "/model_secrets/recorded")),
    (
        "read an upload",
        &["intake", "pm-review", "eval-runner-plan", "eval-runner-case", "query-api"],
        read_upload,
    ),
    ("delete an upload", &[], delete_upload),
    ("send to a queue", &["dlq-redrive"], send),
    ("start a workflow", &["approval-gate-start", "approval-gate-sweep"], start),
    ("notify people", &["approval-gate-notify", "dlq-handler"], notify),
    ("publish as an agent", &[], publish),
];

/// Attempts that do something if they are allowed.
const NOT_HARMLESS: [&str; 3] = ["send to a queue", "start a workflow", "notify people"];

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn each_function_may_do_its_own_work_and_nothing_else() {
    let world = World::new();
    let functions = world.value("/functions");
    let functions = functions.as_object().unwrap();
    assert!(functions.len() >= 20, "{functions:?}");
    let mut wrong = Vec::new();
    for (function, role) in functions {
        let role = world.role(role.as_str().unwrap());
        for (what, may, attempt) in ATTEMPTS {
            let may = may.contains(&function.as_str());
            if may && NOT_HARMLESS.contains(&what) {
                continue;
            }
            let said = attempt(&world, &role);
            // SNS has a code of its own.
            let codes = ["AccessDenied", "AuthorizationError"];
            let denied = said.as_ref().is_err_and(|said| codes.iter().any(|c| said.contains(c)));
            // What it may do is not denied: otherwise a denial would say nothing.
            if denied == may {
                wrong.push(format!("{function}: {what}: {said:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn done<T, E, R>(
    world: &World,
    call: impl Future<Output = Result<T, SdkError<E, R>>>,
) -> Result<(), String>
where
    E: ProvideErrorMetadata + std::fmt::Debug,
    R: std::fmt::Debug,
{
    let code =
        |error: SdkError<E, R>| error.code().map_or_else(|| format!("{error:?}"), str::to_owned);
    world.block_on(call).map(drop).map_err(code)
}

fn text(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}

/// The condition is never true, so nothing is written.
fn put(world: &World, role: &SdkConfig, table: &str, pk: &str) -> Result<(), String> {
    let table = world.output(&format!("/tables/{table}"));
    let put = aws_sdk_dynamodb::Client::new(role).put_item().table_name(table);
    let put = put.item("pk", text(pk)).item("sk", text("ATTACK"));
    done(world, put.condition_expression("attribute_exists(pk)").send())
}

fn delete(world: &World, role: &SdkConfig, table: &str) -> Result<(), String> {
    let table = world.output(&format!("/tables/{table}"));
    let delete = aws_sdk_dynamodb::Client::new(role).delete_item().table_name(table);
    done(world, delete.key("pk", text("ATTACK")).key("sk", text("X")).send())
}

fn scan(world: &World, role: &SdkConfig) -> Result<(), String> {
    let table = world.output("/tables/ledger");
    done(world, aws_sdk_dynamodb::Client::new(role).scan().table_name(table).limit(1).send())
}

fn secret(world: &World, role: &SdkConfig, output: &str) -> Result<(), String> {
    let client = aws_sdk_secretsmanager::Client::new(role);
    done(world, client.get_secret_value().secret_id(world.output(output)).send())
}

fn replace_key(world: &World, role: &SdkConfig) -> Result<(), String> {
    let client = aws_sdk_secretsmanager::Client::new(role);
    let put = client.put_secret_value().secret_id(world.output("/log_secret"));
    done(world, put.secret_string("forged").send())
}

fn sign(world: &World, role: &SdkConfig) -> Result<(), String> {
    done(world, world.try_to_sign(role).send())
}

/// Where nothing is.
fn upload() -> String {
    format!("uploads/agents/terraform-bot/{}", "0".repeat(64))
}

fn read_upload(world: &World, role: &SdkConfig) -> Result<(), String> {
    let bucket = world.output("/artifact_bucket");
    done(world, aws_sdk_s3::Client::new(role).get_object().bucket(bucket).key(upload()).send())
}

fn delete_upload(world: &World, role: &SdkConfig) -> Result<(), String> {
    let bucket = world.output("/artifact_bucket");
    done(world, aws_sdk_s3::Client::new(role).delete_object().bucket(bucket).key(upload()).send())
}

/// The file exists, or it does not have this tag, so nothing is written.
fn replace_checkpoint(world: &World, role: &SdkConfig) -> Result<(), String> {
    let put = aws_sdk_s3::Client::new(role).put_object().bucket(world.output("/log_bucket"));
    done(world, put.key("checkpoint").if_match("\"0\"").send())
}

fn delete_checkpoint(world: &World, role: &SdkConfig) -> Result<(), String> {
    let delete = aws_sdk_s3::Client::new(role).delete_object().bucket(world.output("/log_bucket"));
    done(world, delete.key("tile/nothing").send())
}

fn send(world: &World, role: &SdkConfig) -> Result<(), String> {
    let queue = world.queue_url("headgate-local-intake");
    let send = aws_sdk_sqs::Client::new(role).send_message().queue_url(queue);
    done(world, send.message_body("forged").send())
}

fn start(world: &World, role: &SdkConfig) -> Result<(), String> {
    let start = aws_sdk_sfn::Client::new(role).start_execution();
    done(world, start.state_machine_arn(world.output("/state_machine_arn")).send())
}

fn notify(world: &World, role: &SdkConfig) -> Result<(), String> {
    let publish = aws_sdk_sns::Client::new(role).publish();
    done(world, publish.topic_arn(world.output("/notification_topic_arn")).message("forged").send())
}

fn publish(world: &World, role: &SdkConfig) -> Result<(), String> {
    let entry = aws_sdk_eventbridge::types::PutEventsRequestEntry::builder()
        .event_bus_name(world.bus())
        .source("agent.terraform-bot")
        .detail_type("story.nothing.v1")
        .detail("{}")
        .build();
    let client = aws_sdk_eventbridge::Client::new(role);
    match world.block_on(client.put_events().entries(entry).send()) {
        Ok(answer) if answer.failed_entry_count() == 0 => Ok(()),
        Ok(answer) => Err(answer.entries()[0].error_code().unwrap_or_default().to_owned()),
        Err(error) => Err(error.code().unwrap_or_default().to_owned()),
    }
}
