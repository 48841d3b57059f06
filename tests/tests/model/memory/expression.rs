//! Condition and update expressions of DynamoDB: as much of them as Headgate uses. Anything else is an error, so that a test fails instead of
//! guessing.
//!
//! Source: "Condition and filter expressions" and "Update expressions" in the developer guide of DynamoDB.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

/// An item, or a value of an attribute, as in DynamoDB's JSON: `{"S": "text"}`, `{"N": "1"}`, `{"BOOL": true}`.
pub type Item = Map<String, Value>;

/// Names and values that expressions refer to.
#[derive(Debug, Default)]
pub struct Terms {
    names: BTreeMap<String, String>,
    values: Item,
}

impl Terms {
    /// Reads `ExpressionAttributeNames` and `ExpressionAttributeValues`.
    pub fn of(request: &Value) -> Self {
        let names = request["ExpressionAttributeNames"].as_object().cloned().unwrap_or_default();
        let text = |value: Value| value.as_str().unwrap_or_default().to_owned();
        Self {
            names: names.into_iter().map(|(name, value)| (name, text(value))).collect(),
            values: request["ExpressionAttributeValues"].as_object().cloned().unwrap_or_default(),
        }
    }
}

/// Whether the expressions of a request use each of its names and values, as DynamoDB demands.
pub fn uses_all_terms(request: &Value) -> bool {
    let of = |name: &str| request[name].as_str().map(tokens).unwrap_or_default();
    let expressions = ["ConditionExpression", "UpdateExpression", "KeyConditionExpression"];
    let used: BTreeSet<_> = expressions.into_iter().flat_map(of).collect();
    let Terms { names, values } = Terms::of(request);
    names.keys().chain(values.keys()).all(|term| used.contains(term.as_str()))
}

/// Reads an expression from left to right.
struct Reader<'a> {
    tokens: Vec<&'a str>,
    at: usize,
    terms: &'a Terms,
    item: &'a Item,
}

fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '#' | ':');
        let length = match first {
            c if word(c) => rest.find(|c| !word(c)).unwrap_or(rest.len()),
            '<' | '>' if rest[1..].starts_with(['=', '>']) => 2,
            _ => 1,
        };
        let (token, after) = rest.split_at(length);
        tokens.push(token);
        rest = after.trim_start();
    }
    tokens
}

/// Whether an item meets a condition.
pub fn meets(item: &Item, condition: &str, terms: &Terms) -> bool {
    let mut reader = Reader { tokens: tokens(condition), at: 0, terms, item };
    let met = reader.any();
    assert_eq!(reader.at, reader.tokens.len(), "cannot read the condition `{condition}`");
    met
}

