//! Writes that took effect although their answers were lost: the SDK sends them a second time.

use std::sync::Arc;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::update_item::{UpdateItemError, UpdateItemInput};
use aws_sdk_dynamodb::types::error::ConditionalCheckFailedException;
use aws_smithy_mocks::{Rule, mock};
use headgate_lease::{LeaseError, LeaseOutcome};

use crate::{NOW_MS, claimed, ended, is_lease, item, lease_error, leases, order, pay, refused};

/// The owner that a run has drawn: it is random, and in each of its requests.
type Owner = Arc<std::sync::Mutex<String>>;

fn draws(owner: &Owner) -> impl Fn(&UpdateItemInput) -> bool + use<> {
    let owner = Arc::clone(owner);
    move |r| {
        let drawn = r.expression_attribute_values().unwrap()[":owner"].as_s().unwrap().clone();
        *owner.lock().unwrap() = drawn;
        is_lease(r)
    }
}

/// The condition fails on an item with the owner of this run: the SDK sent the request twice, because the first answer was lost.
fn twice(request: bool, state: &'static str, owner: &Owner) -> Rule {
    let owner = Arc::clone(owner);
    let remember = draws(&owner);
    mock!(Client::update_item).match_requests(move |r| remember(r) == request).then_error(
        move || {
            let own = item(state, &owner.lock().unwrap(), 3, NOW_MS + 30_000);
            UpdateItemError::ConditionalCheckFailedException(
                ConditionalCheckFailedException::builder().set_item(Some(own)).build(),
            )
        },
    )
}

#[tokio::test]
async fn a_lease_that_took_effect_but_was_not_answered_is_ones_own() {
    let taken = twice(true, "in_progress", &Owner::default());
    let result = leases(&[&taken, &ended("done")], &[]).run(&order(), pay).await;
    assert_eq!(result.unwrap(), LeaseOutcome::Done("receipt".to_owned()));
}

#[tokio::test]
async fn a_result_that_was_saved_but_not_answered_is_ones_own() {
    let saved = twice(false, "done", &Owner::default());
    let result = leases(&[&claimed(), &saved], &[]).run(&order(), pay).await;
    assert_eq!(result.unwrap(), LeaseOutcome::Done("receipt".to_owned()));
    // Still in progress, by the item: then the result is not there.
    let open = twice(false, "in_progress", &Owner::default());
    let error = lease_error(leases(&[&claimed(), &open], &[]).run(&order(), pay).await);
    assert!(matches!(error, LeaseError::Lost { attempt: 3, .. }), "{error}");
    // A newer owner has saved its own.
    let other = refused(false, item("done", "other", 4, NOW_MS));
    let error = lease_error(leases(&[&claimed(), &other], &[]).run(&order(), pay).await);
    assert!(matches!(error, LeaseError::Lost { attempt: 3, .. }), "{error}");
}
