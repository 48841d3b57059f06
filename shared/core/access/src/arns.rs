//! ARNs of resources, from templates and the attributes of a plan.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde_json::Value;

use crate::place::Place;

/// What the provider appends to a prefix: 18 digits of a time, in this century, and 8 of a counter that begins at 1.
const MADE_UP: &str = "20????????????????000000??";

/// A template, and the actions on its ARNs. Without actions, all of the ARN's service.
#[derive(Debug)]
pub(crate) struct Template {
    /// Attribute that must be set for the template to count.
    flag: Option<&'static str>,
    arn: &'static str,
    pub(crate) actions: Vec<&'static str>,
}

static TABLE: LazyLock<BTreeMap<&str, Vec<Template>>> = LazyLock::new(|| {
    let lines = include_str!("arns.txt").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(' ')).map(|(kind, rest)| (kind, read(rest))).collect()
});

fn read(rest: &'static str) -> Vec<Template> {
    let (mut actions, mut templates) = (Vec::new(), Vec::new());
    for token in rest.split_whitespace() {
        if !token.contains(['{', '?']) {
            actions = token.split(',').collect();
            continue;
        }
        // A template itself may have `?`, but no flag has a colon.
        let flagged = token.split_once('?').filter(|(flag, _)| !flag.contains(['{', ':']));
        let (flag, arn) = flagged.map_or((None, token), |(flag, arn)| (Some(flag), arn));
        templates.push(Template { flag, arn, actions: actions.clone() });
    }
    templates
}

/// Templates of a type; none if its resources have no ARNs that can be told before the apply.
pub(crate) fn templates(kind: &str) -> &'static [Template] {
    TABLE.get(kind).map(Vec::as_slice).unwrap_or_default()
}

/// Where the values of placeholders come from.
pub(crate) trait Values {
    /// The values that an attribute may have, as patterns of IAM. Empty if nobody can say.
    fn of(&self, attribute: &str, whole: bool) -> Vec<String>;
    /// Whether the configuration sets an attribute.
    fn configures(&self, attribute: &str) -> bool;
    /// Whether an attribute is only known after the apply.
    fn undecided(&self, attribute: &str) -> bool;
}

impl Template {
    /// The attribute whose value is the name of the resource: the last one in the template.
    pub(crate) fn naming(&self) -> Option<&'static str> {
        let placeholder = self.arn.rsplit_once('{')?.1.split_once('}')?.0;
        let name = placeholder.split('|').next()?.trim_matches(['/', '+']);
        (name.len() > 1).then_some(name)
    }

    /// The ARNs of a resource with these attributes; `None` if nobody can say.
    pub(crate) fn fill(
        &self,
        side: &Value,
        values: &impl Values,
        place: &Place,
    ) -> Option<BTreeSet<String>> {
        let counts = |flag: &str| match flag.strip_prefix('!') {
            // Rules of the default bus have no bus in their ARN.
            Some(flag) if values.undecided(flag) => None,
            Some(flag) => Some(side.get(flag).is_none_or(|v| v.is_null() || v == "default")),
            None if values.undecided(flag) && values.configures(flag) => None,
            None => {
                let set = is_set(side.get(flag)) && side.get(flag) != Some(&"default".into());
                Some(set && values.configures(flag))
            }
        };
        if !self.flag.map_or(Some(true), counts)? {
            return Some(BTreeSet::new());
        }
        let (mut out, mut rest) = (vec![String::new()], self.arn);
        while let Some((before, after)) = rest.split_once('{') {
            let (placeholder, after) = after.split_once('}').unwrap_or((after, ""));
            let given = match placeholder {
                "p" => vec![place.partition().to_owned()],
                "r" => vec![place.region().to_owned()],
                "a" => vec![place.account().to_owned()],
                attribute => given(attribute, before.is_empty() && out == [""], side, values)?,
            };
            // A pattern could match the name of an existing role, or of somebody else's secret.
            let named = [":iam:", ":kms:", ":secretsmanager:"].iter().any(|s| self.arn.contains(s));
            if named && given.iter().any(|value| value.contains(MADE_UP)) {
                return None;
            }
            out = given
                .iter()
                .flat_map(|value| out.iter().map(move |start| format!("{start}{before}{value}")))
                .collect();
            rest = after;
        }
        Some(out.into_iter().map(|start| format!("{start}{rest}")).collect())
    }
}

