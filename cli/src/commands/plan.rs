//! The plan of a change, as people read it before they decide.

use headgate_api_types::changes::Plan;
use headgate_domain::plan::{Effect, ShownAttribute, ShownResource, ShownValue};
use headgate_events::ChangeId;

use crate::api::Api;
use crate::fail::Failure;
use crate::output;

/// Prints the whole plan, page by page. A plan that cannot be shown is a warning: the rest of the change can be. Returns whether all of it
/// was shown.
pub(super) fn print(api: &Api, change: &ChangeId, pinned: (u32, &str)) -> Result<bool, Failure> {
    let (mut after, mut whole) = (0, true);
    loop {
        let path = format!("/v1/changes/{change}/plan?limit=100&after={after}");
        let page = match api.get::<Plan>(&path) {
            Ok(page) => page.value,
            Err(failure @ Failure::Refused(_)) => {
                failure.warn();
                return Ok(false);
            }
            Err(failure) => return Err(failure),
        };
        same(change, &page, pinned)?;
        for (shown, index) in page.resources.into_iter().zip(after..) {
            let shown = all_of(api, (change, pinned), index, shown)?;
            whole &= shown.further == 0;
            resource(&shown);
        }
        match page.next_after {
            Some(next) => after = next,
            None => {
                for note in &page.notes {
                    output::line(format!("! {}", one_line(note)));
                }
                return Ok(whole);
            }
        }
    }
}

/// Pages of two revisions are not one plan.
fn same(change: &ChangeId, page: &Plan, (revision, sha256): (u32, &str)) -> Result<(), Failure> {
    if (page.revision, page.plan_sha256.as_str()) == (revision, sha256) {
        return Ok(());
    }
    Err(Failure::Refused(format!("{change} was revised while it was shown; run the command again")))
}

/// A resource with all its attributes, which one answer may not hold.
fn all_of(
    api: &Api,
    (change, pinned): (&ChangeId, (u32, &str)),
    index: u32,
    mut shown: ShownResource,
) -> Result<ShownResource, Failure> {
    while shown.further > 0 {
        let seen = shown.attributes.len();
        let path = format!("/v1/changes/{change}/plan?limit=1&after={index}&attributes={seen}");
        let mut page = api.get::<Plan>(&path)?.value;
        same(change, &page, pinned)?;
        let more = page.resources.pop();
        let Some(more) = more.filter(|more| !more.attributes.is_empty()) else { break };
        shown.attributes.extend(more.attributes);
        shown.further = more.further;
    }
    Ok(shown)
}

fn resource(shown: &ShownResource) {
    let (sign, words) = match shown.effect {
        Effect::Create => ("+", "is created"),
        Effect::Update => ("~", "is updated in place"),
        Effect::Replace => ("-/+", "is destroyed and created again"),
        Effect::Delete => ("-", "is destroyed"),
        Effect::Import => ("=", "is imported"),
        Effect::Move => ("=", "is moved in the state"),
        Effect::Forget => (".", "is removed from the state and remains"),
        Effect::Read => ("<=", "is read"),
    };
    let add = |what: &str, value: &Option<String>| match value {
        Some(value) => format!(" ({what}: {})", one_line(value)),
        None => String::new(),
    };
    let before = add("before", &shown.previous_address);
    let deposed = add("deposed object", &shown.deposed);
    let imported = add("imports", &shown.imported);
    let address = one_line(&shown.address);
    output::line(format!("{sign} {address} {words}{before}{deposed}{imported}"));
    for attribute in &shown.attributes {
        output::line(format!("      {}", line(attribute)));
    }
    if shown.further > 0 {
        output::line(format!("      … and {} more attributes", shown.further));
    }
}

fn line(attribute: &ShownAttribute) -> String {
    let ShownAttribute { path, before, after, forces_replacement } = attribute;
    let forces = if *forces_replacement { "  # forces the replacement" } else { "" };
    let change = match (text(before), text(after)) {
        (None, Some(after)) => after,
        (Some(before), None) => format!("{before} → none"),
        (Some(before), Some(after)) if before == after && before != SENSITIVE => before,
        (Some(before), Some(after)) => format!("{before} → {after}"),
        (None, None) => String::new(),
    };
    format!("{}: {change}{forces}", one_line(path))
}

const SENSITIVE: &str = "(sensitive)";

/// The value on one line, so that no value can look like another attribute; `None` for an absent value.
fn text(value: &ShownValue) -> Option<String> {
    match value {
        ShownValue::Absent => None,
        ShownValue::Known { text } => Some(one_line(text)),
        ShownValue::Sensitive => Some(SENSITIVE.to_owned()),
        ShownValue::Unknown => Some("(known after the apply)".to_owned()),
    }
}

fn one_line(text: &str) -> String {
    text.replace('\n', "⏎").replace('\t', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(text: &str) -> ShownValue {
        ShownValue::Known { text: text.to_owned() }
    }

    #[test]
    fn a_value_cannot_look_like_another_attribute() {
        let forged = ShownAttribute {
            path: "policy".to_owned(),
            before: known("a"),
            after: known("b\n      public: false"),
            forces_replacement: true,
        };
        assert_eq!(line(&forged), "policy: a → b⏎      public: false  # forces the replacement");
    }

    #[test]
    fn what_is_sensitive_or_unknown_says_so() {
        let attribute = |before, after| ShownAttribute {
            path: "p".to_owned(),
            before,
            after,
            forces_replacement: false,
        };
        let sensitive = attribute(ShownValue::Sensitive, ShownValue::Sensitive);
        assert_eq!(line(&sensitive), "p: (sensitive) → (sensitive)");
        assert_eq!(
            line(&attribute(ShownValue::Absent, ShownValue::Unknown)),
            "p: (known after the apply)"
        );
        assert_eq!(line(&attribute(known("1"), ShownValue::Absent)), "p: 1 → none");
        assert_eq!(line(&attribute(known("1"), known("1"))), "p: 1");
    }
}
