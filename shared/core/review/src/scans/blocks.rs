//! Finds the block that a piece of Terraform source begins with.

/// Type and name of the first `resource` or `data` block in a text: `aws_sqs_queue.orders`, `data.aws_ami.base`.
pub(super) fn first(source: &str) -> Option<String> {
    source.lines().find_map(header)
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
    Some(format!("{prefix}{kind}.{name}"))
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
            ("  encrypted = true\n}\nresource \"a\" \"b\" {", Some("a.b")),
            ("resources = [\"a\", \"b\"]", None),
            ("resource \"a\"", None),
            ("resource \"a\" \"b.c\" {", None),
            ("database \"a\" \"b\"", None),
        ] {
            assert_eq!(first(source).as_deref(), block, "{source}");
        }
    }
}
