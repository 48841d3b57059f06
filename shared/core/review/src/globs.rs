//! Whether one pattern of IAM covers another. Actions and resources are patterns in which `*` stands for any text and `?` for
//! any character (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>).

use std::collections::BTreeSet;

use regorus::Value;

/// Longest patterns that are compared, in characters, as ARNs have at most 2,048.
const LONGEST: usize = 2_048;
/// Most states that are searched for a text that only one of two patterns matches.
const MOST_STATES: usize = 20_000;
/// A character that no pattern has: it stands for all that neither names.
const OTHER: char = '\0';

/// Whether every text that `narrow` matches is also matched by `wide`. `false` if that would take too long to tell.
#[must_use]
pub fn covers(wide: &str, narrow: &str) -> bool {
    let (wide, narrow): (Vec<char>, Vec<char>) = (wide.chars().collect(), narrow.chars().collect());
    if wide.len() > LONGEST || narrow.len() > LONGEST {
        return false;
    }
    let mut alphabet: BTreeSet<char> = wide.iter().copied().filter(|c| !is_wild(*c)).collect();
    alphabet.insert(OTHER);
    // A state is a position in `narrow`, and all positions in `wide` that the same text can lead to.
    let start = (0, reached(&wide, BTreeSet::from([0])));
    let mut seen = BTreeSet::from([start.clone()]);
    let mut waiting = vec![start];
    while let Some((at, positions)) = waiting.pop() {
        if at == narrow.len() && !positions.contains(&wide.len()) {
            return false;
        }
        let Some(c) = narrow.get(at) else {
            continue;
        };
        let mut next = Vec::new();
        if *c == '*' {
            next.push((at + 1, positions.clone()));
            next.extend(alphabet.iter().map(|c| (at, step(&wide, &positions, *c))));
        } else if *c == '?' {
            next.extend(alphabet.iter().map(|c| (at + 1, step(&wide, &positions, *c))));
        } else {
            next.push((at + 1, step(&wide, &positions, *c)));
        }
        for state in next {
            // From nowhere, `wide` matches nothing more, but `narrow` always does.
            if state.1.is_empty() || seen.len() >= MOST_STATES {
                return false;
            }
            if seen.insert(state.clone()) {
                waiting.push(state);
            }
        }
    }
    true
}

fn is_wild(c: char) -> bool {
    matches!(c, '*' | '?')
}

/// The positions after one more character.
fn step(pattern: &[char], positions: &BTreeSet<usize>, read: char) -> BTreeSet<usize> {
    let next = positions.iter().filter_map(|at| match pattern.get(*at)? {
        '*' => Some(*at),
        '?' => Some(at + 1),
        c => (*c == read).then_some(at + 1),
    });
    reached(pattern, next.collect())
}

/// Also the positions behind each `*`, which may stand for nothing.
fn reached(pattern: &[char], mut positions: BTreeSet<usize>) -> BTreeSet<usize> {
    for (at, c) in pattern.iter().enumerate() {
        if positions.contains(&at) && *c == '*' {
            positions.insert(at + 1);
        }
    }
    positions
}

/// The built-in function `iam_covers(wide, narrow)` of policies. Undefined unless both are texts.
pub(crate) fn builtin(arguments: &[Value]) -> Value {
    match arguments {
        [Value::String(wide), Value::String(narrow)] => Value::Bool(covers(wide, narrow)),
        _ => Value::Undefined,
    }
}
