//! Which resources of a plan belong to a fleet of Headgate: by its name in any attribute that identifies a resource, or by a tag.

use headgate_domain::plan::{Plan, ResourceChange};
use serde_json::{Map, Value};

/// Name of the fleet in names, ARNs and tags.
const NAME: &str = "headgate";

/// Last words of attributes that identify a resource, or the one that it configures.
const IDENTIFYING: [&str; 12] = [
    "alias",
    "arn",
    "bucket",
    "function",
    "id",
    "identifier",
    "name",
    "prefix",
    "queue",
    "role",
    "url",
    "urn",
];

/// Attributes that name a key with which another resource encrypts. It does not belong to the fleet for that.
const KEYS: [&str; 4] = ["kms_key_arn", "kms_key_id", "kms_master_key_id", "kms_key_identifier"];

const TAGS: [&str; 3] = ["Application", "Project", "Service"];

/// Addresses of the resources that the plan changes and that belong to the fleet, before or after the change.
pub(crate) fn ours(plan: &Plan) -> Vec<&str> {
    let changes = plan.resource_changes.iter().filter(|change| change.mode != "data");
    let ours = changes.filter(|change| change.has_effect() && is_ours(change));
    ours.map(|change| change.address.as_str()).collect()
}

fn is_ours(change: &ResourceChange) -> bool {
    [&change.change.before, &change.change.after]
        .into_iter()
        .any(|values| values.as_object().is_some_and(|values| named(values) || tagged(values)))
}

fn named(values: &Map<String, Value>) -> bool {
    values.iter().any(|(attribute, value)| {
        let last = attribute.rsplit('_').next().unwrap_or(attribute);
        IDENTIFYING.contains(&last)
            && !KEYS.contains(&attribute.as_str())
            && value.as_str().is_some_and(has_name)
    })
}

/// Whether a text has the name as a word of its own.
fn has_name(text: &str) -> bool {
    let words = text.split(['/', ':', '.', '_', '-']);
    words.into_iter().any(|word| word.eq_ignore_ascii_case(NAME))
}

fn tagged(values: &Map<String, Value>) -> bool {
    ["tags", "tags_all"].iter().filter_map(|tags| values.get(*tags)).any(|tags| {
        let tag = |name: &&str| tags.get(*name).and_then(Value::as_str);
        TAGS.iter().filter_map(tag).any(|value| value.eq_ignore_ascii_case(NAME))
    })
}

#[cfg(test)]
mod tests {
    use super::{named, tagged};
    use serde_json::{Value, json};

    fn is(found: fn(&serde_json::Map<String, Value>) -> bool, values: Value) -> bool {
        found(values.as_object().unwrap())
    }

    #[test]
    fn the_fleet_is_known_by_every_identifying_attribute() {
        for values in [
            json!({ "name": "headgate-prod-ledger" }),
            json!({ "secret_id": "arn:aws:secretsmanager:eu-central-1:123456789012:secret:headgate/signing" }),
            json!({ "queue_url": "https://sqs.eu-central-1.amazonaws.com/123456789012/Headgate-prod-review" }),
            json!({ "event_source_arn": "arn:aws:sqs:eu-central-1:123456789012:headgate-prod-review" }),
            json!({ "key_id": "alias/headgate" }),
            json!({ "function_name": "headgate-prod-approval-gate" }),
            json!({ "role": "headgate-prod-decide" }),
            json!({ "bucket": "headgate-prod-artifacts" }),
        ] {
            assert!(is(named, values.clone()), "{values}");
        }
        for values in [
            json!({ "name": "headgates-prod" }),
            json!({ "description": "asks headgate" }),
            json!({ "kms_key_id": "alias/headgate" }),
            json!({ "name": null, "id": 1 }),
        ] {
            assert!(!is(named, values.clone()), "{values}");
        }
        assert!(is(tagged, json!({ "tags_all": { "Project": "Headgate" } })));
        assert!(!is(tagged, json!({ "tags": { "Owner": "headgate" } })));
    }
}
