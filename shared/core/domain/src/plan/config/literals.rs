//! Hard-coded account ids, regions and AMI ids.

use serde::Serialize;
use serde_json::Value;

/// A hard-coded value that should come from a variable or a data source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Literal {
    /// Address of the block, module call or provider.
    pub address: String,
    /// Name of the argument.
    pub argument: String,
    /// Kind of value.
    pub kind: LiteralKind,
    /// The hard-coded value.
    pub value: String,
}

/// Kind of hard-coded value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LiteralKind {
    /// `ami-` and 8 to 17 hex digits.
    Ami,
    /// Twelve digits, alone or as part of an ARN or host name.
    AccountId,
    /// A region or one of its zones.
    Region,
}

/// Collects every literal in the constant parts of an expression.
pub(super) fn scan(address: &str, argument: &str, expression: &Value, out: &mut Vec<Literal>) {
    match expression {
        Value::Object(members) => {
            if let Some(constant) = members.get("constant_value") {
                strings(constant, &mut |text| {
                    out.extend(find(text).map(|(kind, value)| Literal {
                        address: address.to_owned(),
                        argument: argument.to_owned(),
                        kind,
                        value: value.to_owned(),
                    }));
                });
            } else {
                members.values().for_each(|v| scan(address, argument, v, out));
            }
        }
        Value::Array(items) => items.iter().for_each(|v| scan(address, argument, v, out)),
        _ => {}
    }
}

fn strings(value: &Value, each: &mut impl FnMut(&str)) {
    match value {
        Value::String(text) => each(text),
        Value::Array(items) => items.iter().for_each(|v| strings(v, each)),
        Value::Object(members) => members.values().for_each(|v| strings(v, each)),
        _ => {}
    }
}

fn find(text: &str) -> impl Iterator<Item = (LiteralKind, &str)> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).filter_map(|word| {
        let kind = if is_ami(word) {
            LiteralKind::Ami
        } else if is_account(word) {
            LiteralKind::AccountId
        } else if is_region(word) {
            LiteralKind::Region
        } else {
            return None;
        };
        Some((kind, word))
    })
}

fn is_ami(word: &str) -> bool {
    let hex = |c: u8| c.is_ascii_digit() || (b'a'..=b'f').contains(&c);
    word.strip_prefix("ami-").is_some_and(|id| (8..=17).contains(&id.len()) && id.bytes().all(hex))
}

fn is_account(word: &str) -> bool {
    word.len() == 12 && word.bytes().all(|c| c.is_ascii_digit())
}

/// A region such as `eu-central-1` or `us-gov-west-1`, or a zone such as `eu-central-1a`.
fn is_region(word: &str) -> bool {
    const AREAS: [&str; 11] = ["us", "eu", "ap", "sa", "ca", "me", "af", "il", "mx", "cn", "eusc"];
    const SIDES: [&str; 9] = [
        "north",
        "south",
        "east",
        "west",
        "central",
        "northeast",
        "northwest",
        "southeast",
        "southwest",
    ];
    let zone = word.strip_suffix(|c: char| c.is_ascii_lowercase()).unwrap_or(word);
    let parts: Vec<_> = zone.split('-').collect();
    let (area, side, number) = match *parts {
        [area, side, number] | [area, "gov" | "iso" | "isob" | "de", side, number] => {
            (area, side, number)
        }
        _ => return false,
    };
    AREAS.contains(&area) && SIDES.contains(&side) && matches!(number.as_bytes(), [b'1'..=b'9'])
}

#[cfg(test)]
mod tests {
    use super::{LiteralKind, find};

    #[test]
    fn only_what_stands_alone_is_found() {
        let found = |text| find(text).collect::<Vec<_>>();
        assert_eq!(
            found("arn:aws:sqs:eu-central-1:123456789012:orders"),
            [(LiteralKind::Region, "eu-central-1"), (LiteralKind::AccountId, "123456789012")]
        );
        assert_eq!(found("us-gov-west-1b"), [(LiteralKind::Region, "us-gov-west-1b")]);
        assert_eq!(found("ami-0abcdef1234567890"), [(LiteralKind::Ami, "ami-0abcdef1234567890")]);
        for clean in
            ["logs-eu-central-1", "ami-latest", "1234567890123", "arn:aws:iam::aws:policy/X"]
        {
            assert_eq!(found(clean), []);
        }
    }
}
