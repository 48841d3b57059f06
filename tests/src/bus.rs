//! The event bus and the queues, through the real SDK.

use aws_sdk_eventbridge::types::{PutEventsRequestEntry, Target};
use aws_sdk_sqs::types::{QueueAttributeName, SendMessageBatchRequestEntry};
use serde_json::Value;

use crate::world::World;

impl World {
    /// Puts events on the bus as `source`.
    pub fn put_events(&self, source: &str, events: &[(String, Value)]) {
        let client = aws_sdk_eventbridge::Client::new(&self.sdk);
        let entries: Vec<_> = events
            .iter()
            .map(|(kind, detail)| {
                PutEventsRequestEntry::builder()
                    .event_bus_name(self.bus())
                    .source(source)
                    .detail_type(kind)
                    .detail(detail.to_string())
                    .build()
            })
            .collect();
        for ten in entries.chunks(10) {
            let put = client.put_events().set_entries(Some(ten.to_vec())).send();
            let answer = self.runtime.block_on(put).unwrap();
            assert_eq!(answer.failed_entry_count(), 0);
        }
    }

    /// Sends bodies to a queue in one batch.
    pub fn send_batch(&self, queue: &str, bodies: &[String]) {
        let client = aws_sdk_sqs::Client::new(&self.sdk);
        let entries = bodies.iter().enumerate().map(|(n, body)| {
            let entry = SendMessageBatchRequestEntry::builder().id(n.to_string());
            entry.message_body(body).build().unwrap()
        });
        let url = self.queue_url(queue);
        let send = client.send_message_batch().queue_url(url).set_entries(Some(entries.collect()));
        let answer = self.runtime.block_on(send.send()).unwrap();
        assert!(answer.failed().is_empty());
    }

    /// Receives and deletes every message in a queue. Returns the bodies.
    pub(crate) fn drain(&self, url: &str) -> Vec<String> {
        let sqs = aws_sdk_sqs::Client::new(&self.sdk);
        let mut bodies = Vec::new();
        self.runtime.block_on(async {
            loop {
                let receive = sqs.receive_message().queue_url(url).max_number_of_messages(10);
                let answer = receive.send().await.unwrap();
                if answer.messages().is_empty() {
                    return;
                }
                for message in answer.messages() {
                    bodies.push(message.body().unwrap().to_owned());
                    let handle = message.receipt_handle().unwrap();
                    let delete = sqs.delete_message().queue_url(url).receipt_handle(handle);
                    delete.send().await.unwrap();
                }
            }
        });
        bodies
    }

    /// Patterns of the deployed rules whose names begin so, in the order of their names.
    #[must_use]
    pub fn patterns(&self, prefix: &str) -> Vec<String> {
        let client = aws_sdk_eventbridge::Client::new(&self.sdk);
        let list = client.list_rules().event_bus_name(self.bus()).name_prefix(prefix).send();
        let mut rules = self.runtime.block_on(list).unwrap().rules.unwrap();
        rules.sort_by(|a, b| a.name.cmp(&b.name));
        rules.into_iter().map(|rule| rule.event_pattern.unwrap()).collect()
    }

    /// Whether EventBridge says that a pattern matches an event.
    #[must_use]
    pub fn matches(&self, pattern: &str, event: &Value) -> bool {
        let client = aws_sdk_eventbridge::Client::new(&self.sdk);
        let test = client.test_event_pattern().event_pattern(pattern).event(event.to_string());
        self.runtime.block_on(test.send()).unwrap().result()
    }

    /// URL of a queue, by its name.
    #[must_use]
    pub fn queue_url(&self, name: &str) -> String {
        let client = aws_sdk_sqs::Client::new(&self.sdk);
        let answer = self.runtime.block_on(client.get_queue_url().queue_name(name).send());
        answer.unwrap().queue_url.unwrap()
    }
}

/// A queue that receives every event on the bus about one engagement.
pub struct Tap<'a> {
    world: &'a World,
    url: String,
    heard: Vec<Value>,
}

impl<'a> Tap<'a> {
    /// Starts to receive events.
    #[must_use]
    pub fn new(world: &'a World, engagement: &str) -> Self {
        let pattern = serde_json::json!({ "detail": { "correlationid": [engagement] } });
        Self { world, url: listen(world, &pattern), heard: Vec::new() }
    }

    /// Creates a queue that receives every event on the bus from now on. Returns its URL.
    #[must_use]
    pub fn everything(world: &World) -> String {
        listen(world, &serde_json::json!({ "source": [{ "prefix": "" }] }))
    }

    /// Every event received so far.
    pub fn heard(&mut self) -> &[Value] {
        for body in self.world.drain(&self.url) {
            let body: Value = serde_json::from_str(&body).unwrap();
            self.heard.push(body["detail"].clone());
        }
        &self.heard
    }

    /// How often each event was received, by type and id.
    pub fn counts(&mut self) -> std::collections::BTreeMap<(String, String), usize> {
        let mut counts = std::collections::BTreeMap::new();
        for event in self.heard() {
            let text = |key: &str| event[key].as_str().unwrap().to_owned();
            *counts.entry((text("type"), text("id"))).or_default() += 1;
        }
        counts
    }
}

impl World {
    /// Status of an execution of the approval workflow, by name; `None` if it does not exist.
    #[must_use]
    pub fn execution_status(&self, name: &str) -> Option<String> {
        let client = aws_sdk_sfn::Client::new(&self.sdk);
        let describe = client.describe_execution().execution_arn(self.execution_arn(name));
        match self.runtime.block_on(describe.send()) {
            Ok(answer) => Some(answer.status().as_str().to_owned()),
            Err(e) if e.as_service_error().unwrap().is_execution_does_not_exist() => None,
            Err(e) => panic!("{e:?}"),
        }
    }

    /// Ends an execution of the approval workflow from outside.
    pub fn stop_execution(&self, name: &str) {
        let client = aws_sdk_sfn::Client::new(&self.sdk);
        let stop = client.stop_execution().execution_arn(self.execution_arn(name));
        self.runtime.block_on(stop.send()).unwrap();
    }

    fn execution_arn(&self, name: &str) -> String {
        let machine = self.output("/state_machine_arn");
        format!("{}:{name}", machine.replace(":stateMachine:", ":execution:"))
    }
}

/// Policy of a queue to which an AWS service may deliver.
pub(crate) fn delivered_by(service: &str) -> String {
    serde_json::json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": "Allow", "Principal": { "Service": service }, "Action": "sqs:SendMessage", "Resource": "*",
        }],
    })
    .to_string()
}

/// Creates a queue, and a rule that sends events of this pattern to it. Returns the queue's URL.
fn listen(world: &World, pattern: &Value) -> String {
    let name = world.id("tap");
    let sqs = aws_sdk_sqs::Client::new(&world.sdk);
    let events = aws_sdk_eventbridge::Client::new(&world.sdk);
    world.runtime.block_on(async {
        let create = sqs.create_queue().queue_name(&name);
        let create =
            create.attributes(QueueAttributeName::Policy, delivered_by("events.amazonaws.com"));
        let queue = create.send().await.unwrap();
        let rule = events.put_rule().name(&name).event_bus_name(world.bus());
        rule.event_pattern(pattern.to_string()).send().await.unwrap();
        let arn = format!("arn:aws:sqs:us-east-1:000000000000:{name}");
        let target = Target::builder().id("tap").arn(arn).build().unwrap();
        let put = events.put_targets().rule(&name).event_bus_name(world.bus());
        put.targets(target).send().await.unwrap();
        queue.queue_url.unwrap()
    })
}
