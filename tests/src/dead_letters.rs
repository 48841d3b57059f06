//! Dead letters, quarantine and redrive.

use aws_sdk_sqs::types::{MessageAttributeValue, QueueAttributeName};
use serde_json::{Value, json};

use crate::bus::delivered_by;
use crate::world::{Answer, World};

impl World {
    /// Sends a message with these attributes to a consumer's dead-letter queue.
    pub fn send_dead_letter(&self, consumer: &str, body: &str, attributes: &[(&str, &str)]) {
        let arn = self.output(&format!("/queues/{consumer}/dlq"));
        self.send_to(arn.rsplit(':').next().unwrap(), body, attributes);
    }

    /// Sends a message with these attributes to a queue, by name.
    pub fn send_to(&self, queue: &str, body: &str, attributes: &[(&str, &str)]) {
        let client = aws_sdk_sqs::Client::new(&self.sdk);
        let url = self.queue_url(queue);
        let mut send = client.send_message().queue_url(url).message_body(body);
        for (name, value) in attributes {
            let value = MessageAttributeValue::builder().data_type("String").string_value(*value);
            send = send.message_attributes(*name, value.build().unwrap());
        }
        self.runtime.block_on(send.send()).unwrap();
    }

    /// URL of a queue without a consumer, for dead letters that are only counted.
    #[must_use]
    pub fn dead_end(&self) -> String {
        let client = aws_sdk_sqs::Client::new(&self.sdk);
        let create = client.create_queue().queue_name("dead-end").send();
        self.runtime.block_on(create).unwrap().queue_url.unwrap()
    }

    /// All quarantine groups, with their counts of open and closed messages.
    #[must_use]
    pub fn groups(&self) -> Vec<Value> {
        self.pages("/v1/quarantine?limit=100", "groups")
    }

    /// The first 100 groups. Empty if the API does not answer because its function was killed or is busy.
    #[must_use]
    pub fn groups_if_it_answers(&self) -> Vec<Value> {
        let page = self.get("olga", "/v1/quarantine?limit=100");
        page.body["groups"].as_array().cloned().unwrap_or_default()
    }

    /// Waits until a group that matches `is` is in quarantine, and returns it.
    #[track_caller]
    pub fn wait_quarantined(&self, what: &str, is: impl Fn(&Value) -> bool) -> Value {
        self.wait_for(&format!("{what} in quarantine"), || {
            let groups = self.groups_if_it_answers().into_iter();
            groups.map(|g| g["group"].clone()).find(&is)
        })
    }

    /// The group with this build and error type, if the API answers.
    #[must_use]
    pub fn group(&self, build: &str, error: &str) -> Option<Value> {
        // Callers poll, so a busy API may fail to answer now.
        self.groups_if_it_answers()
            .into_iter()
            .find(|g| g["group"]["build"] == build && g["group"]["error_type"] == error)
    }

    /// Waits until the group with this build and error type has `open` open messages.
    pub fn wait_group(&self, build: &str, error: &str, open: u64) -> Value {
        self.wait_for(&format!("{open} open messages with {error} in quarantine"), || {
            self.group(build, error).filter(|g| g["open"] == open)
        })
    }

    /// The closed or the open messages of a group.
    #[must_use]
    pub fn messages(&self, fingerprint: &str, closed: bool) -> Vec<Value> {
        self.pages(&format!("/v1/quarantine/{fingerprint}?limit=100&closed={closed}"), "messages")
    }

    /// All open messages of all groups.
    #[must_use]
    pub fn quarantined(&self) -> Vec<Value> {
        let groups = self.groups();
        let fingerprints = groups.iter().map(|g| g["group"]["fingerprint"].as_str().unwrap());
        fingerprints.flat_map(|f| self.messages(f, false)).collect()
    }

    fn pages(&self, path: &str, list: &str) -> Vec<Value> {
        let mut all = Vec::new();
        let mut cursor = String::new();
        loop {
            // If the function is killed or busy, a later request succeeds.
            let page = self.wait_for("an answer of the quarantine API", || {
                let answer = self.get("olga", &format!("{path}{cursor}"));
                (answer.status < 500).then_some(answer)
            });
            let page = page.ok();
            all.extend(page[list].as_array().unwrap().iter().cloned());
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return all,
            }
        }
    }

    /// Requests a redrive as `who`.
    pub fn redrive(&self, who: &str, fingerprint: &str, action: &Value) -> Answer {
        self.post(who, &format!("/v1/quarantine/{fingerprint}/redrive"), action)
    }

    /// Redrives a group, waits until the run ends, and returns the run.
    #[must_use]
    pub fn redrive_to_its_end(&self, fingerprint: &str, force: bool) -> Value {
        let action = json!({ "reason": "it is fixed", "execute": true, "force": force });
        let begun = self.redrive("olga", fingerprint, &action).ok();
        let run_id = begun["run"]["run_id"].clone();
        self.wait_long_for("the end of the redrive run", || {
            let shown = self.get("olga", &format!("/v1/quarantine/{fingerprint}?limit=1")).ok();
            let run = shown["group"]["run"].clone();
            assert_eq!(run["run_id"], run_id);
            (run["state"] != "running").then_some(run)
        })
    }

    /// Subscribes to the fleet's notifications from now on.
    #[must_use]
    pub fn notifications(&self) -> Notifications<'_> {
        let name = self.id("notified");
        let sqs = aws_sdk_sqs::Client::new(&self.sdk);
        let sns = aws_sdk_sns::Client::new(&self.sdk);
        let topic = self.output("/notification_topic_arn");
        let url = self.runtime.block_on(async {
            let create = sqs.create_queue().queue_name(&name);
            let create =
                create.attributes(QueueAttributeName::Policy, delivered_by("sns.amazonaws.com"));
            let queue = create.send().await.unwrap();
            let arn = format!("arn:aws:sqs:us-east-1:000000000000:{name}");
            let subscribe = sns.subscribe().topic_arn(topic).protocol("sqs").endpoint(arn);
            subscribe.send().await.unwrap();
            queue.queue_url.unwrap()
        });
        Notifications { world: self, url, heard: Vec::new() }
    }
}

/// A subscription to the fleet's notifications.
pub struct Notifications<'a> {
    world: &'a World,
    url: String,
    heard: Vec<String>,
}

impl Notifications<'_> {
    /// Number of notifications so far that contain every text in `what`.
    pub fn about(&mut self, what: &[&str]) -> usize {
        for body in self.world.drain(&self.url) {
            let notification: Value = serde_json::from_str(&body).unwrap();
            self.heard.push(notification["Message"].as_str().unwrap().to_owned());
        }
        self.heard.iter().filter(|text| what.iter().all(|w| text.contains(w))).count()
    }
}
