//! Direct access to the emulator's data. The storm needs it because it kills the functions behind the API.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::{AttributeValue, KeysAndAttributes};
use aws_sdk_sqs::types::QueueAttributeName;
use headgate_domain::timeline::{Entry, Head};
use serde_json::{Value, json};

use crate::world::World;

/// A stored item.
#[derive(Debug, Clone)]
pub struct Found {
    /// Its value.
    pub body: Value,
    /// How often it was written.
    pub version: u64,
}

impl World {
    /// Items of a table of the fleet, by their keys. Those that do not exist are missing.
    #[must_use]
    pub fn items(
        &self,
        table: &str,
        keys: impl IntoIterator<Item = (String, String)>,
    ) -> BTreeMap<(String, String), Found> {
        self.items_in(&self.output(table), keys)
    }

    /// The same, of a table with this name.
    #[must_use]
    pub fn items_in(
        &self,
        table: &str,
        keys: impl IntoIterator<Item = (String, String)>,
    ) -> BTreeMap<(String, String), Found> {
        let client = self.dynamodb();
        let keys: Vec<_> = keys.into_iter().map(|(pk, sk)| Self::key(pk, &sk)).collect();
        let mut found = BTreeMap::new();
        for hundred in keys.chunks(100) {
            let keys = KeysAndAttributes::builder().set_keys(Some(hundred.to_vec()));
            let keys = keys.consistent_read(true).build().unwrap();
            let ask = client.batch_get_item().request_items(table, keys).send();
            let answer = self.runtime.block_on(ask).unwrap();
            for item in answer.responses().into_iter().flat_map(|r| r.values()).flatten() {
                let text = |name: &str| item[name].as_s().unwrap().clone();
                let body = serde_json::from_str(&text("body")).unwrap();
                let version = item["version"].as_n().unwrap().parse().unwrap();
                found.insert((text("pk"), text("sk")), Found { body, version });
            }
        }
        found
    }

    /// Number of messages in all queues of the fleet: visible, in flight or delayed, including dead-letter
    /// queues.
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

    /// Edits a stored value directly, bypassing every check.
    pub fn rewrite(&self, table: &str, (pk, sk): (&str, &str), edit: &dyn Fn(&str) -> String) {
        let client = self.dynamodb();
        let table = self.output(table);
        let keys = || Some(Self::key(pk.to_owned(), sk));
        self.block_on(async {
            let get = client.get_item().table_name(&table).set_key(keys());
            let item = get.send().await.unwrap().item.unwrap();
            let body = edit(item["body"].as_s().unwrap());
            client
                .update_item()
                .table_name(&table)
                .set_key(keys())
                .update_expression("SET body = :body")
                .expression_attribute_values(":body", AttributeValue::S(body))
                .send()
                .await
                .unwrap();
        });
    }

    /// Number of entries on each timeline, by engagement. Engagements without a timeline are missing.
    #[must_use]
    pub fn timeline_lengths<'a>(
        &self,
        engagements: impl Iterator<Item = &'a str>,
    ) -> BTreeMap<String, u64> {
        let keys = engagements.map(|e| (format!("TIMELINE#{e}"), "HEAD".to_owned()));
        let heads = self.items("/tables/ledger", keys);
        let length = |((pk, _), found): ((String, String), Found)| {
            let head: Head = serde_json::from_value(found.body).unwrap();
            (pk.trim_start_matches("TIMELINE#").to_owned(), head.seq)
        };
        heads.into_iter().map(length).collect()
    }

    /// The stored timeline of an engagement, read from the table.
    #[must_use]
    pub fn stored_timeline(&self, engagement: &str) -> Vec<Entry> {
        let (mut entries, mut after) = (Vec::new(), None);
        loop {
            let query = self
                .dynamodb()
                .query()
                .table_name(self.output("/tables/ledger"))
                .key_condition_expression("pk = :p AND begins_with(sk, :s)")
                .expression_attribute_values(
                    ":p",
                    AttributeValue::S(format!("TIMELINE#{engagement}")),
                )
                .expression_attribute_values(":s", AttributeValue::S("ENTRY#".to_owned()))
                .consistent_read(true)
                .set_exclusive_start_key(after);
            let answer = self.runtime.block_on(query.send()).unwrap();
            let bodies = answer.items().iter().map(|item| item["body"].as_s().unwrap());
            entries.extend(bodies.map(|body| serde_json::from_str::<Entry>(body).unwrap()));
            after = answer.last_evaluated_key;
            if after.is_none() {
                return entries;
            }
        }
    }

    /// Totals of the metrics that all functions wrote to the emulator's logs, by metric name.
    #[must_use]
    pub fn counted(&self) -> BTreeMap<String, u64> {
        let functions: BTreeMap<String, String> =
            serde_json::from_value(self.value("/functions")).unwrap();
        let mut sums = BTreeMap::new();
        for line in functions.values().flat_map(|name| self.log_lines(name, "_aws")) {
            let Ok(line) = serde_json::from_str::<Value>(line.trim()) else { continue };
            let metrics = line["_aws"]["CloudWatchMetrics"][0]["Metrics"].as_array();
            for metric in metrics.into_iter().flatten() {
                let metric = metric["Name"].as_str().unwrap();
                *sums.entry(metric.to_owned()).or_default() += line[metric].as_u64().unwrap();
            }
        }
        sums
    }

    /// Log lines of a function that match `pattern`. An empty pattern matches all lines.
    #[must_use]
    pub fn log_lines(&self, function: &str, pattern: &str) -> Vec<String> {
        let (mut lines, mut next) = (Vec::new(), Value::Null);
        loop {
            let ask = json!({
                "logGroupName": format!("/aws/lambda/{function}"),
                "filterPattern": pattern, "limit": 10_000, "nextToken": next,
            });
            let page = self.logs(&ask);
            let events = page["events"].as_array().into_iter().flatten();
            lines.extend(events.map(|e| e["message"].as_str().unwrap_or_default().to_owned()));
            if page["nextToken"].is_null() || page["nextToken"] == next {
                return lines;
            }
            next = page["nextToken"].clone();
        }
    }

    /// Everything that the fleet has stored: items of all tables, objects of both buckets, and logs.
    #[must_use]
    pub fn everything_written(&self) -> Vec<String> {
        let mut written = Vec::new();
        let tables: BTreeMap<String, String> =
            serde_json::from_value(self.value("/tables")).unwrap();
        let functions: BTreeMap<String, String> =
            serde_json::from_value(self.value("/functions")).unwrap();
        let (dynamodb, s3) = (self.dynamodb(), self.s3());
        self.runtime.block_on(async {
            for table in tables.values() {
                let mut pages = dynamodb.scan().table_name(table).into_paginator().items().send();
                while let Some(item) = pages.next().await {
                    written.push(format!("{:?}", item.unwrap()));
                }
            }
            for bucket in ["/artifact_bucket", "/quarantine_bucket"].map(|b| self.output(b)) {
                let mut pages = s3.list_objects_v2().bucket(&bucket).into_paginator().send();
                while let Some(page) = pages.next().await {
                    for object in page.unwrap().contents() {
                        let key = object.key().unwrap_or_default();
                        let got = s3.get_object().bucket(&bucket).key(key).send().await.unwrap();
                        let bytes = got.body.collect().await.unwrap().to_vec();
                        written.push(String::from_utf8_lossy(&bytes).into_owned());
                    }
                }
            }
        });
        written.extend(functions.values().flat_map(|name| self.log_lines(name, "")));
        written
    }
}
