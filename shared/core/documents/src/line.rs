//! What a line of a document is, as far as the line itself says it.

use crate::titles::{Section, section};

/// A line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Line<'a> {
    Blank,
    /// Only `-`, `=`, `*` or `_`: a rule, or what underlines a heading.
    Rule,
    /// A heading of Markdown, and how deep it is.
    Heading(usize, &'a str),
    /// A line that is only the title of a section. It may also be the end of a wrapped line.
    Title(Section),
    /// A title, and its only entry: `Budget: 50 USD a month`. It may also be the end of a wrapped line.
    Inline(Section, &'a str),
    /// The first line of a list item. A dash or a plus may also be in the middle of a text: `weak`.
    Item {
        text: &'a str,
        weak: bool,
    },
    /// A number, whether it has parts (`2.1`), and the text after it: a list item, a heading, or the end of a wrapped line.
    Numbered {
        number: u32,
        parts: bool,
        text: &'a str,
    },
    /// The cells of a row of a table.
    Row(Vec<&'a str>),
    /// The line between the head of a table and its rows.
    BelowHead,
    Text(&'a str),
}

impl<'a> Line<'a> {
    pub(crate) fn of(line: &'a str) -> Self {
        let line = line.trim();
        if line.is_empty() {
            return Self::Blank;
        }
        if is_rule(line) {
            return Self::Rule;
        }
        let depth = line.len() - line.trim_start_matches('#').len();
        if depth > 0 {
            return Self::Heading(depth, line.trim_matches(|c| c == '#' || c == ' '));
        }
        if let Some(row) = line.strip_prefix('|') {
            return row_of(row);
        }
        if let Some((text, weak)) = bullet(line) {
            return Self::Item { text, weak };
        }
        if let Some(numbered) = numbered(line) {
            return numbered;
        }
        if let Some(section) = section(line) {
            return Self::Title(section);
        }
        if let Some((title, entry)) = line.split_once(':')
            && let Some(section) = section(title)
            && !entry.trim_matches(['*', ' ']).is_empty()
        {
            return Self::Inline(section, entry.trim_matches(['*', ' ']));
        }
        Self::Text(line)
    }
}

fn is_rule(line: &str) -> bool {
    let mut chars = line.chars();
    let first = chars.next().filter(|c| "-=*_".contains(*c));
    line.len() > 2 && first.is_some_and(|first| chars.all(|c| c == first))
}

fn row_of(row: &str) -> Line<'_> {
    let row = row.trim_end().strip_suffix('|').unwrap_or(row);
    let cells: Vec<_> = row.split('|').map(str::trim).collect();
    let is_rule = |cell: &&str| !cell.is_empty() && cell.chars().all(|c| c == '-' || c == ':');
    if cells.iter().all(|cell| cell.is_empty()) {
        return Line::Blank;
    }
    if cells.iter().all(is_rule) {
        return Line::BelowHead;
    }
    Line::Row(cells)
}

/// The text of a list item, after a bullet.
fn bullet(line: &str) -> Option<(&str, bool)> {
    const BULLETS: [char; 9] = ['-', '*', '•', '▪', '·', '◦', '+', '–', '—'];
    let text = line.strip_prefix(BULLETS)?;
    let weak = line.starts_with(['+', '–', '—']);
    text.starts_with(char::is_whitespace).then(|| (checked(text.trim()), weak))
}

/// A number or a letter with a mark, and the text after it. Amounts have more digits.
fn numbered(line: &str) -> Option<Line<'_>> {
    let (number, text) = line.split_once([' ', '\t'])?;
    let text = text.trim();
    let bare = number.trim_start_matches('(');
    let marked = bare.strip_suffix(['.', ')']);
    let bare = marked.unwrap_or(bare);
    if marked.is_some() && bare.len() == 1 && bare.bytes().all(|b| b.is_ascii_lowercase()) {
        return Some(Line::Item { text, weak: true });
    }
    let parts = bare.contains('.');
    let is_number =
        |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    if (marked.is_none() && !parts) || !bare.split('.').all(is_number) {
        return None;
    }
    let number = bare.split('.').next()?.parse().ok()?;
    Some(Line::Numbered { number, parts, text })
}

/// Without the box of a task.
fn checked(text: &str) -> &str {
    ["[ ] ", "[x] ", "[X] "].iter().find_map(|b| text.strip_prefix(b)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_what_they_look_like() {
        let item = |text| Line::Item { text, weak: false };
        let numbered = |number, parts, text| Line::Numbered { number, parts, text };
        let cases = [
            ("  ", Line::Blank),
            ("---", Line::Rule),
            ("=====", Line::Rule),
            ("## 2. Deliverables", Line::Heading(2, "2. Deliverables")),
            ("**Out of scope:**", Line::Title(Section::WontDo)),
            ("Budget: 50 USD a month", Line::Inline(Section::Constraints, "50 USD a month")),
            ("**Budget:** 50 USD", Line::Inline(Section::Constraints, "50 USD")),
            ("- one", item("one")),
            ("• one", item("one")),
            ("* Team", item("Team")),
            ("- [ ] one", item("one")),
            ("+ tax", Line::Item { text: "tax", weak: true }),
            ("a. four", Line::Item { text: "four", weak: true }),
            ("2) two", numbered(2, false, "two")),
            ("(2) two", numbered(2, false, "two")),
            ("1.2. three", numbered(1, true, "three")),
            ("2.1 Ingest", numbered(2, true, "Ingest")),
            ("50000. Nothing else", Line::Text("50000. Nothing else")),
            ("-5 degrees", Line::Text("-5 degrees")),
            ("2026 is the year", Line::Text("2026 is the year")),
            ("| week | | result |", Line::Row(vec!["week", "", "result"])),
            ("|---|:--|", Line::BelowHead),
            ("| | |", Line::Blank),
            ("The objectives are: none", Line::Text("The objectives are: none")),
            ("Goal 1: Reduce cost", Line::Text("Goal 1: Reduce cost")),
        ];
        for (line, wanted) in cases {
            assert_eq!(Line::of(line), wanted, "{line}");
        }
    }
}
