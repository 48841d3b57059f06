//! What DynamoDB answers to reads.

use std::collections::HashMap;

use aws_sdk_dynamodb::Client as Db;
use aws_sdk_dynamodb::operation::batch_get_item::BatchGetItemOutput;
use aws_sdk_dynamodb::operation::get_item::GetItemOutput;
use aws_sdk_dynamodb::operation::query::QueryOutput;
use aws_smithy_mocks::{Rule, mock};

use super::{Aws, Item};

/// Answers `GetItem`, and lets other writers be between reads.
pub(super) fn get(this: Aws) -> Rule {
    mock!(Db::get_item).then_compute_output(move |request| {
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
    })
}

/// Answers `BatchGetItem`, and checks what DynamoDB refuses.
pub(super) fn batch_get(this: Aws) -> Rule {
    mock!(Db::batch_get_item).then_compute_output(move |request| {
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
    })
}

/// Answers `Query`, on the table and on its index.
pub(super) fn query(this: Aws) -> Rule {
    mock!(Db::query).then_compute_output(move |request| {
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
    })
}
