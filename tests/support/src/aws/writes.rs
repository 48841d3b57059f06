//! What DynamoDB answers to writes.

use aws_sdk_dynamodb::Client as Db;
use aws_sdk_dynamodb::operation::delete_item::DeleteItemOutput;
use aws_sdk_dynamodb::operation::put_item::PutItemOutput;
use aws_sdk_dynamodb::operation::transact_write_items::{
    TransactWriteItemsError, TransactWriteItemsInput, TransactWriteItemsOutput,
};
use aws_sdk_dynamodb::operation::update_item::UpdateItemOutput;
use aws_sdk_dynamodb::types::error::TransactionCanceledException;
use aws_sdk_dynamodb::types::{AttributeValue, CancellationReason, TransactWriteItem};
use aws_smithy_mocks::{Rule, mock};
use serde_json::{Value, json};

use super::{Aws, Item, Refusal, State};

/// Refuses transactions, as a test scripts it or as their conditions say.
pub(super) fn refused(this: Aws) -> Rule {
    let refuses = this.clone();
    mock!(Db::transact_write_items)
        .match_requests(move |request| {
            let mut state = refuses.state();
            state.transactions += 1;
            let scripted = state.refusals.pop().map(|refusal| match refusal {
                Refusal::Duplicate => vec!["ConditionalCheckFailed", "None"],
                Refusal::Conflict => vec!["None", "ConditionalCheckFailed"],
            });
            state.refused = scripted.or_else(|| failed_conditions(&state, request));
            state.refused.is_some()
        })
        .then_error(move || {
            let codes = this.state().refused.take().unwrap();
            let reasons = codes.iter().map(|c| CancellationReason::builder().code(*c).build());
            TransactWriteItemsError::TransactionCanceledException(
                TransactionCanceledException::builder()
                    .set_cancellation_reasons(Some(reasons.collect()))
                    .build(),
            )
        })
}

/// Records a transaction, and stores what it writes.
pub(super) fn write(this: Aws) -> Rule {
    mock!(Db::transact_write_items).then_compute_output(move |request| {
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
    })
}

/// Marks an outbox as published.
pub(super) fn mark(this: Aws) -> Rule {
    mock!(Db::update_item).then_compute_output(move |request| {
        let mut state = this.state();
        state.marked += 1;
        if state.storing {
            let part = |name: &str| request.key().unwrap()[name].as_s().unwrap().clone();
            let marker = state.items.get_mut(&(part("pk"), part("sk"))).unwrap();
            marker.insert("published".to_owned(), AttributeValue::Bool(true));
        }
        UpdateItemOutput::builder().build()
    })
}

/// Answers `PutItem`. Of single writes, only those are conditional whose versions grow: one that comes late changes nothing.
pub(super) fn put(this: Aws) -> Rule {
    mock!(Db::put_item).then_compute_output(move |request| {
        let item = request.item().unwrap();
        let part = |name: &str| item[name].as_s().unwrap().clone();
        let key = (part("pk"), part("sk"));
        let mut state = this.state();
        if state.items.get(&key).is_none_or(|before| version(before) < version(item)) {
            state.items.insert(key, item.clone());
        }
        PutItemOutput::builder().build()
    })
}

/// Answers `DeleteItem`, for items up to a version.
pub(super) fn delete(this: Aws) -> Rule {
    mock!(Db::delete_item).then_compute_output(move |request| {
        let part = |name: &str| request.key().unwrap()[name].as_s().unwrap().clone();
        let most = &request.expression_attribute_values().unwrap()[":v"];
        let most: u64 = most.as_n().unwrap().parse().unwrap();
        let key = (part("pk"), part("sk"));
        let mut state = this.state();
        if state.items.get(&key).is_some_and(|item| version(item) <= most) {
            state.items.remove(&key);
        }
        DeleteItemOutput::builder().build()
    })
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
