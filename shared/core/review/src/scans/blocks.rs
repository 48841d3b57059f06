//! Finds the block that a piece of Terraform source begins with.

/// Longest type and name of a block, in bytes.
const MAX_BLOCK: usize = 400;

/// Type and name of the block that a text begins with: `aws_sqs_queue.orders`, `data.aws_ami.base`. Only comments may come before it.
pub(super) fn first(source: &str) -> Option<String> {
    let comment = |line: &&str| {
        let line = line.trim();
        line.is_empty() || line.starts_with('#') || line.starts_with("//")
    };
    source.lines().find(|line| !comment(line)).and_then(header)
}

/// The block whose header is on this line.
pub(super) fn header(line: &str) -> Option<String> {
    let line = line.trim_start();
    let (prefix, rest) = match line.strip_prefix("resource") {
        Some(rest) => ("", rest),
        None => ("data.", line.strip_prefix("data")?),
    };
    if !rest.starts_with([' ', '\t', '"']) {
        return None;
    }
    let (kind, rest) = label(rest)?;
    let (name, _) = label(rest)?;
    if kind.len() + name.len() > MAX_BLOCK {
        return None;
    }
    Some(format!("{prefix}{kind}.{name}"))
}

/// A header that [`header`] reads as this block.
pub(super) fn written(block: &str) -> String {
    let (kind, rest) = match block.strip_prefix("data.") {
        Some(rest) => ("data", rest),
        None => ("resource", block),
    };
    let (resource, name) = rest.split_once('.').unwrap_or((rest, ""));
    format!("{kind} \"{resource}\" \"{name}\" {{}}")
}

/// The next label, with or without quotes.
fn label(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let (label, rest) = match text.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"')?,
        None => text.split_at(text.find([' ', '\t', '"', '{']).unwrap_or(text.len())),
    };
    let plain = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
    (!label.is_empty() && label.chars().all(plain)).then_some((label, rest))
}

#[cfg(test)]
mod tests {
    use super::first;

    #[test]
    fn headers_of_blocks_are_read() {
        for (source, block) in [
            ("resource \"aws_sqs_queue\" \"orders\" {\n", Some("aws_sqs_queue.orders")),
            ("# comment\n\n  data  aws_ami\tbase{", Some("data.aws_ami.base")),
            ("  encrypted = true\n}\nresource \"a\" \"b\" {", None),
            ("// one\n# two\nresource \"a\" \"b\" {", Some("a.b")),
            ("resources = [\"a\", \"b\"]", None),
            ("resource \"a\"", None),
            ("resource \"a\" \"b.c\" {", None),
            ("database \"a\" \"b\"", None),
        ] {
            assert_eq!(first(source).as_deref(), block, "{source}");
        }
    }
}