/// The values of a placeholder. `whole` says that it is the whole ARN.
fn given(
    placeholder: &str,
    whole: bool,
    side: &Value,
    values: &impl Values,
) -> Option<Vec<String>> {
    let (name, default) = match placeholder.split_once('|') {
        Some((name, default)) => (name, Some(default)),
        None => (placeholder, None),
    };
    let (last, no_slash) = (name.ends_with('/'), name.starts_with('/'));
    let has_slashes = no_slash || name.starts_with('+');
    let name = name.trim_matches(['/', '+']);
    let text = |name: &str| side.get(name).and_then(Value::as_str).filter(|t| !t.is_empty());
    // Such a character would make another ARN of it.
    let fits = |text: &str| whole || !(text.contains(':') || (!has_slashes && text.contains('/')));
    if let Some(text) = text(name) {
        let text = if last { named(text) } else { text };
        let text = if no_slash { text.trim_start_matches('/') } else { text };
        // An ARN is no part of another one.
        if text.starts_with("arn:") && !whole {
            return Some(Vec::new());
        }
        let is_path = name != "path" || (text.starts_with('/') && text.ends_with('/'));
        return (fits(text) && is_path && !text.is_empty()).then(|| vec![escaped(text)]);
    }
    if values.undecided(name) {
        return Some(values.of(name, whole)).filter(|values| !values.is_empty());
    }
    if let Some(prefix) = text(&format!("{name}_prefix")) {
        let fifo = ["fifo_queue", "fifo_topic"].iter().any(|flag| is_set(side.get(flag)));
        let suffix = if fifo { ".fifo" } else { "" };
        return fits(prefix).then(|| vec![format!("{}{MADE_UP}{suffix}", escaped(prefix))]);
    }
    if let Some(default) = default {
        return Some(vec![default.to_owned()]);
    }
    Some(values.of(name, whole)).filter(|values| !values.is_empty())
}

/// The values of an attribute that names a resource.
pub(crate) fn name(attribute: &str, side: &Value, values: &impl Values) -> Vec<String> {
    given(attribute, false, side, values).unwrap_or_default()
}

/// The name in the URL of a queue, or in the ARN of a function, which may have a qualifier.
fn named(text: &str) -> &str {
    match text.split_once(":function:") {
        Some((_, name)) => name.split(':').next().unwrap_or(name),
        None => text.rsplit('/').next().unwrap_or(text),
    }
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

/// Whether an attribute has a value.
pub(crate) fn is_set(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null | Value::Bool(false)) => false,
        Some(Value::String(text)) => !text.is_empty(),
        Some(Value::Array(items)) => !items.is_empty(),
        Some(_) => true,
    }
}

/// The service in an ARN, if it has the shape of one in this account, or in none.
pub(crate) fn service<'a>(arn: &'a str, place: &Place) -> Option<&'a str> {
    let parts: Vec<_> = arn.splitn(6, ':').collect();
    let [_, partition, service, region, account, resource] = parts.as_slice() else { return None };
    let plain = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || "-*".contains(c));
    let ours = account.is_empty() || *account == place.account();
    let good = arn.starts_with("arn:") && *partition == place.partition() && plain(region);
    (good && ours && !resource.is_empty()).then_some(*service)
}

#[cfg(test)]
mod tests {
    use super::{TABLE, Values, read, service};
    use crate::Place;
    use serde_json::{Value, json};

    struct Nothing;

    impl Values for Nothing {
        fn of(&self, _: &str, _: bool) -> Vec<String> {
            Vec::new()
        }

        fn configures(&self, _: &str) -> bool {
            true
        }

        fn undecided(&self, _: &str) -> bool {
            false
        }
    }

