//! Ids of the current request, for errors and logs.

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

/// The `traceparent` of the current request, so that its events continue the trace.
#[must_use]
pub fn traceparent() -> Option<String> {
    Some(current().traceparent).filter(|t| !t.is_empty())
}
