//! Validates names and numbers.

use std::fmt::Display;

use toml::Spanned;

use super::problems::Problems;

/// Whether the name is safe in keys, paths and commands: 1 to 64 lowercase letters, digits and `-`.
pub(crate) fn is_name(name: &str) -> bool {
    let good = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    (1..=64).contains(&name.len()) && name.bytes().all(good)
}

pub(super) fn named(problems: &mut Problems<'_>, name: &Spanned<String>, what: &str) {
    if !is_name(name.get_ref()) {
        let message = format!("`{what}` must be 1 to 64 lowercase letters, digits and `-`");
        problems.at(name.span().start, message);
    }
}

/// An optional number. Uses `usual` if it is not given; reports a problem if it is out of bounds.
pub(super) fn number<T: Copy + PartialOrd + Display>(
    problems: &mut Problems<'_>,
    value: Option<&Spanned<T>>,
    name: &str,
    usual: T,
    (low, high): (T, T),
) -> T {
    value.map_or(usual, |v| ranged(problems, v, name, (low, high)))
}

/// A required number. Reports a problem if it is out of bounds.
pub(super) fn ranged<T: Copy + PartialOrd + Display>(
    problems: &mut Problems<'_>,
    value: &Spanned<T>,
    name: &str,
    (low, high): (T, T),
) -> T {
    if !(low..=high).contains(value.get_ref()) {
        problems.at(value.span().start, format!("`{name}` must be {low} to {high}"));
    }
    *value.get_ref()
}
