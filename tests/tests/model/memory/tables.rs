//! DynamoDB's items, and the operations of the ledger and of leases on them.
//!
//! Source: the API reference of DynamoDB. Unlike emulators, a transaction keeps its `ClientRequestToken`: the same request, sent again
//! because its answer was lost, succeeds and writes nothing.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::expression::{Item, Terms, meets, updated, uses_all_terms};

/// A table, and the key of an item in it.
type Place = (String, String, String);

/// All items of all tables.
#[derive(Debug, Default)]
pub struct Tables {
    items: BTreeMap<Place, Item>,
    /// What each item was before its last write: a read that is not consistent may still find that.
    before: BTreeMap<Place, Option<Item>>,
    /// Tokens of the transactions that took effect.
    done: BTreeSet<String>,
}

/// Status and body.
pub type Answer = (u16, Value);

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn place(table: &Value, key: &Value) -> Place {
    (text(table), text(&key["pk"]["S"]), text(&key["sk"]["S"]))
}

fn error(kind: &str, mut more: Value) -> Answer {
    more["__type"] = json!(format!("com.amazonaws.dynamodb.v20120810#{kind}"));
    more["message"] = json!(kind);
    (400, more)
}

impl Tables {
    /// Answers a request, or returns `None` for an operation that is not known here.
    pub fn answer(&mut self, operation: &str, request: &Value) -> Option<Answer> {
        Some(match operation {
            "GetItem" => {
                let place = place(&request["TableName"], &request["Key"]);
                let found = self.read(&place, &request["ConsistentRead"]);
                (200, found.map_or(json!({}), |item| json!({ "Item": item })))
            }
            "BatchGetItem" => self.batch_get(request),
            "TransactWriteItems" => self.transact(request),
            "UpdateItem" => self.update(request),
            "Query" => self.query(request),
            _ => return None,
        })
    }

    fn read(&self, place: &Place, consistent: &Value) -> Option<&Item> {
        match self.before.get(place) {
            Some(before) if *consistent != json!(true) => before.as_ref(),
            _ => self.items.get(place),
        }
    }

    fn write(&mut self, place: Place, item: Item) {
        let before = self.items.insert(place.clone(), item);
        self.before.insert(place, before);
    }

    fn batch_get(&self, request: &Value) -> Answer {
        let mut found = json!({});
        for (table, wanted) in request["RequestItems"].as_object().into_iter().flatten() {
            let keys = wanted["Keys"].as_array().into_iter().flatten();
            let consistent = &wanted["ConsistentRead"];
            let items = keys.filter_map(|key| self.read(&place(&json!(table), key), consistent));
            found[table] = json!(items.collect::<Vec<_>>());
        }
        (200, json!({ "Responses": found, "UnprocessedKeys": {} }))
    }

    fn transact(&mut self, request: &Value) -> Answer {
        let token = text(&request["ClientRequestToken"]);
        if self.done.contains(&token) {
            return (200, json!({}));
        }
        let (mut writes, mut reasons) = (Vec::new(), Vec::new());
        let mut places = BTreeSet::new();
        for one in request["TransactItems"].as_array().into_iter().flatten() {
            let (check, key) = match one.get("Put") {
                Some(put) => (put, &put["Item"]),
                None => (&one["ConditionCheck"], &one["ConditionCheck"]["Key"]),
            };
            let place = place(&check["TableName"], key);
            if !places.insert(place.clone()) {
                return error("ValidationException", json!({}));
            }
            let met = self.is_met(&place, check);
            reasons.push(json!({ "Code": if met { "None" } else { "ConditionalCheckFailed" } }));
            if let Some(item) = one["Put"]["Item"].as_object() {
                writes.push((place, item.clone()));
            }
        }
        if reasons.iter().any(|reason| reason["Code"] != "None") {
            return error(
                "TransactionCanceledException",
                json!({ "CancellationReasons": reasons }),
            );
        }
        for (place, item) in writes {
            self.write(place, item);
        }
        self.done.insert(token);
        (200, json!({}))
    }

    fn is_met(&self, place: &Place, request: &Value) -> bool {
        assert!(
            uses_all_terms(request),
            "DynamoDB refuses names or values without a use: {request}"
        );
        let none = Item::new();
        let item = self.items.get(place).unwrap_or(&none);
        let condition = request["ConditionExpression"].as_str();
        condition.is_none_or(|condition| meets(item, condition, &Terms::of(request)))
    }

    fn update(&mut self, request: &Value) -> Answer {
        let place = place(&request["TableName"], &request["Key"]);
        if !self.is_met(&place, request) {
            let found = match request["ReturnValuesOnConditionCheckFailure"].as_str() {
                Some("ALL_OLD") => self.items.get(&place),
                _ => None,
            };
            return error("ConditionalCheckFailedException", json!({ "Item": found }));
        }
        let before = self.items.get(&place).cloned();
        let before =
            before.unwrap_or_else(|| request["Key"].as_object().cloned().unwrap_or_default());
        let update = request["UpdateExpression"].as_str().unwrap_or_default();
        let next = updated(&before, update, &Terms::of(request));
        self.write(place, next.clone());
        let new = request["ReturnValues"] == "ALL_NEW";
        (200, if new { json!({ "Attributes": next }) } else { json!({}) })
    }

    /// The items of a list whose position is before a given one. Nothing else is queried here.
    fn query(&self, request: &Value) -> Answer {
        let values = &request["ExpressionAttributeValues"];
        assert_eq!(
            request["KeyConditionExpression"], "listing_pk = :p AND listing_sk < :before",
            "cannot read this query"
        );
        let (list, before) = (text(&values[":p"]["S"]), text(&values[":before"]["S"]));
        let is_due = |item: &&Item| {
            let of = |name: &str| item.get(name).map(|value| text(&value["S"]));
            of("listing_pk") == Some(list.clone()) && of("listing_sk").is_some_and(|at| at < before)
        };
        let items: Vec<_> = self.items.values().filter(is_due).collect();
        (200, json!({ "Items": items, "Count": items.len() }))
    }
}
