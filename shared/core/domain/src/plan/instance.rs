//! Addresses of instances: which instance of its module a resource belongs to, and its own key.

/// The parts of an instance's address.
#[derive(Debug, PartialEq, Eq)]
pub struct Instance<'a> {
    /// Address of the module instance, such as `module.queue["a"]`; empty for the root.
    pub module: &'a str,
    /// Key of the instance as written, such as `"a"` with its quotes, or `0`; empty without one.
    pub key: &'a str,
}

impl<'a> Instance<'a> {
    /// Reads the address of an instance.
    #[must_use]
    pub fn of(address: &'a str) -> Self {
        let (mut module_end, mut start, mut in_call) = (0, 0, false);
        for end in ends(address) {
            let part = &address[start..end];
            if in_call {
                (module_end, in_call) = (end, false);
            } else if part == "module" {
                in_call = true;
            } else {
                break;
            }
            start = end + 1;
        }
        Self { module: &address[..module_end], key: key(address) }
    }
}

/// Where the parts of an address end: at each `.` outside of a key, and at its end.
fn ends(address: &str) -> impl Iterator<Item = usize> {
    outside(address).filter(|(_, c)| *c == '.').map(|(at, _)| at).chain([address.len()])
}

/// The key in brackets at the end of an address or of a reference's part; empty without one.
pub(super) fn key(part: &str) -> &str {
    match (outside(part).filter(|(_, c)| *c == '[').last(), part.strip_suffix(']')) {
        (Some((at, _)), Some(open)) => &open[at + 1..],
        _ => "",
    }
}

/// The parts of a reference, each with its key.
pub(super) fn parts(reference: &str) -> Vec<&str> {
    let mut start = 0;
    ends(reference)
        .map(|end| {
            let part = &reference[start..end];
            start = end + 1;
            part
        })
        .collect()
}

/// The characters outside of keys, with each key's opening bracket. A key may contain any character, even a quoted `]`.
fn outside(address: &str) -> impl Iterator<Item = (usize, char)> {
    let (mut depth, mut quoted, mut escaped) = (0_u32, false, false);
    address.char_indices().filter(move |(_, c)| {
        let before = depth;
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' if depth > 0 => quoted = !quoted,
            '[' if !quoted => depth += 1,
            ']' if !quoted && depth > 0 => {
                depth -= 1;
                return false;
            }
            _ => {}
        }
        before == 0
    })
}

#[cfg(test)]
mod tests {
    use super::{Instance, parts};

    #[test]
    fn an_address_has_a_module_and_a_key() {
        for (address, module, key) in [
            ("aws_sqs_queue.a", "", ""),
            ("aws_sqs_queue.a[0]", "", "0"),
            ("module.m.aws_sqs_queue.module", "module.m", ""),
            (
                "module.m[\"x.y\"].data.aws_region.a[\"b]\\\"[c\"]",
                "module.m[\"x.y\"]",
                "\"b]\\\"[c\"",
            ),
            ("module.a[0].module.b[\"é\"].aws_sqs_queue.q", "module.a[0].module.b[\"é\"]", ""),
            ("module", "", ""),
        ] {
            assert_eq!(Instance::of(address), Instance { module, key }, "{address}");
        }
        assert_eq!(parts("aws_sqs_queue.a[\"x.y\"].arn"), ["aws_sqs_queue", "a[\"x.y\"]", "arn"]);
    }
}
