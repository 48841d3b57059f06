//! W3C trace context (<https://www.w3.org/TR/trace-context/>): continues the trace of incoming requests and
//! events.

use uuid::Uuid;

/// Creates a `traceparent` with the trace of `incoming` and a new span. If `incoming` is missing or not
/// valid, it starts a new trace.
#[must_use]
pub fn child(incoming: Option<&str>) -> String {
    let fresh = Uuid::new_v4().simple().to_string();
    let span = Uuid::new_v4().simple().to_string();
    let trace = incoming.and_then(trace_id).unwrap_or(&fresh);
    format!("00-{trace}-{}-01", &span[..16])
}

/// The trace id of a valid `traceparent`.
#[must_use]
pub fn trace_id(traceparent: &str) -> Option<&str> {
    let hex = |s: &str, n| {
        s.len() == n && s.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    };
    let mut parts = traceparent.split('-');
    let (version, trace, span, flags) =
        (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let zero = |s: &str| s.bytes().all(|b| b == b'0');
    (hex(version, 2) && hex(trace, 32) && hex(span, 16) && hex(flags, 2) && version != "ff")
        .then_some(())?;
    (!zero(trace) && !zero(span)).then_some(trace)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{child, trace_id};

    #[test]
    fn a_child_keeps_the_trace_and_has_its_own_span() {
        let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        let next = child(Some(parent));
        assert_eq!(trace_id(&next), Some("4bf92f3577b34da6a3ce929d0e0e4736"));
        assert_ne!(next, parent);
    }

    #[test]
    fn what_is_not_valid_begins_a_new_trace() {
        for bad in [
            "",
            "x",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        ] {
            assert_eq!(trace_id(bad), None, "{bad}");
            assert!(trace_id(&child(Some(bad))).is_some());
        }
    }
}
