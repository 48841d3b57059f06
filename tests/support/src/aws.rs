//! DynamoDB and EventBridge below the SDK.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use aws_sdk_dynamodb::Client as Db;
use aws_sdk_dynamodb::operation::batch_get_item::BatchGetItemOutput;
use aws_sdk_dynamodb::operation::delete_item::DeleteItemOutput;
use aws_sdk_dynamodb::operation::get_item::GetItemOutput;
use aws_sdk_dynamodb::operation::put_item::PutItemOutput;
use aws_sdk_dynamodb::operation::query::QueryOutput;
use aws_sdk_dynamodb::operation::transact_write_items::{
    TransactWriteItemsError, TransactWriteItemsInput, TransactWriteItemsOutput,
};
use aws_sdk_dynamodb::operation::update_item::UpdateItemOutput;
use aws_sdk_dynamodb::types::error::TransactionCanceledException;
use aws_sdk_dynamodb::types::{AttributeValue, CancellationReason, TransactWriteItem};
use aws_sdk_eventbridge::Client as Events;
use aws_sdk_eventbridge::operation::put_events::PutEventsOutput;
use aws_sdk_eventbridge::types::PutEventsResultEntry;
use aws_smithy_mocks::{RuleMode, mock, mock_client};
use headgate_bus::Bus;
use headgate_events::FunctionName;
use headgate_ledger::{Key, Ledger};
use headgate_outbox::Flow;
use serde::Serialize;
use serde_json::{Value, json};

use crate::mask::{mask_uuids, masked, masked_by};

type Item = HashMap<String, AttributeValue>;
type Items = HashMap<(String, String), Item>;

/// How DynamoDB refuses the next transaction.
#[derive(Debug, Clone, Copy)]
pub enum Refusal {
    /// The first item, the marker, exists already.
    Duplicate,
    /// Another item has changed since it was read.
    Conflict,
}

#[derive(Default)]
struct State {
    items: Items,
    refusals: Vec<Refusal>,
    /// Reasons of the refusal that is being answered.
    refused: Option<Vec<&'static str>>,
    /// Entries of `PutEvents` to reject, counted down.
    rejected: usize,
    /// Whether reads find what was written.
    storing: bool,
    /// An item that another writer changes after so many reads of it.
    changing: Option<(usize, (String, String), Item)>,
    /// What everything becomes after this item was read.
    becoming: Option<((String, String), Items)>,
    transactions: usize,
    writes: Vec<Value>,
    published: Vec<Value>,
    delivered: Vec<String>,
    marked: usize,
}

impl State {
    fn become_after(&mut self, read: &[(String, String)]) {
        if let Some((_, items)) = self.becoming.take_if(|(key, _)| read.contains(key)) {
            self.items = items;
        }
    }
}

/// Items that reads find, and a record of what was written and published.
#[derive(Clone, Default)]
pub struct Aws(Arc<Mutex<State>>);

impl Aws {
    /// Nothing is stored.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    /// An item that reads find, at version 1.
    #[must_use]
    pub fn with(self, key: &Key, value: &impl Serialize) -> Self {
        let body = serde_json::to_string(value).unwrap();
        let (pk, sk) = key.parts();
        let item = Item::from([
            ("pk".to_owned(), AttributeValue::S(pk.to_owned())),
            ("sk".to_owned(), AttributeValue::S(sk.to_owned())),
            ("version".to_owned(), AttributeValue::N("1".to_owned())),
            ("body".to_owned(), AttributeValue::S(body)),
        ]);
        self.state().items.insert((pk.to_owned(), sk.to_owned()), item);
        self
    }

    /// A marker whose outbox is published, or not.
    #[must_use]
    pub fn with_marker(self, key: &Key, outbox: &Value, published: bool) -> Self {
        let this = self.with(key, &json!({ "outbox": outbox }));
        let (pk, sk) = key.parts();
        if let Some(item) = this.state().items.get_mut(&(pk.to_owned(), sk.to_owned())) {
            item.insert("published".to_owned(), AttributeValue::Bool(published));
        }
        this
    }