/// The item after an update. All values are those from before it.
pub fn updated(item: &Item, update: &str, terms: &Terms) -> Item {
    let mut reader = Reader { tokens: tokens(update), at: 0, terms, item };
    let mut next = item.clone();
    while let Some(section) = reader.next() {
        loop {
            let name = reader.name();
            match section {
                "SET" => {
                    reader.expect("=");
                    let value = reader.sum();
                    next.insert(name, value);
                }
                "REMOVE" => drop(next.remove(&name)),
                other => panic!("cannot read `{other}` in the update `{update}`"),
            }
            if !reader.takes(",") {
                break;
            }
        }
    }
    next
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<&'a str> {
        self.tokens.get(self.at).copied()
    }

    fn next(&mut self) -> Option<&'a str> {
        let token = self.peek();
        self.at += usize::from(token.is_some());
        token
    }

    fn takes(&mut self, token: &str) -> bool {
        let found = self.peek() == Some(token);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, token: &str) {
        assert!(self.takes(token), "expected `{token}` at {} in {:?}", self.at, self.tokens);
    }

    // Both sides are always read, so no operator may stop early.
    fn any(&mut self) -> bool {
        let mut met = self.all();
        while self.takes("OR") {
            met |= self.all();
        }
        met
    }

    fn all(&mut self) -> bool {
        let mut met = self.one();
        while self.takes("AND") {
            met &= self.one();
        }
        met
    }

    fn one(&mut self) -> bool {
        if self.takes("(") {
            let met = self.any();
            self.expect(")");
            return met;
        }
        for (function, wanted) in [("attribute_exists", true), ("attribute_not_exists", false)] {
            if self.takes(function) {
                self.expect("(");
                let name = self.name();
                self.expect(")");
                return self.item.contains_key(&name) == wanted;
            }
        }
        let left = self.operand();
        let operator = self.next().unwrap_or_default();
        let right = self.operand();
        // A comparison with an attribute that is missing is false.
        let (Some(left), Some(right)) = (left, right) else { return false };
        match operator {
            "=" => left == right,
            "<" => compared(&left, &right) == Ordering::Less,
            "<=" => compared(&left, &right) != Ordering::Greater,
            ">" => compared(&left, &right) == Ordering::Greater,
            ">=" => compared(&left, &right) != Ordering::Less,
            other => panic!("cannot read the operator `{other}`"),
        }
    }

    fn name(&mut self) -> String {
        let name = self.next().unwrap_or_default();
        match name.starts_with('#') {
            true => self.terms.names[name].clone(),
            false => name.to_owned(),
        }
    }

    fn sum(&mut self) -> Value {
        let left = self.operand().unwrap_or_else(|| panic!("no such attribute"));
        if !self.takes("+") {
            return left;
        }
        let right = self.operand().unwrap_or_else(|| panic!("no such attribute"));
        json!({ "N": (number(&left) + number(&right)).to_string() })
    }

    fn operand(&mut self) -> Option<Value> {
        if self.takes("if_not_exists") {
            self.expect("(");
            let name = self.name();
            self.expect(",");
            let other = self.operand();
            self.expect(")");
            return self.item.get(&name).cloned().or(other);
        }
        match self.peek() {
            Some(value) if value.starts_with(':') => {
                self.at += 1;
                Some(self.terms.values[value].clone())
            }
            _ => {
                let name = self.name();
                self.item.get(&name).cloned()
            }
        }
    }
}

fn number(value: &Value) -> i128 {
    let digits = value["N"].as_str().unwrap_or_else(|| panic!("{value} is not a number"));
    digits.parse().unwrap_or_else(|_| panic!("{digits} is not a whole number"))
}

fn compared(left: &Value, right: &Value) -> Ordering {
    match (left["S"].as_str(), right["S"].as_str()) {
        (Some(left), Some(right)) => left.cmp(right),
        _ => number(left).cmp(&number(right)),
    }
}

#[test]
fn conditions_and_updates_are_those_of_dynamodb() {
    let request = json!({
        "ExpressionAttributeNames": { "#state": "state" },
        "ExpressionAttributeValues": {
            ":one": { "N": "1" }, ":ten": { "N": "10" }, ":s": { "S": "x" }, ":zero": { "N": "0" },
        },
    });
    let terms = Terms::of(&request);
    let item = json!({ "pk": { "S": "k" }, "state": { "S": "x" }, "n": { "N": "9" } });
    let item = item.as_object().unwrap();
    for (condition, met) in [
        ("attribute_exists(pk)", true),
        ("attribute_not_exists(pk) OR #state = :s", true),
        ("attribute_not_exists(pk) OR (#state = :s AND n >= :ten)", false),
        ("n < :ten", true),
        ("n > :one AND n <= :ten", true),
        ("missing = :one", false),
        ("missing < :one", false),
        ("attribute_exists(missing) AND n = :one OR #state = :s", true),
    ] {
        assert_eq!(meets(item, condition, &terms), met, "{condition}");
    }
    let next = updated(
        item,
        "SET #state = :one, m = if_not_exists(m, :zero) + :one, o = if_not_exists(n, :zero) + :one REMOVE n, missing",
        &terms,
    );
    let expected = json!({
        "pk": { "S": "k" }, "state": { "N": "1" }, "m": { "N": "1" }, "o": { "N": "10" },
    });
    assert_eq!(Value::from(next), expected);
}
