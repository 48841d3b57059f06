//! Whether one pattern of IAM covers another. Actions and resources are patterns in which `*` stands for any text and `?` for
//! any character (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>).

use std::collections::BTreeSet;

use regorus::Value;

/// Most positions that are visited for a comparison of two patterns, so that no policy can make a review slow.
const MOST_WORK: usize = 300_000;
/// A character that no pattern has: it stands for all that neither names.
const OTHER: char = '\0';

/// Whether every text that `narrow` matches is also matched by `wide`. `false` if both are patterns and it would take too long to tell.
#[must_use]
pub fn covers(wide: &str, narrow: &str) -> bool {
    let (wide, narrow): (Vec<char>, Vec<char>) = (wide.chars().collect(), narrow.chars().collect());
    if !narrow.iter().copied().any(is_wild) {
        return matches(&wide, &narrow);
    }
    let mut alphabet: BTreeSet<char> = wide.iter().copied().filter(|c| !is_wild(*c)).collect();
    alphabet.insert(OTHER);
    // A state is a position in `narrow`, and all positions in `wide` that the same text can lead to.
    let start = (0, reached(&wide, vec![0]));
    let mut seen = BTreeSet::from([start.clone()]);
    let mut waiting = vec![start];
    let mut work = 0;
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
        work += next.len() * (1 + positions.len());
        for state in next {
            // From nowhere, `wide` matches nothing more, but `narrow` always does.
            if state.1.is_empty() || work > MOST_WORK {
                return false;
            }
            if seen.insert(state.clone()) {
                waiting.push(state);
            }
        }
    }
    true
}

/// Whether a pattern matches a text: each `*` takes as little as it can, and more when the rest does not fit.
fn matches(pattern: &[char], text: &[char]) -> bool {
    let (mut at, mut read, mut star) = (0, 0, None);
    while read < text.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, read));
                at += 1;
            }
            Some(c) if *c == '?' || *c == text[read] => {
                at += 1;
                read += 1;
            }
            _ => {
                let Some((star_at, taken)) = star else {
                    return false;
                };
                star = Some((star_at, taken + 1));
                at = star_at + 1;
                read = taken + 1;
            }
        }
    }
    pattern[at..].iter().all(|c| *c == '*')
}

fn is_wild(c: char) -> bool {
    matches!(c, '*' | '?')
}

/// The positions after one more character, in order.
fn step(pattern: &[char], positions: &[usize], read: char) -> Vec<usize> {
    // They stay in order, because the positions are, and each moves by one at most.
    let next = positions.iter().filter_map(|at| match pattern.get(*at)? {
        '*' => Some(*at),
        '?' => Some(at + 1),
        c => (*c == read).then_some(at + 1),
    });
    reached(pattern, next.collect())
}

/// Also the positions behind each `*`, which may stand for nothing.
fn reached(pattern: &[char], mut positions: Vec<usize>) -> Vec<usize> {
    positions.dedup();
    let mut i = 0;
    while let Some(at) = positions.get(i).copied() {
        if pattern.get(at) == Some(&'*') && positions.get(i + 1) != Some(&(at + 1)) {
            positions.insert(i + 1, at + 1);
        }
        i += 1;
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

/// The built-in function `iam_covered(wide, names)` of policies: those of a list, a set or the keys of an object that `wide`
/// covers. Actions have no case, so all are compared in lower case.
pub(crate) fn covered(arguments: &[Value]) -> Value {
    let [Value::String(wide), names] = arguments else {
        return Value::Undefined;
    };
    let wide = wide.to_lowercase();
    let is_covered = |name: &&Value| match name {
        Value::String(name) => covers(&wide, &name.to_lowercase()),
        _ => false,
    };
    let covered: BTreeSet<_> = match names {
        Value::Object(members) => {
            members.iter().map(|(name, _)| name).filter(is_covered).cloned().collect()
        }
        Value::Set(names) => names.iter().filter(is_covered).cloned().collect(),
        Value::Array(names) => names.iter().filter(is_covered).cloned().collect(),
        _ => return Value::Undefined,
    };
    Value::from(covered)
}
