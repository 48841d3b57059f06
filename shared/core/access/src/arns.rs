//! ARNs of resources, from templates and the attributes of a plan.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::Value;

use crate::place::Place;

static TABLE: LazyLock<BTreeMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let lines = include_str!("arns.txt").lines().filter(|line| !line.starts_with('#'));
    let rows = lines.filter_map(|line| line.split_once(' '));
    rows.map(|(kind, templates)| (kind, templates.split_whitespace().collect())).collect()
});

/// Templates of a type; `None` if its resources have no ARNs that can be told before the apply.
pub(crate) fn templates(kind: &str) -> Option<&'static [&'static str]> {
    TABLE.get(kind).map(Vec::as_slice)
}

/// A filled template.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Filled {
    /// An ARN, or a pattern of ARNs.
    Arn(String),
    /// The template does not count for this resource.
    Unused,
    /// This attribute is not known yet.
    Needs(String),
}

/// Fills a template with the attributes of a resource, before or after the change.
pub(crate) fn fill(template: &str, values: &Value, place: &Place) -> Filled {
    let (flag, template) = match template.split_once('?') {
        Some((flag, rest)) => (Some(flag), rest),
        None => (None, template),
    };
    if flag.is_some_and(|flag| values.get(flag) != Some(&Value::Bool(true))) {
        return Filled::Unused;
    }
    let (mut out, mut rest) = (String::new(), template);
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        out.push_str(before);
        match name {
            "p" => out.push_str(place.partition()),
            "r" => out.push_str(place.region()),
            "a" => out.push_str(place.account()),
            attribute => match value(attribute, values) {
                Ok(text) => out.push_str(&text),
                Err(unknown) => return Filled::Needs(unknown),
            },
        }
        rest = after;
    }
    out.push_str(rest);
    Filled::Arn(out)
}

/// The value of a placeholder, with its wildcards escaped; or the attribute that is not known.
fn value(placeholder: &str, values: &Value) -> Result<String, String> {
    let (name, default) = match placeholder.split_once('|') {
        Some((name, default)) => (name, Some(default)),
        None => (placeholder, None),
    };
    let (last, no_slash) = (name.ends_with('/'), name.starts_with('/'));
    let name = name.trim_matches('/');
    let text = |name: &str| values.get(name).and_then(Value::as_str).filter(|t| !t.is_empty());
    if let Some(text) = text(name) {
        let text = if last { text.rsplit(['/', ':']).next().unwrap_or(text) } else { text };
        return Ok(escaped(if no_slash { text.trim_start_matches('/') } else { text }));
    }
    if let Some(prefix) = text(&format!("{name}_prefix")) {
        return Ok(format!("{}*", escaped(prefix)));
    }
    default.map(str::to_owned).ok_or_else(|| name.to_owned())
}

/// A text that IAM takes literally in a resource:
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-specialchars>.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '*' | '?' | '$' => out.extend(['$', '{', c, '}']),
            c => out.push(c),
        }
    }
    out
}

/// The service in an ARN.
pub(crate) fn service(arn: &str) -> Option<&str> {
    arn.strip_prefix("arn:")?.split(':').nth(1)
}

#[cfg(test)]
mod tests {
    use super::{Filled, TABLE, fill, service};
    use crate::Place;
    use serde_json::json;

    #[test]
    fn every_template_is_an_arn_or_an_attribute_with_one() {
        for (kind, templates) in TABLE.iter() {
            assert!(crate::services::of(kind).is_some(), "{kind}");
            for template in templates {
                let arn = template.split_once('?').map_or(*template, |(_, arn)| arn);
                let attribute = arn.starts_with('{');
                assert!(attribute || arn.split(':').count() >= 6, "{kind} {arn}");
                assert!(attribute || service(arn).is_some_and(|s| !s.is_empty()), "{kind} {arn}");
                assert_eq!(arn.matches('{').count(), arn.matches('}').count(), "{kind} {arn}");
            }
        }
    }

    #[test]
    fn placeholders_take_values_prefixes_and_defaults() {
        let place = Place::new("111122223333", "us-gov-west-1");
        let filled = |template: &str, values| fill(template, &values, &place);
        let arn = |text: &str| Filled::Arn(text.to_owned());
        let queue = "arn:{p}:sqs:{r}:{a}:{name}";
        assert_eq!(
            filled(queue, json!({ "name": "q" })),
            arn("arn:aws-us-gov:sqs:us-gov-west-1:111122223333:q")
        );
        assert_eq!(filled("{name}", json!({ "name": null, "name_prefix": "a-" })), arn("a-*"));
        assert_eq!(filled("{name}", json!({ "name": "*?$" })), arn("${*}${?}${$}"));
        assert_eq!(filled("{path|/}", json!({})), arn("/"));
        assert_eq!(filled("{/name}", json!({ "name": "/a/b" })), arn("a/b"));
        assert_eq!(filled("{url/}", json!({ "url": "https://sqs/1/q" })), arn("q"));
        assert_eq!(filled("{url/}", json!({})), Filled::Needs("url".to_owned()));
        assert_eq!(filled("on?x", json!({ "on": false })), Filled::Unused);
        assert_eq!(filled("on?x", json!({ "on": true })), arn("x"));
    }
}
