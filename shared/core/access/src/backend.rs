//! The state that an apply writes.

use headgate_domain::state::PlannedState;

use crate::needs::Needs;
use crate::place::Place;
use crate::providers::OTHER_CREDENTIALS;
use crate::{Grant, Unknown};

/// The workspace without a name.
const DEFAULT: &str = "default";

/// Adds what writing the state needs: <https://developer.hashicorp.com/terraform/language/backend/s3#s3-bucket-permissions>. Backends other
/// than S3 use no credentials of AWS.
pub(crate) fn add(
    needs: &mut Needs,
    state: &PlannedState,
    place: &Place,
    allowed: Option<&[String]>,
) {
    if state.backend != "s3" {
        return;
    }
    let unknown = |problem: String, fix: &str| Unknown {
        address: "backend.s3".to_owned(),
        problem,
        fix: fix.to_owned(),
    };
    if let Some(setting) = OTHER_CREDENTIALS.iter().find(|name| state.place.contains_key(**name)) {
        needs.unknown.insert(unknown(
            format!("the backend has credentials of its own, by `{setting}`"),
            "let the bucket's policy admit the apply role, and remove the setting",
        ));
        return;
    }
    let setting = |name: &str| state.place.get(name).map(String::as_str);
    let (Some(bucket), Some(key)) = (setting("bucket"), setting("key")) else {
        needs.unknown.insert(unknown(
            "the backend's bucket or key is not known".to_owned(),
            "plan again with a backend that names both",
        ));
        return;
    };
    let key = match state.workspace.as_str() {
        DEFAULT | "" => key.to_owned(),
        name => format!("{}/{name}/{key}", setting("workspace_key_prefix").unwrap_or("env:")),
    };
    let table = setting("dynamodb_table");
    let region = setting("region").unwrap_or_else(|| place.region());
    let texts = [Some(bucket), Some(key.as_str()), table, setting("region")];
    if texts.into_iter().flatten().any(|text| text.contains(['*', '?', '$'])) {
        needs.unknown.insert(unknown(
            "the settings of the backend contain a wildcard".to_owned(),
            "use a bucket, a key, a table and a region without `*`, `?` and `$`",
        ));
        return;
    }
    let grant = |actions: &[&str], resources: Vec<String>| Grant {
        types: Vec::new(),
        actions: actions.iter().map(|action| (*action).to_owned()).collect(),
        resources,
    };
    let partition = place.partition();
    let object = format!("arn:{partition}:s3:::{bucket}/{key}");
    let table = table.map(|table| {
        format!("arn:{partition}:dynamodb:{region}:{}:table/{table}", place.account())
    });
    let other = table.iter().chain([&object]).find(|arn| {
        allowed.is_some_and(|states| !states.iter().any(|pattern| matches(pattern, arn)))
    });
    if let Some(other) = other {
        needs.unknown.insert(unknown(
            format!("the environment does not allow {other} for states"),
            "use a backend that the environment allows, or let its owner add it to `access.states`",
        ));
        return;
    }
    // The lock lies beside the state.
    let objects = vec![object.clone(), format!("{object}.tflock")];
    needs.grants.push(grant(&["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], objects));
    needs.grants.push(grant(&["s3:ListBucket"], vec![format!("arn:{partition}:s3:::{bucket}")]));
    needs.keys.insert(region.to_owned());
    if let Some(table) = table {
        let actions = [
            "dynamodb:DescribeTable",
            "dynamodb:GetItem",
            "dynamodb:PutItem",
            "dynamodb:DeleteItem",
        ];
        needs.grants.push(grant(&actions, vec![table]));
    }
}

/// Whether a pattern with `*` matches a text.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(text) = text.strip_prefix(start) else { return false };
    (0..=text.len()).any(|at| text.is_char_boundary(at) && matches(rest, &text[at..]))
}
