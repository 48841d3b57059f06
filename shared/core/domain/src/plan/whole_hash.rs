//! The hash of everything in a plan's JSON.
//!
//! It lists what it leaves out ([`LEFT_OUT`]) instead of what it takes in, so a member that a later version of Terraform adds counts.
//! Canonical JSON (RFC 8785) would need the whole plan in memory, and would lose integers above 2^53. This is a tree of hashes
//! instead, computed while the text is read:
//!
//! | value | encoding |
//! |---|---|
//! | `null`, `true`, `false` | `n`, `t`, `f` |
//! | an integer | `i` and its decimal digits |
//! | another number | `d` and the eight bytes of its double, big-endian |
//! | a text | `s` and its UTF-8 |
//! | a list | `a` and SHA-256 over the encodings of its elements |
//! | an object | `o` and SHA-256 over the encodings of names and values, ordered by the bytes of the names |
//!
//! Below SHA-256 each encoding, and each name, is preceded by its length in bytes (eight bytes, big-endian), so that no two values
//! have the same bytes. White space and the order of members do not count.

use std::fmt;

use headgate_events::PlanHash;
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use sha2::{Digest as _, Sha256};

/// Members of the plan that do not count. `timestamp` is the time of planning, which nothing but `plantimestamp()` reads; its
/// results count.
const LEFT_OUT: [&str; 1] = ["timestamp"];

/// Marks the error of a member that occurs twice; serde's errors are texts.
const TWICE: &str = "member twice: ";

/// A member that an object has twice.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Twice(pub(super) String);

/// The hash of a plan's JSON.
pub(super) fn of(json: &[u8]) -> Result<Result<PlanHash, Twice>, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    match (Node { left_out: &LEFT_OUT }).deserialize(&mut deserializer) {
        Ok(encoding) => Ok(Ok(PlanHash::from(hex::encode(Sha256::digest(encoding))))),
        Err(error) => match error.to_string().strip_prefix(TWICE) {
            Some(said) => {
                let name = said.split(" at line ").next().unwrap_or_default();
                Ok(Err(Twice(name.chars().take(200).collect())))
            }
            None => Err(error),
        },
    }
}

/// A part of a plan that is read as its hash.
#[derive(Debug)]
pub(super) struct Hashed(pub(super) String);

impl<'de> serde::Deserialize<'de> for Hashed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        INNER.deserialize(deserializer).map(|encoding| Self(hex::encode(Sha256::digest(encoding))))
    }
}

/// Reads a value and returns its encoding. Of an object, `left_out` are the members that do not count.
struct Node {
    left_out: &'static [&'static str],
}

const INNER: Node = Node { left_out: &[] };

impl<'de> DeserializeSeed<'de> for Node {
    type Value = Vec<u8>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Vec<u8>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node {
    type Value = Vec<u8>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Vec<u8>, E> {
        Ok(b"n".to_vec())
    }

    fn visit_bool<E>(self, value: bool) -> Result<Vec<u8>, E> {
        Ok(if value { b"t".to_vec() } else { b"f".to_vec() })
    }

    fn visit_i64<E>(self, value: i64) -> Result<Vec<u8>, E> {
        Ok(format!("i{value}").into_bytes())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Vec<u8>, E> {
        Ok(format!("i{value}").into_bytes())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Vec<u8>, E> {
        Ok(tagged(b'd', &value.to_be_bytes()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Vec<u8>, E> {
        Ok(tagged(b's', value.as_bytes()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<u8>, A::Error> {
        let mut hasher = Sha256::new();
        while let Some(element) = list.next_element_seed(INNER)? {
            add(&mut hasher, &element);
        }
        Ok(tagged(b'a', &hasher.finalize()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Vec<u8>, A::Error> {
        let mut members: Vec<(String, Vec<u8>)> = Vec::new();
        while let Some(name) = object.next_key::<String>()? {
            let value = object.next_value_seed(INNER)?;
            members.push((name, value));
        }
        members.sort_by(|a, b| a.0.cmp(&b.0));
        if let Some(pair) = members.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            return Err(A::Error::custom(format!("{TWICE}{}", pair[0].0)));
        }
        let mut hasher = Sha256::new();
        for (name, value) in &members {
            if !self.left_out.contains(&name.as_str()) {
                add(&mut hasher, name.as_bytes());
                add(&mut hasher, value);
            }
        }
        Ok(tagged(b'o', &hasher.finalize()))
    }
}

fn tagged(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut encoding = Vec::with_capacity(content.len() + 1);
    encoding.push(tag);
    encoding.extend_from_slice(content);
    encoding
}

fn add(hasher: &mut Sha256, encoding: &[u8]) {
    hasher.update((encoding.len() as u64).to_be_bytes());
    hasher.update(encoding);
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{Twice, of};

    fn hash(json: &str) -> String {
        of(json.as_bytes()).unwrap().unwrap().to_string()
    }

    #[test]
    fn white_space_order_and_the_time_do_not_count() {
        let one = hash(r#"{"a":[1,2],"b":{"c":null,"d":"x"}}"#);
        assert_eq!(hash(r#" { "b": {"d":"x", "c":null}, "a" : [1, 2], "timestamp": "now"} "#), one);
        // Only the plan's own time; a resource may have an attribute of that name.
        assert_ne!(hash(r#"{"a":[1,2],"b":{"c":null,"d":"x","timestamp":1}}"#), one);
    }

    #[test]
    fn different_values_have_different_hashes() {
        let all = [
            "{}",
            r#"{"a":null}"#,
            r#"{"a":{}}"#,
            r#"{"a":[]}"#,
            r#"{"a":[[]]}"#,
            r#"{"a":[{}]}"#,
            r#"{"a":""}"#,
            r#"{"a":"null"}"#,
            r#"{"a":0}"#,
            r#"{"a":0.5}"#,
            r#"{"a":"0"}"#,
            r#"{"a":false}"#,
            r#"{"a":true}"#,
            r#"{"a":[1,2]}"#,
            r#"{"a":[2,1]}"#,
            r#"{"a":[12]}"#,
            r#"{"a":["1","2"]}"#,
            r#"{"a":["12",""]}"#,
            r#"{"a":["as","b"]}"#,
            r#"{"a":["a","sb"]}"#,
            r#"{"a":{"b":1}}"#,
            r#"{"ab":1}"#,
            r#"{"a":9007199254740992}"#,
            r#"{"a":9007199254740993}"#,
            r#"{"a":-1}"#,
        ];
        let distinct: std::collections::BTreeSet<_> = all.iter().map(|json| hash(json)).collect();
        assert_eq!(distinct.len(), all.len());
    }

    /// Computed by hand with another program, so that the definition cannot change unnoticed.
    #[test]
    fn the_definition_is_kept() {
        let hash = hash(r#"{"b":[null,true,-3,0.5,"é"],"a":{}}"#);
        assert_eq!(hash, "8fc652c8c14892e4761128e26bd5ea0bae91e253f39df7ca2f2d35222cc218e3");
    }

    #[test]
    fn a_member_that_occurs_twice_is_refused() {
        let twice = of(br#"{"a":{"b":1,"b":2}}"#).unwrap();
        assert_eq!(twice, Err(Twice("b".to_owned())));
    }
}
