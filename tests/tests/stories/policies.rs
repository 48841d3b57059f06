//! What the policies of queues and bus refuse, whatever an identity-based policy grants. Only MiniStack enforces them; LocalStack leaves
//! these stories out.

use std::collections::BTreeMap;

use aws_config::SdkConfig;
use aws_sdk_dynamodb::types::AttributeValue;
use aws_sdk_eventbridge::error::ProvideErrorMetadata as _;
use aws_sdk_eventbridge::types::PutEventsRequestEntry;
use aws_sdk_sqs::types::QueueAttributeName;
use headgate_e2e::{Proposal, World};
use serde_json::{Value, json};

/// A role with every grant for queues, buses and keys, and a name like those of the fleet's roles.
const STRANGER: &str = "headgate-local-stranger";
const AGENT: &str = "terraform-bot";

/// Puts an event that nobody consumes on the bus as a role.
fn publish(world: &World, role: &SdkConfig, source: &str) -> Result<(), String> {
    publish_event(world, role, source, &("story.nothing.v1".to_owned(), json!({})))
}

/// Puts an event on the bus as a role. Returns the error's code.
fn publish_event(
    world: &World,
    role: &SdkConfig,
    source: &str,
    event: &(String, Value),
) -> Result<(), String> {
    publish_on(world.bus(), world, role, source, event)
}

fn publish_on(
    bus: &str,
    world: &World,
    role: &SdkConfig,
    source: &str,
    (kind, detail): &(String, Value),
) -> Result<(), String> {
    let client = aws_sdk_eventbridge::Client::new(role);
    let entry = PutEventsRequestEntry::builder()
        .event_bus_name(bus)
        .source(source)
        .detail_type(kind)
        .detail(detail.to_string())
        .build();
    let put = client.put_events().entries(entry).send();
    match world.block_on(put) {
        Ok(answer) if answer.failed_entry_count() == 0 => Ok(()),
        Ok(answer) => Err(answer.entries()[0].error_code().unwrap_or_default().to_owned()),
        Err(error) => Err(error.code().unwrap_or_default().to_owned()),
    }
}

/// Sends a message to a queue as a role. Returns the error's code.
fn send(world: &World, role: &SdkConfig, arn: &str) -> Result<(), String> {
    let client = aws_sdk_sqs::Client::new(role);
    let url = world.queue_url(arn.rsplit(':').next().unwrap());
    let send = client.send_message().queue_url(url).message_body("forged").send();
    world.block_on(send).map(drop).map_err(|error| error.code().unwrap_or_default().to_owned())
}

fn queues(world: &World) -> Vec<String> {
    let queues: BTreeMap<String, BTreeMap<String, String>> =
        serde_json::from_value(world.value("/queues")).unwrap();
    queues.into_values().flat_map(BTreeMap::into_values).collect()
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn no_grant_lets_a_role_send_to_the_queues_of_the_fleet() {
    let world = World::new();
    let stranger = world.role(STRANGER);
    let queues = queues(&world);
    assert!(queues.len() > 15, "{queues:?}");
    for arn in &queues {
        let refused = send(&world, &stranger, arn).unwrap_err();
        assert!(refused.contains("AccessDenied"), "{arn}: {refused}");
    }
    // The grants are real: a queue without a policy takes its message.
    let own = world.dead_end();
    let arn = format!("arn:aws:sqs:us-east-1:000000000000:{}", own.rsplit('/').next().unwrap());
    send(&world, &stranger, &arn).unwrap();
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn only_the_roles_of_the_fleet_and_each_sender_speak_for_themselves() {
    let world = World::new();
    let (stranger, agent) = (world.role(STRANGER), world.role(AGENT));
    // A name with the prefix of the fleet's roles makes nobody one of them.
    // Nor does a source that nobody registered: it would be a name on somebody's timeline.
    for source in [
        "headgate.pm-review",
        "headgate.intake-api",
        "agent.terraform-bot",
        "ops.pager",
        "agent.alice",
        "alice",
        "HEADGATE.pm-review",
    ] {
        let refused = publish(&world, &stranger, source).unwrap_err();
        assert!(refused.contains("AccessDenied"), "{source}: {refused}");
    }
    // The grants are real: another bus takes the event.
    let nothing = ("story.nothing.v1".to_owned(), json!({}));
    publish_on("default", &world, &stranger, "alice", &nothing).unwrap();
    // The agent proposes in its own name, and says nothing else.
    let proposal = Proposal::new(&world, "local");
    publish_event(&world, &agent, "agent.terraform-bot", &proposal.event(2)).unwrap();
    world.wait_status(&proposal.change, "awaiting_decision");
    for source in ["agent.terraform-bot", "headgate.pm-review", "agent.other", "ops.pager"] {
        let refused = publish(&world, &agent, source).unwrap_err();
        assert!(refused.contains("AccessDenied"), "{source}: {refused}");
    }
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn an_agent_reaches_neither_the_ledger_nor_the_queues() {
    let world = World::new();
    let agent = world.role(AGENT);
    for arn in queues(&world) {
        let refused = send(&world, &agent, &arn).unwrap_err();
        assert!(refused.contains("AccessDenied"), "{arn}: {refused}");
    }
    let read = aws_sdk_dynamodb::Client::new(&agent)
        .get_item()
        .table_name(world.output("/tables/ledger"))
        .key("pk", AttributeValue::S("CHANGE#chg".to_owned()))
        .key("sk", AttributeValue::S("HEAD".to_owned()))
        .send();
    let refused = world.block_on(read).unwrap_err();
    assert!(refused.code().unwrap_or_default().contains("AccessDenied"), "{refused:?}");
}

/// The attack: SQS itself moves messages to a dead-letter queue, whatever the queue's policy says.
#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn sqs_moves_no_message_of_a_stranger_into_the_queues_of_the_fleet() {
    let world = World::new();
    let stranger = aws_sdk_sqs::Client::new(&world.role(STRANGER));
    let receive = |url: &str| {
        let receive = stranger.receive_message().queue_url(url).visibility_timeout(0);
        world.block_on(receive.send()).unwrap().messages().len()
    };
    let redriven_to = |target: &str| {
        let redrive = json!({ "deadLetterTargetArn": target, "maxReceiveCount": 1 }).to_string();
        let create = stranger
            .create_queue()
            .queue_name(world.id("mine"))
            .attributes(QueueAttributeName::RedrivePolicy, redrive);
        let url = world.block_on(create.send()).unwrap().queue_url.unwrap();
        let send = stranger.send_message().queue_url(&url).message_body("forged");
        world.block_on(send.send()).unwrap();
        assert_eq!(receive(&url), 1);
        // If SQS may, it moves the message now.
        let left = receive(&url);
        world.block_on(stranger.delete_queue().queue_url(url).send()).unwrap();
        left
    };
    let last = "arn:aws:sqs:us-east-1:000000000000:headgate-local-undeliverable".to_owned();
    let bus = "arn:aws:sqs:us-east-1:000000000000:headgate-local-bus-dlq".to_owned();
    for target in queues(&world).into_iter().chain([last, bus]) {
        assert_eq!(redriven_to(&target), 1, "{target}");
    }
    // The attack works where nobody forbids it.
    let own = world.dead_end();
    let own = format!("arn:aws:sqs:us-east-1:000000000000:{}", own.rsplit('/').next().unwrap());
    assert_eq!(redriven_to(&own), 0);
}
