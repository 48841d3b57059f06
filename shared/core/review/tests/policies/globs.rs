//! Patterns of IAM against a brute-force reading: which texts does each match?

use headgate_review::covers;
use proptest::prelude::*;

/// Whether a text matches a pattern, written from the definition: `*` any text, `?` any character.
fn matches(pattern: &[u8], text: &[u8]) -> bool {
    match (pattern, text) {
        ([], []) => true,
        ([b'*', rest @ ..], _) => (0..=text.len()).any(|taken| matches(rest, &text[taken..])),
        ([b'?', p @ ..], [_, t @ ..]) => matches(p, t),
        ([a, p @ ..], [b, t @ ..]) => a == b && matches(p, t),
        _ => false,
    }
}

/// Every text of up to `longest` characters. `z` is in no pattern, so it stands for all other characters.
fn texts(longest: usize) -> Vec<Vec<u8>> {
    let mut all = vec![vec![]];
    let mut last = all.clone();
    for _ in 0..longest {
        let longer = |text: &Vec<u8>| b"abz".map(|c| [text.as_slice(), &[c]].concat());
        last = last.iter().flat_map(longer).collect();
        all.extend(last.iter().cloned());
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn a_pattern_covers_another_if_it_matches_all_that_the_other_matches(
        wide in "[ab*?]{0,5}",
        narrow in "[ab*?]{0,4}",
    ) {
        let counterexample = texts(6)
            .into_iter()
            .find(|t| matches(narrow.as_bytes(), t) && !matches(wide.as_bytes(), t));
        prop_assert_eq!(
            covers(&wide, &narrow),
            counterexample.is_none(),
            "{:?}: {:?} matches {:?}", wide, narrow, counterexample.map(String::from_utf8)
        );
    }
}

#[test]
fn patterns_of_policies() {
    for (wide, narrow, covered) in [
        ("*", "iam:PassRole", true),
        ("iam:*", "iam:PassRole", true),
        ("iam:Pass????", "iam:PassRole", true),
        ("iam:Pass???", "iam:PassRole", false),
        ("s3:Get*", "s3:*", false),
        ("arn:aws:s3:::shop/*", "arn:aws:s3:::shop/orders/*", true),
        ("arn:aws:s3:::shop/orders/*", "arn:aws:s3:::shop/*", false),
        ("?*", "*?", true),
        ("*??", "*?a", true),
        ("*?*", "*?", true),
        ("?*", "*", false),
    ] {
        assert_eq!(covers(wide, narrow), covered, "{wide} {narrow}");
    }
    assert!(covers(&"*".repeat(5_000), &"a".repeat(5_000)));
}

/// Patterns of which a comparison would take minutes.
#[test]
fn no_pattern_makes_a_comparison_slow() {
    let letters: String = ('a'..='z').chain('A'..='Z').chain('0'..='9').collect();
    let wide = format!("{}{}{letters}*", "*a*".repeat(20), "?".repeat(1_800));
    let narrow = format!("*{}*", "ab?".repeat(600));
    let start = std::time::Instant::now();
    assert!(!covers(&wide, &narrow));
    assert!(start.elapsed() < std::time::Duration::from_secs(2), "{:?}", start.elapsed());
}