    /// The same items, from now on apart.
    #[must_use]
    pub fn copy(&self) -> Self {
        let state = self.state();
        let copy = State { items: state.items.clone(), storing: state.storing, ..State::default() };
        drop(state);
        Self(Arc::new(Mutex::new(copy)))
    }

    /// Puts some items back to what they were earlier; those that were not there then are removed. `which` gets keys as `pk/sk`.
    #[must_use]
    pub fn restoring(self, earlier: &Self, which: fn(&str) -> bool) -> Self {
        let old = earlier.state().items.clone().into_iter();
        let is_one = |(pk, sk): &(String, String)| which(&format!("{pk}/{sk}"));
        let mut state = self.state();
        state.items.retain(|key, _| !is_one(key));
        state.items.extend(old.filter(|(key, _)| is_one(key)));
        drop(state);
        self
    }

    /// Changes what is stored, as somebody with other means than the fleet's could. The closure gets keys as `pk/sk`, and bodies; `null` removes
    /// an item.
    pub fn tamper(&self, change: impl Fn(&str, &mut Value)) {
        let mut state = self.state();
        state.items.retain(|(pk, sk), item| {
            let mut body: Value = serde_json::from_str(item["body"].as_s().unwrap()).unwrap();
            change(&format!("{pk}/{sk}"), &mut body);
            item.insert("body".to_owned(), AttributeValue::S(body.to_string()));
            !body.is_null()
        });
    }

    /// Refuses the next transactions, one after the other.
    #[must_use]
    pub fn refusing(self, refusals: &[Refusal]) -> Self {
        self.state().refusals.extend(refusals.iter().rev());
        self
    }

    /// Lets reads find what the handler has written, and checks the conditions of its writes.
    #[must_use]
    pub fn storing(self) -> Self {
        self.state().storing = true;
        self
    }

    /// Lets another writer change an item after it has been read so many times.
    #[must_use]
    pub fn changing_after(self, reads: usize, key: &Key, value: &impl Serialize) -> Self {
        let (pk, sk) = key.parts();
        let key = (pk.to_owned(), sk.to_owned());
        let mut item = self.state().items[&key].clone();
        item.insert("version".to_owned(), AttributeValue::N("2".to_owned()));
        let body = serde_json::to_string(value).unwrap();
        item.insert("body".to_owned(), AttributeValue::S(body));
        self.state().changing = Some((reads, key, item));
        self
    }

    /// Lets another writer be between two reads: once the item at `key` was read, everything is as it is in `other`.
    #[must_use]
    pub fn becoming_after(self, key: &Key, other: &Self) -> Self {
        let (pk, sk) = key.parts();
        let items = other.state().items.clone();
        self.state().becoming = Some(((pk.to_owned(), sk.to_owned()), items));
        self
    }

    /// Rejects so many entries of `PutEvents` with a 200, as EventBridge does.
    #[must_use]
    pub fn rejecting(self, entries: usize) -> Self {
        self.state().rejected = entries;
        self
    }

