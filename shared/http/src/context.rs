//! Ids of the request in hand, for errors and logs.

tokio::task_local! {
    pub(crate) static CONTEXT: Context;
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Context {
    pub(crate) request_id: String,
    pub(crate) trace_id: String,
    pub(crate) traceparent: String,
}

pub(crate) fn current() -> Context {
    CONTEXT.try_with(Clone::clone).unwrap_or_default()
}

/// The trace context of the request in hand, to be carried on in events.
#[must_use]
pub fn traceparent() -> Option<String> {
    Some(current().traceparent).filter(|t| !t.is_empty())
}
