//! What somebody finds who takes the credentials of an apply elsewhere. Only MiniStack enforces policies; LocalStack leaves these stories out.

use aws_config::SdkConfig;
use aws_sdk_dynamodb::types::AttributeValue;
use aws_sdk_sqs::error::{ProvideErrorMetadata, SdkError};
use headgate_e2e::{Approved, BOT, World};
use serde_json::{Value, json};

const APPLY: &str = "arn:aws:iam::000000000000:role/headgate-local-apply";

/// Uses a permit. Returns its API path and the credentials of the apply.
fn used(change: &Approved<'_>) -> (String, Value) {
    let (path, body) = change.permit();
    let used = change.world.post(BOT, &format!("{path}/use"), &body).ok();
    (path, used["credentials"].clone())
}

fn code<T, E: ProvideErrorMetadata, R>(result: Result<T, SdkError<E, R>>) -> String {
    match result {
        Ok(_) => "allowed".to_owned(),
        Err(error) => error.code().unwrap_or("no code").to_owned(),
    }
}

/// Tries what the plan of the stories says, and what it does not say.
fn attempts(world: &World, given: &SdkConfig) -> Vec<(&'static str, String)> {
    let sqs = aws_sdk_sqs::Client::new(given);
    let s3 = aws_sdk_s3::Client::new(given);
    let dynamodb = aws_sdk_dynamodb::Client::new(given);
    let secrets = aws_sdk_secretsmanager::Client::new(given);
    let events = aws_sdk_eventbridge::Client::new(given);
    let sts = aws_sdk_sts::Client::new(given);
    let queue = |name: &str| code(world.block_on(sqs.create_queue().queue_name(name).send()));
    let table = world.output("/tables/ledger");
    let key = AttributeValue::S("CHANGE#x".to_owned());
    let item = dynamodb.get_item().table_name(table).key("pk", key.clone()).key("sk", key).send();
    let signature = world.try_to_sign(given).send();
    let secret = secrets.get_secret_value().secret_id(world.output("/log_secret")).send();
    let objects = s3.list_objects_v2().bucket(world.output("/artifact_bucket")).send();
    let role = sts.assume_role().role_arn(APPLY).role_session_name("again").send();
    let rules = events.put_rule().name("mine").schedule_expression("rate(1 day)").send();
    vec![
        ("own queue", queue("orders-local-intake")),
        ("another queue", queue("payments")),
        ("the ledger", code(world.block_on(item))),
        ("the key of the log", code(world.block_on(secret))),
        ("a signature", code(world.block_on(signature))),
        ("artifacts", code(world.block_on(objects))),
        ("the apply role again", code(world.block_on(role))),
        ("another service", code(world.block_on(rules))),
    ]
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn credentials_do_what_their_plan_says_and_nothing_else() {
    let world = World::new();
    let change = Approved::new(&world, "scoped");
    let (permit, body) = change.permit();
    // Not before the permit is spent.
    let more = format!("{permit}/credentials");
    world.post(BOT, &more, &json!({})).refused(409, "permit_unused");
    let used = world.post(BOT, &format!("{permit}/use"), &body).ok();
    let given = world.given(&used["credentials"]);
    for (what, said) in attempts(&world, &given) {
        let wanted = if what == "own queue" { "allowed" } else { "AccessDenied" };
        assert!(said.contains(wanted), "{what}: {said}");
    }
    // A repeated request gets none.
    let again = world.post(BOT, &format!("{permit}/use"), &body).refused(409, "permit_used");
    assert!(again["credentials"].is_null());
    // While the apply runs, its executor gets new ones for the same plan.
    let renewed = world.given(&world.post(BOT, &more, &json!({})).ok());
    assert_eq!(attempts(&world, &renewed)[1].1, "AccessDenied");
    // For tools that run Terraform themselves, as the AWS CLI expects them from a process.
    let id = permit.rsplit('/').next().unwrap();
    let arguments = ["permit", "credentials", &change.proposal.change, id];
    let (code, out, err) = world.headgate(BOT, &arguments);
    let process: Value = serde_json::from_str(&out).unwrap_or_else(|e| panic!("{e}: {code} {err}"));
    assert_eq!((&process["Version"], process["SessionToken"].is_string()), (&json!(1), true));
    world.post("alice", &more, &json!({})).refused(403, "role_missing");
    change.report(&permit, "succeeded");
    world.post(BOT, &more, &json!({})).refused(409, "lock_lost");
}

/// Without the fleet nobody gets to the role: not with every grant in the account, and not as the account's root.
#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn nobody_but_the_fleet_assumes_the_apply_role() {
    let world = World::new();
    let assume = |as_who: &SdkConfig, complete: bool| {
        let sts = aws_sdk_sts::Client::new(as_who);
        let mut call = sts.assume_role().role_arn(APPLY).role_session_name("past");
        if complete {
            call = call.external_id("local-external-id").source_identity("chg-1");
            for tag in ["change", "revision", "content", "principal", "permit"] {
                let tag =
                    aws_sdk_sts::types::Tag::builder().key(format!("headgate:{tag}")).value("x");
                call = call.tags(tag.build().unwrap());
            }
        }
        code(world.block_on(call.send()))
    };
    let fleet = world.role("headgate-local-permits-api");
    for (who, role) in [
        ("root", world.root()),
        ("the agent", world.role("terraform-bot")),
        ("a stranger", world.role("headgate-local-stranger")),
        ("another function", world.role("headgate-local-intake-api")),
    ] {
        assert_eq!(assume(&role, true), "AccessDenied", "{who}");
    }
    // Not even the fleet's own role, unless it says for which change.
    assert_eq!(assume(&fleet, false), "AccessDenied");
    assert_eq!(assume(&fleet, true), "allowed");
}

/// Credentials of plan A after their apply has ended early: nothing renews them, and they still do nothing but plan A.
#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn a_broken_apply_gets_no_more_credentials() {
    let world = World::new();
    let change = Approved::new(&world, "broken");
    let (permit, given) = used(&change);
    assert!(given["access_key_id"].is_string());
    let (code, _, err) =
        world.headgate("olga", &["release", "broken", "--reason", "it hangs", "--break-glass"]);
    assert_eq!(code, 0, "{err}");
    world.post(BOT, &format!("{permit}/credentials"), &json!({})).refused(409, "lock_broken");
    change.report(&permit, "failed");
}