    /// A ledger over these items.
    #[must_use]
    pub fn ledger(&self, table: &str) -> Ledger {
        let this = self.clone();
        let get = mock!(Db::get_item).then_compute_output(move |request| {
            let key = request.key().unwrap();
            let part = |name: &str| key[name].as_s().unwrap().clone();
            let key = (part("pk"), part("sk"));
            assert!(key.0.len() <= 2_048 && key.1.len() <= 1_024, "DynamoDB refuses such a key");
            let mut state = this.state();
            let item = state.items.get(&key).cloned();
            state.become_after(std::slice::from_ref(&key));
            if let Some((reads, changed, next)) = &mut state.changing
                && *changed == key
            {
                *reads -= 1;
                if *reads == 0 {
                    let next = next.clone();
                    state.changing = None;
                    state.items.insert(key, next);
                }
            }
            GetItemOutput::builder().set_item(item).build()
        });
        let this = self.clone();
        let batch_get = mock!(Db::batch_get_item).then_compute_output(move |request| {
            let mut state = this.state();
            let (table, wanted) = request.request_items().unwrap().iter().next().unwrap();
            let mut keys = Vec::new();
            for key in wanted.keys() {
                let part = |name: &str| key[name].as_s().unwrap().clone();
                let key = (part("pk"), part("sk"));
                let lengths = [(&key.0, 2_048), (&key.1, 1_024)];
                let valid = lengths.iter().all(|(part, most)| (1..=*most).contains(&part.len()));
                assert!(valid, "DynamoDB refuses such a key");
                assert!(!keys.contains(&key), "DynamoDB refuses a key that is there twice");
                keys.push(key);
            }
            assert!((1..=100).contains(&keys.len()) && wanted.consistent_read() == Some(true));
            let found = keys.iter().filter_map(|key| state.items.get(key).cloned()).collect();
            state.become_after(&keys);
            BatchGetItemOutput::builder()
                .set_responses(Some(HashMap::from([(table.clone(), found)])))
                .build()
        });
        let this = self.clone();
        let query = mock!(Db::query).then_compute_output(move |request| {
            let values = request.expression_attribute_values().unwrap();
            let value = |name: &str| values.get(name).map(|v| v.as_s().unwrap().clone());
            let pk = value(":p").unwrap();
            let first = value(":from").or(value(":first")).unwrap_or_default();
            let last = value(":to").or(value(":last")).unwrap_or_else(|| "~".to_owned());
            let prefix = value(":s").unwrap_or_default();
            let last = value(":before").unwrap_or(last);
            let state = this.state();
            // The index has its own keys. A test may also put an item where the index would have it.
            let index = request.index_name().is_some();
            let key = |((p, sk), item): (&(String, String), &Item)| {
                let text = |name: &str| item.get(name)?.as_s().ok().cloned();
                let listed = text("listing_pk").zip(text("listing_sk")).filter(|_| index);
                Some(listed.unwrap_or_else(|| (p.clone(), sk.clone())))
            };
            let all = state.items.iter().filter_map(|one| Some((key(one)?, one.1)));
            let mut found: Vec<_> = all
                .filter(|((p, sk), _)| *p == pk && *sk >= first && *sk <= last)
                .filter(|((_, sk), _)| sk.starts_with(&prefix))
                .collect();
            found.sort_by_key(|((_, sk), _)| sk.clone());
            if request.scan_index_forward() == Some(false) {
                found.reverse();
            }
            let limit = request.limit().map_or(usize::MAX, |n| usize::try_from(n).unwrap());
            let items = found.into_iter().take(limit).map(|(_, item)| item.clone()).collect();
            QueryOutput::builder().set_items(Some(items)).build()
        });
        let this = self.clone();
        let refused = mock!(Db::transact_write_items)
            .match_requests(move |request| {
                let mut state = this.state();
                state.transactions += 1;
                let scripted = state.refusals.pop().map(|refusal| match refusal {
                    Refusal::Duplicate => vec!["ConditionalCheckFailed", "None"],
                    Refusal::Conflict => vec!["None", "ConditionalCheckFailed"],
                });
                state.refused = scripted.or_else(|| failed_conditions(&state, request));
                state.refused.is_some()
            })
            .then_error({
                let this = self.clone();
                move || {
                    let codes = this.state().refused.take().unwrap();
                    let reasons =
                        codes.iter().map(|c| CancellationReason::builder().code(*c).build());
                    TransactWriteItemsError::TransactionCanceledException(
                        TransactionCanceledException::builder()
                            .set_cancellation_reasons(Some(reasons.collect()))
                            .build(),
                    )
                }
            });
        let this = self.clone();
        let write = mock!(Db::transact_write_items).then_compute_output(move |request| {
            let mut state = this.state();
            assert!(request.transact_items().len() <= 100, "DynamoDB takes no more");
            let mut keys = std::collections::HashSet::new();
            for item in request.transact_items() {
                let Some(put) = item.put() else {
                    let check = item.condition_check().unwrap();
                    let pk = check.key()["pk"].as_s().unwrap();
                    state.writes.push(json!({ "check": pk }));
                    continue;
                };
                state.writes.push(written(put.item(), put.condition_expression()));
                let part = |name: &str| put.item()[name].as_s().unwrap().clone();
                let new = keys.insert((put.table_name().to_owned(), part("pk"), part("sk")));
                assert!(new, "DynamoDB refuses an item that is there twice");
                if state.storing {
                    let part = |name: &str| put.item()[name].as_s().unwrap().clone();
                    state.items.insert((part("pk"), part("sk")), put.item().clone());
                }
            }
            TransactWriteItemsOutput::builder().build()
        });
        let this = self.clone();
        let mark = mock!(Db::update_item).then_compute_output(move |request| {
            let mut state = this.state();
            state.marked += 1;
            if state.storing {
                let part = |name: &str| request.key().unwrap()[name].as_s().unwrap().clone();
                let marker = state.items.get_mut(&(part("pk"), part("sk"))).unwrap();
                marker.insert("published".to_owned(), AttributeValue::Bool(true));
            }
            UpdateItemOutput::builder().build()
        });
        // Of single writes, only those are conditional whose versions grow: one that comes late changes nothing.
        let this = self.clone();
        let put = mock!(Db::put_item).then_compute_output(move |request| {
            let item = request.item().unwrap();
            let part = |name: &str| item[name].as_s().unwrap().clone();
            let key = (part("pk"), part("sk"));
            let mut state = this.state();
            if state.items.get(&key).is_none_or(|before| version(before) < version(item)) {
                state.items.insert(key, item.clone());
            }
            PutItemOutput::builder().build()
        });
        let this = self.clone();
        let delete = mock!(Db::delete_item).then_compute_output(move |request| {
            let part = |name: &str| request.key().unwrap()[name].as_s().unwrap().clone();
            let most = &request.expression_attribute_values().unwrap()[":v"];
            let most: u64 = most.as_n().unwrap().parse().unwrap();
            let key = (part("pk"), part("sk"));
            let mut state = this.state();
            if state.items.get(&key).is_some_and(|item| version(item) <= most) {
                state.items.remove(&key);
            }
            DeleteItemOutput::builder().build()
        });
        let client = mock_client!(
            aws_sdk_dynamodb,
            RuleMode::MatchAny,
            [&get, &batch_get, &query, &refused, &write, &mark, &put, &delete]
        );
        Ledger::new(client, table)
    }

