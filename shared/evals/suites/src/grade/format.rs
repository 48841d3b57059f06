//! Checks that HCL is formatted as `terraform fmt` does: indentation, alignment of `=`, no trailing spaces.
//!
//! The rules are those of HCL's own formatter. A line that opens brackets indents the following lines by two
//! spaces. In consecutive assignments that each close all their brackets on their own line, the `=` are in
//! one column. Spaces within expressions are not checked.

/// Maximum number of faults to list.
const MOST: usize = 20;

/// The parts of a line that the checks need.
#[derive(Debug, Default)]
struct Line<'a> {
    /// Line number, starting at 1.
    number: usize,
    /// The line without its line ending.
    text: &'a str,
    /// Opening brackets minus closing brackets.
    net: i32,
    /// Byte offset of the `=` of an assignment that closes all its brackets on this line.
    assign: Option<usize>,
    /// Inside a heredoc or a multi-line comment, where formatting is free.
    verbatim: bool,
    /// Inside a heredoc, which the formatter treats as one line.
    heredoc: bool,
}

/// The formatting faults, by line.
pub(super) fn faults(text: &str) -> Vec<String> {
    let lines = Scanner::default().lines(text);
    let mut faults = indentation(&lines);
    faults.extend(alignment(&lines));
    let stray = |l: &&Line<'_>| !l.verbatim && l.text.trim_end() != l.text;
    faults.extend(lines.iter().filter(stray).map(|l| (l.number, "space at the end of the line")));
    faults.sort_unstable();
    faults.truncate(MOST);
    faults.into_iter().map(|(line, fault)| format!("line {line}: {fault}")).collect()
}

fn indentation(lines: &[Line<'_>]) -> Vec<(usize, &'static str)> {
    let mut faults = Vec::new();
    // For each indentation level, the number of brackets that opened it.
    let mut levels: Vec<i32> = Vec::new();
    for line in lines.iter().filter(|l| !l.verbatim && !l.text.trim().is_empty()) {
        let mut closed = -line.net;
        while closed > 0 {
            let Some(level) = levels.last_mut() else { break };
            let taken = closed.min(*level);
            closed -= taken;
            *level -= taken;
            if *level == 0 {
                levels.pop();
            }
        }
        let indent = line.text.len() - line.text.trim_start().len();
        if indent != 2 * levels.len() || line.text.starts_with('\t') {
            faults.push((line.number, "not indented by two spaces per level"));
        }
        if line.net > 0 {
            levels.push(line.net);
        }
    }
    faults
}

fn alignment(lines: &[Line<'_>]) -> Vec<(usize, &'static str)> {
    let mut faults = Vec::new();
    let assigning = |l: &&Line<'_>| l.assign.is_some() && !l.verbatim;
    let lines: Vec<_> = lines.iter().filter(|l| !l.heredoc).collect();
    for chain in lines.chunk_by(|a, b| assigning(a) == assigning(b)) {
        if !chain.iter().all(assigning) {
            continue;
        }
        let parts = |l: &&Line<'_>| -> Option<(usize, usize, bool)> {
            let at = l.assign?;
            let name = l.text.get(..at)?.trim_end().chars().count();
            let column = l.text.get(..at)?.chars().count();
            let after = l.text.get(at + 1..)?;
            Some((name, column, after.starts_with(' ') && !after.starts_with("  ")))
        };
        let widest =
            chain.iter().filter_map(parts).map(|(name, ..)| name).max().unwrap_or_default();
        for line in chain {
            if let Some((_, column, spaced)) = parts(line)
                && (column != widest + 1 || !spaced)
            {
                faults.push((line.number, "`=` not aligned, or not between single spaces"));
            }
        }
    }
    faults
}

/// Scans the text line by line. Brackets in strings, comments and heredocs do not count.
#[derive(Debug, Default)]
struct Scanner {
    /// The word that ends the open heredoc.
    heredoc: Option<String>,
    in_comment: bool,
}

impl Scanner {
    fn lines(mut self, text: &str) -> Vec<Line<'_>> {
        text.lines().enumerate().map(|(i, line)| self.line(i + 1, line)).collect()
    }

    fn line<'a>(&mut self, number: usize, text: &'a str) -> Line<'a> {
        let mut line = Line { number, text, ..Line::default() };
        if let Some(end) = &self.heredoc {
            line.verbatim = true;
            line.heredoc = true;
            if text.trim() == end {
                self.heredoc = None;
            }
            return line;
        }
        line.verbatim = self.in_comment;
        let bytes = text.as_bytes();
        let mut assign = None;
        // Net brackets at the position of the assignment.
        let mut open_at_assign = 0;
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            let rest = text.get(at..).unwrap_or_default();
            if self.in_comment {
                if rest.starts_with("*/") {
                    self.in_comment = false;
                    at += 1;
                }
                at += 1;
                continue;
            }
            match byte {
                b'#' => break,
                b'/' if rest.starts_with("//") => break,
                b'/' if rest.starts_with("/*") => {
                    self.in_comment = true;
                    at += 1;
                }
                b'"' => at += string(rest),
                b'<' if rest.starts_with("<<") => {
                    let word = rest.trim_start_matches(['<', '-']);
                    let named = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
                    let end: String = word.chars().take_while(|c| named(*c)).collect();
                    if !end.is_empty() {
                        self.heredoc = Some(end);
                        break;
                    }
                }
                b'{' | b'[' | b'(' => line.net += 1,
                b'}' | b']' | b')' => line.net -= 1,
                b'=' if assign.is_none() && is_assignment(bytes, at) => {
                    assign = Some(at);
                    open_at_assign = line.net;
                }
                _ => {}
            }
            at += 1;
        }
        let named = |at: &usize| !text.get(..*at).unwrap_or_default().trim().is_empty();
        line.assign = assign.filter(|at| line.net == open_at_assign && named(at));
        line
    }
}

/// Whether the `=` stands alone: not part of `==`, `!=`, `<=`, `>=` or `=>`.
fn is_assignment(bytes: &[u8], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|i| bytes.get(i));
    let after = bytes.get(at + 1);
    !matches!(before, Some(b'=' | b'!' | b'<' | b'>')) && !matches!(after, Some(b'=' | b'>'))
}

/// Byte offset of the closing quote of a quoted string that starts at 0; it may contain templates.
fn string(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut at = 1;
    let mut templates = 0_u32;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'$' | b'%' if bytes.get(at + 1) == Some(&b'{') => {
                templates += 1;
                at += 1;
            }
            b'}' if templates > 0 => templates -= 1,
            b'"' if templates == 0 => return at,
            b'"' => at += string(rest.get(at..).unwrap_or_default()),
            _ => {}
        }
        at += 1;
    }
    at
}
