//! What the emulator knows, asked directly: for the storm, which kills the functions that would answer.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::{AttributeValue, KeysAndAttributes};
use aws_sdk_sqs::types::QueueAttributeName;
use headgate_domain::timeline::{Entry, Head};
use serde_json::{Value, json};

use crate::world::World;

impl World {
    /// Messages in all queues of the fleet, dead-letter queues too, in flight or not.
    #[must_use]
    pub fn queued(&self) -> u64 {
        let client = aws_sdk_sqs::Client::new(&self.sdk);
        let queues: BTreeMap<String, BTreeMap<String, String>> =
            serde_json::from_value(self.value("/queues")).unwrap();
        let mut sum = 0;
        for arn in queues.values().flat_map(BTreeMap::values) {
            let url = self.queue_url(arn.rsplit(':').next().unwrap());
            let names = [
                QueueAttributeName::ApproximateNumberOfMessages,
                QueueAttributeName::ApproximateNumberOfMessagesNotVisible,
                QueueAttributeName::ApproximateNumberOfMessagesDelayed,
            ];
            let ask = client
                .get_queue_attributes()
                .queue_url(url)
                .set_attribute_names(Some(names.into()));
            let answer = self.runtime.block_on(ask.send()).unwrap();
            let counts = answer.attributes().into_iter().flat_map(|a| a.values());
            sum += counts.filter_map(|n| n.parse::<u64>().ok()).sum::<u64>();
        }
        sum
    }

    fn key(pk: String, sk: &str) -> std::collections::HashMap<String, AttributeValue> {
        [("pk", pk), ("sk", sk.to_owned())]
            .map(|(name, value)| (name.to_owned(), AttributeValue::S(value)))
            .into()
    }

    /// Length of each timeline.
    #[must_use]
    pub fn timeline_lengths<'a>(
        &self,
        engagements: impl Iterator<Item = &'a str>,
    ) -> BTreeMap<String, u64> {
        let client = self.dynamodb();
        let table = self.output("/tables/ledger");
        let engagements: Vec<_> = engagements.collect();
        let mut lengths = BTreeMap::new();
        for hundred in engagements.chunks(100) {
            let keys = hundred.iter().map(|e| Self::key(format!("TIMELINE#{e}"), "HEAD"));
            let keys = KeysAndAttributes::builder().set_keys(Some(keys.collect())).build().unwrap();
            let ask = client.batch_get_item().request_items(&table, keys).send();
            let answer = self.runtime.block_on(ask).unwrap();
            for item in answer.responses().into_iter().flat_map(|r| r.values()).flatten() {
                let head: Head = serde_json::from_str(item["body"].as_s().unwrap()).unwrap();
                let engagement = item["pk"].as_s().unwrap().trim_start_matches("TIMELINE#");
                lengths.insert(engagement.to_owned(), head.seq);
            }
        }
        lengths
    }

    /// A timeline, as it is stored.
    #[must_use]
    pub fn stored_timeline(&self, engagement: &str) -> Vec<Entry> {
        let query = self
            .dynamodb()
            .query()
            .table_name(self.output("/tables/ledger"))
            .key_condition_expression("pk = :p AND begins_with(sk, :s)")
            .expression_attribute_values(":p", AttributeValue::S(format!("TIMELINE#{engagement}")))
            .expression_attribute_values(":s", AttributeValue::S("ENTRY#".to_owned()))
            .consistent_read(true);
        let answer = self.runtime.block_on(query.send()).unwrap();
        let entry = |item: &std::collections::HashMap<String, AttributeValue>| {
            serde_json::from_str(item["body"].as_s().unwrap()).unwrap()
        };
        answer.items().iter().map(entry).collect()
    }

    /// What the batch runners of all consumers counted, read off the logs that an emulator keeps.
    #[must_use]
    pub fn counted(&self) -> BTreeMap<String, u64> {
        let functions: BTreeMap<String, String> =
            serde_json::from_value(self.value("/functions")).unwrap();
        let mut sums = BTreeMap::new();
        for name in functions.values() {
            let mut next = Value::Null;
            loop {
                let ask = json!({
                    "logGroupName": format!("/aws/lambda/{name}"),
                    "filterPattern": "_aws", "limit": 10_000, "nextToken": next,
                });
                let page = self.logs(&ask);
                for event in page["events"].as_array().into_iter().flatten() {
                    let line = event["message"].as_str().unwrap_or_default().trim();
                    let Ok(line) = serde_json::from_str::<Value>(line) else { continue };
                    for metric in line["_aws"]["CloudWatchMetrics"][0]["Metrics"]
                        .as_array()
                        .into_iter()
                        .flatten()
                    {
                        let metric = metric["Name"].as_str().unwrap();
                        *sums.entry(metric.to_owned()).or_default() +=
                            line[metric].as_u64().unwrap();
                    }
                }
                if page["nextToken"].is_null() || page["nextToken"] == next {
                    break;
                }
                next = page["nextToken"].clone();
            }
        }
        sums
    }
}