    /// A flow over these items, at a fixed time.
    #[must_use]
    pub fn flow(&self, function: &'static str) -> Flow {
        let this = self.clone();
        let put = mock!(Events::put_events).then_compute_output(move |request| {
            let mut state = this.state();
            let mut results = Vec::new();
            let mut failed = 0;
            for entry in request.entries() {
                let result = PutEventsResultEntry::builder();
                if state.rejected > 0 {
                    state.rejected -= 1;
                    failed += 1;
                    results.push(result.error_code("ThrottlingException").build());
                    continue;
                }
                let detail: Value = serde_json::from_str(entry.detail().unwrap()).unwrap();
                state.delivered.push(
                    json!({
                        "source": entry.source(), "detail-type": entry.detail_type(),
                        "resources": entry.resources(), "detail": detail,
                    })
                    .to_string(),
                );
                state.published.push(json!({
                    "source": entry.source(), "type": entry.detail_type(), "detail": detail,
                }));
                results.push(result.event_id("e").build());
            }
            PutEventsOutput::builder().set_entries(Some(results)).failed_entry_count(failed).build()
        });
        let bus = mock_client!(aws_sdk_eventbridge, RuleMode::MatchAny, [&put]);
        Flow {
            ledger: self.ledger("ledger"),
            bus: Bus::new(bus, "bus"),
            function: FunctionName::new(function),
            clock: crate::now,
        }
    }