    #[test]
    fn every_template_is_an_arn_or_an_attribute_with_one() {
        for (kind, templates) in TABLE.iter() {
            let services = crate::services::of(kind).unwrap_or_else(|| panic!("{kind}"));
            assert!(!templates.is_empty(), "{kind}");
            for template in templates {
                let arn = template.arn;
                assert_eq!(arn.matches('{').count(), arn.matches('}').count(), "{kind} {arn}");
                for action in &template.actions {
                    let (of, name) = action.split_once(':').unwrap_or_else(|| panic!("{action}"));
                    assert!(name.chars().all(|c| c.is_ascii_alphabetic() || c == '*'), "{action}");
                    let own = services.regional.iter().chain(&services.global).any(|s| *s == of);
                    let other = ["s3", "kms", "secretsmanager"].contains(&of);
                    assert!(own || other, "{kind} {action}");
                }
                if !arn.starts_with('{') {
                    assert!(arn.split(':').count() >= 6, "{kind} {arn}");
                }
            }
        }
    }

    #[test]
    fn placeholders_take_values_prefixes_and_defaults() {
        let place = Place::new("111122223333", "us-gov-west-1");
        let filled = |template: &'static str, side: Value| {
            read(template)[0].fill(&side, &Nothing, &place).map(Vec::from_iter)
        };
        let arn = |text: &str| Some(vec![text.to_owned()]);
        assert_eq!(
            filled("arn:{p}:sqs:{r}:{a}:{name}", json!({ "name": "q" })),
            arn("arn:aws-us-gov:sqs:us-gov-west-1:111122223333:q")
        );
        let digits = "20????????????????000000??";
        let prefixed = json!({ "name": null, "name_prefix": "a-" });
        assert_eq!(filled("{name}", prefixed), arn(&format!("a-{digits}")));
        let fifo = json!({ "name_prefix": "a-", "fifo_queue": true });
        assert_eq!(filled("{name}", fifo), arn(&format!("a-{digits}.fifo")));
        assert_eq!(filled("{name}", json!({ "name": "*?$" })), arn("${*}${?}${$}"));
        assert_eq!(filled("x{+path|/}", json!({})), arn("x/"));
        assert_eq!(filled("x{/name}", json!({ "name": "/a/b" })), arn("xa/b"));
        assert_eq!(filled("x{+name}", json!({ "name": "a/b" })), arn("xa/b"));
        assert_eq!(filled("x{name}", json!({ "name": "a/b" })), None);
        assert_eq!(filled("x{+name}", json!({ "name": "a:b" })), None);
        for path in ["/Adm", "Adm/", "Adm"] {
            assert_eq!(filled("x{+path|/}", json!({ "path": path })), None, "{path}");
        }
        assert_eq!(filled("x{url/}", json!({ "url": "https://sqs/1/" })), None);
        let bus = |bus: Value| filled("!bus?x{name}", json!({ "bus": bus, "name": "r" }));
        assert_eq!(bus(Value::Null), arn("xr"));
        assert_eq!(bus(json!("default")), arn("xr"));
        assert_eq!(bus(json!("mine")), Some(vec![]));
        assert_eq!(filled("{url/}", json!({ "url": "https://sqs/1/q" })), arn("q"));
        let function = "arn:aws:lambda:eu-west-1:1:function:f:live";
        assert_eq!(filled("x{name/}", json!({ "name": function })), arn("xf"));
        assert_eq!(filled("{url/}", json!({})), None);
        assert_eq!(filled("on?x{p}", json!({ "on": [] })), Some(vec![]));
        assert_eq!(filled("on?{p}", json!({ "on": "b" })), arn("aws-us-gov"));
    }

    #[test]
    fn only_arns_of_the_account_have_a_service() {
        let place = Place::new("111122223333", "eu-central-1");
        for (arn, of) in [
            ("arn:aws:sqs:eu-central-1:111122223333:q", Some("sqs")),
            ("arn:aws:s3:::b", Some("s3")),
            ("arn:aws:sqs:eu-central-1:999999999999:q", None),
            ("arn:aws-cn:sqs:eu-central-1:111122223333:q", None),
            ("arn:aws:sns:x", None),
            ("arn:aws:iam::111122223333:", None),
            ("orders", None),
        ] {
            assert_eq!(service(arn, &place), of, "{arn}");
        }
    }
}
