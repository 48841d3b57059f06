//! DynamoDB and EventBridge below the SDK.

mod events;
mod reads;
mod seen;
mod writes;

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use aws_sdk_dynamodb::types::AttributeValue;
use aws_smithy_mocks::{RuleMode, mock_client};
use headgate_bus::Bus;
use headgate_events::FunctionName;
use headgate_ledger::{Key, Ledger};
use headgate_outbox::Flow;
use serde::Serialize;
use serde_json::{Value, json};

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

    /// Lists an item a second time, as an index that lags behind does; with another sort key, as if somebody had written it beside.
    pub fn list_twice(&self, (pk, sk): (&str, &str), other: &str) {
        let mut state = self.state();
        let mut item = state.items[&(pk.to_owned(), sk.to_owned())].clone();
        item.insert("sk".to_owned(), AttributeValue::S(other.to_owned()));
        state.items.insert((format!("AGAIN#{pk}"), other.to_owned()), item);
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
        use writes::{delete, mark, put, refused, write};
        let reads = [reads::get, reads::batch_get, reads::query];
        let rules = reads.into_iter().chain([refused, write, mark, put, delete]);
        let rules: Vec<_> = rules.map(|rule| rule(self.clone())).collect();
        let rules: Vec<_> = rules.iter().collect();
        Ledger::new(mock_client!(aws_sdk_dynamodb, RuleMode::MatchAny, &rules), table)
    }

    /// A flow over these items, at a fixed time.
    #[must_use]
    pub fn flow(&self, function: &'static str) -> Flow {
        let put = events::put_events(self.clone());
        let bus = mock_client!(aws_sdk_eventbridge, RuleMode::MatchAny, [&put]);
        Flow {
            ledger: self.ledger("ledger"),
            bus: Bus::new(bus, "bus"),
            function: FunctionName::new(function),
            clock: crate::now,
        }
    }
}