    /// Everything that was written, published and marked; ids that are drawn at random are masked.
    #[must_use]
    pub fn record(&self) -> Value {
        let state = self.state();
        masked(&json!({
            "written": state.writes, "published": state.published, "outboxes marked": state.marked,
        }))
    }

    /// The same with every UUID masked: for handlers that derive event ids from an id that they draw.
    #[must_use]
    pub fn record_without_ids(&self) -> Value {
        masked_by(&self.record(), &|text| mask_uuids(text, |_| true))
    }

    /// Bodies of all items that a test put there or, after [`Self::storing`], that a handler wrote; by key.
    #[must_use]
    pub fn stored(&self) -> std::collections::BTreeMap<String, Value> {
        let state = self.state();
        let body = |item: &Item| serde_json::from_str(item["body"].as_s().unwrap()).unwrap();
        state.items.iter().map(|((pk, sk), item)| (format!("{pk}/{sk}"), body(item))).collect()
    }

    /// Types of the published events.
    #[must_use]
    pub fn published(&self) -> Vec<String> {
        let state = self.state();
        state.published.iter().map(|e| e["type"].as_str().unwrap().to_owned()).collect()
    }

    /// The published events, as EventBridge puts them into a queue.
    #[must_use]
    pub fn delivered(&self) -> Vec<String> {
        self.state().delivered.clone()
    }

    /// Number of transactions, those that were refused included.
    #[must_use]
    pub fn transactions(&self) -> usize {
        self.state().transactions
    }

    /// Number of items that were written.
    #[must_use]
    pub fn writes(&self) -> usize {
        self.state().writes.len()
    }
}

/// Reasons to cancel a transaction, as DynamoDB would give them; `None` if every condition holds.
fn failed_conditions(
    state: &State,
    request: &TransactWriteItemsInput,
) -> Option<Vec<&'static str>> {
    if !state.storing {
        return None;
    }
    let version = |item: Option<&Item>| item.map(|i| i["version"].as_n().unwrap().clone());
    let holds = |write: &TransactWriteItem| {
        let (key, values) = match (write.put(), write.condition_check()) {
            (Some(put), _) if put.condition_expression().is_none() => return true,
            (Some(put), _) => (put.item(), put.expression_attribute_values()),
            (None, Some(check)) => (check.key(), check.expression_attribute_values()),
            (None, None) => return true,
        };
        let part = |name: &str| key[name].as_s().unwrap().clone();
        let known = version(state.items.get(&(part("pk"), part("sk"))));
        let wanted = values.and_then(|v| v.get(":v")).map(|v| v.as_n().unwrap().clone());
        known == wanted
    };
    let code = |write| if holds(write) { "None" } else { "ConditionalCheckFailed" };
    let codes: Vec<_> = request.transact_items().iter().map(code).collect();
    codes.contains(&"ConditionalCheckFailed").then_some(codes)
}

fn version(item: &Item) -> u64 {
    item["version"].as_n().unwrap().parse().unwrap()
}

fn written(item: &Item, condition: Option<&str>) -> Value {
    let text = |name: &str| item.get(name).and_then(|v| v.as_s().ok()).cloned();
    let body: Value = text("body").and_then(|b| serde_json::from_str(&b).ok()).unwrap_or_default();
    // The part of the list of outboxes depends on the id of the marker, which may be drawn at random.
    let list = text("listing_pk");
    let list =
        list.map(|list| if list.starts_with("OUTBOX#") { "OUTBOX".to_owned() } else { list });
    json!({
        "key": format!("{}/{}", text("pk").unwrap_or_default(), text("sk").unwrap_or_default()),
        "version": item.get("version").and_then(|v| v.as_n().ok()),
        "condition": condition,
        "list": list,
        "body": body,
    })
}
