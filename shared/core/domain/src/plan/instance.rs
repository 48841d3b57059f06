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

/// A key as it is compared: numbers as text, because Terraform takes one for the other. `None` for a text that is a number in another
/// form, such as `"00"`.
pub(super) fn canonical(key: &str) -> Option<String> {
    let Some(text) = key.strip_prefix('"').and_then(|open| open.strip_suffix('"')) else {
        return Some(format!("\"{key}\""));
    };
    let plain = text.parse::<u64>().is_ok_and(|number| number.to_string() == text);
    (plain || text.trim().parse::<f64>().is_err()).then(|| key.to_owned())
}

/// An address with its keys as they are compared.
#[must_use]
pub fn normal(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for (n, part) in parts(address).into_iter().enumerate() {
        if n > 0 {
            out.push('.');
        }
        match key(part) {
            "" => out.push_str(part),
            key => {
                let quoted =
                    if key.starts_with('"') { key.to_owned() } else { format!("\"{key}\"") };
                out.push_str(&format!("{}[{quoted}]", &part[..part.len() - key.len() - 2]));
            }
        }
    }
    out
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
    use super::{Instance, canonical, normal, parts};

    #[test]
    fn numbers_and_texts_are_the_same_key() {
        assert_eq!(normal("module.a[0].b[\"x.y\"].c"), "module.a[\"0\"].b[\"x.y\"].c");
        assert_eq!(canonical("0"), canonical("\"0\""));
        for other in ["\"00\"", "\"1e0\"", "\"0.0\"", "\" 1\"", "\"+1\"", "\"inf\""] {
            assert_eq!(canonical(other), None, "{other}");
        }
        assert_eq!(canonical("\"a\"").as_deref(), Some("\"a\""));
    }

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
