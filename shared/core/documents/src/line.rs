//! What a line of a document is.

use crate::titles::{Section, section};

/// A line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Line<'a> {
    Blank,
    /// The title of a section, and how deep it is: 0 if it is no heading of Markdown.
    Title(Section, usize),
    /// A title, and its only entry: `Budget: 50 USD a month`.
    Inline(Section, &'a str),
    /// A heading that is no known title, and how deep it is.
    Heading(usize, &'a str),
    /// The first line of a list item.
    Item(&'a str),
    /// The cells of a row of a table.
    Row(Vec<&'a str>),
    Text(&'a str),
}

impl<'a> Line<'a> {
    pub(crate) fn of(line: &'a str) -> Self {
        let line = line.trim();
        if line.is_empty() {
            return Self::Blank;
        }
        if let Some(item) = bullet(line) {
            return Self::Item(item);
        }
        let depth = line.len() - line.trim_start_matches('#').len();
        if let Some(section) = section(line) {
            return Self::Title(section, depth);
        }
        if let Some(row) = line.strip_prefix('|') {
            return row_of(row);
        }
        if depth > 0 {
            return Self::Heading(depth, line.trim_matches(|c| c == '#' || c == ' '));
        }
        if let Some(item) = numbered(line) {
            return Self::Item(item);
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

/// A row of a table; the line below its head is none.
fn row_of(row: &str) -> Line<'_> {
    let cells = row.split('|').map(str::trim).filter(|cell| !cell.is_empty());
    let cells: Vec<_> = cells.collect();
    let is_rule = |cell: &&str| cell.chars().all(|c| c == '-' || c == ':');
    if cells.is_empty() || cells.iter().all(is_rule) {
        return Line::Blank;
    }
    Line::Row(cells)
}

/// The text of a list item, after a bullet.
fn bullet(line: &str) -> Option<&str> {
    const BULLETS: [char; 9] = ['-', '*', '+', '•', '–', '—', '▪', '·', '◦'];
    let text = line.strip_prefix(BULLETS)?;
    text.starts_with(char::is_whitespace).then(|| checked(text.trim()))
}

/// The text of a list item, after a number or a letter with a mark.
fn numbered(line: &str) -> Option<&str> {
    let (number, text) = line.split_once([' ', '\t'])?;
    let bare = number.strip_suffix(['.', ')'])?.trim_start_matches('(');
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let is_number = bare.len() <= 6 && bare.split('.').all(digits);
    let is_letter = bare.len() == 1 && bare.bytes().all(|b| b.is_ascii_lowercase());
    (is_number || is_letter).then(|| text.trim())
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
        let cases = [
            ("  ", Line::Blank),
            ("## 2. Deliverables", Line::Title(Section::Deliverables, 2)),
            ("**Out of scope:**", Line::Title(Section::WontDo, 0)),
            ("Budget: 50 USD a month", Line::Inline(Section::Constraints, "50 USD a month")),
            ("**Budget:** 50 USD", Line::Inline(Section::Constraints, "50 USD")),
            ("# Payments of the shop", Line::Heading(1, "Payments of the shop")),
            ("- one", Line::Item("one")),
            ("* Team", Line::Item("Team")),
            ("**Team**", Line::Title(Section::Other, 0)),
            ("• one", Line::Item("one")),
            ("- [ ] one", Line::Item("one")),
            ("2) two", Line::Item("two")),
            ("1.2. three", Line::Item("three")),
            ("a. four", Line::Item("four")),
            ("-5 degrees", Line::Text("-5 degrees")),
            ("2026 is the year", Line::Text("2026 is the year")),
            ("| week | result |", Line::Row(vec!["week", "result"])),
            ("|---|:--|", Line::Blank),
            ("The objectives are: none", Line::Text("The objectives are: none")),
        ];
        for (line, wanted) in cases {
            assert_eq!(Line::of(line), wanted, "{line}");
        }
    }
}
