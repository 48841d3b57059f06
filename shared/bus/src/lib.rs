#![doc = include_str!("../README.md")]

use std::time::Duration;

use aws_config::SdkConfig;
use aws_sdk_eventbridge::Client;
use aws_sdk_eventbridge::error::SdkError;
use aws_sdk_eventbridge::operation::put_events::PutEventsError;
use aws_sdk_eventbridge::types::PutEventsRequestEntry;
use headgate_events::{MAX_DETAIL_BYTES, Outgoing};

/// Most entries in one `PutEvents` call.
const MAX_ENTRIES: usize = 10;
/// Most bytes in one `PutEvents` call; EventBridge allows 256 KiB in all.
const MAX_CALL_BYTES: usize = 240 * 1024;
/// Tries for an entry that EventBridge turned away.
const ATTEMPTS: u32 = 4;

/// A bus to publish on.
#[derive(Debug, Clone)]
pub struct Bus {
    client: Client,
    name: String,
}

/// Events that are not on the bus.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// An event is too large to travel by value: its payload belongs into an artifact.
    #[error("event {id} has {bytes} bytes; what is over {MAX_DETAIL_BYTES} travels as an artifact")]
    Oversized {
        /// Id of the event.
        id: String,
        /// Size of its detail.
        bytes: usize,
    },
    /// An event has no JSON form.
    #[error("event {id} cannot be written as JSON")]
    Json {
        /// Id of the event.
        id: String,
        /// Why.
        #[source]
        source: serde_json::Error,
    },
    /// The whole call failed.
    #[error("PutEvents failed")]
    Call(#[source] Box<SdkError<PutEventsError>>),
    /// Some entries were turned away, even after retries.
    #[error("{} events were turned away, the first ({id}) with {code}", .failed)]
    Failed {
        /// How many.
        failed: usize,
        /// Id of the first.
        id: String,
        /// Error code of the first.
        code: String,
    },
}

impl Bus {
    /// Connects with the process's SDK configuration.
    #[must_use]
    pub fn connect(sdk: &SdkConfig, name: impl Into<String>) -> Self {
        Self::new(Client::new(sdk), name)
    }

    /// A bus by name or ARN.
    #[must_use]
    pub fn new(client: Client, name: impl Into<String>) -> Self {
        Self { client, name: name.into() }
    }

    /// Puts all events on the bus, in order, ten at a time.
    ///
    /// # Errors
    /// [`PublishError`]; some of the events may be on the bus nevertheless. To publish all of them
    /// again is safe: an event's id does not change.
    pub async fn publish(&self, events: &[Outgoing]) -> Result<(), PublishError> {
        let mut call: Vec<(String, PutEventsRequestEntry)> = Vec::new();
        let mut bytes = 0;
        for event in events {
            let detail = serde_json::to_string(&event.detail)
                .map_err(|source| PublishError::Json { id: event.id.clone(), source })?;
            if detail.len() > MAX_DETAIL_BYTES {
                return Err(PublishError::Oversized { id: event.id.clone(), bytes: detail.len() });
            }
            if call.len() == MAX_ENTRIES || bytes + detail.len() > MAX_CALL_BYTES {
                self.put(std::mem::take(&mut call)).await?;
                bytes = 0;
            }
            bytes += detail.len();
            let entry = PutEventsRequestEntry::builder()
                .event_bus_name(&self.name)
                .source(&event.source)
                .detail_type(&event.kind)
                .detail(detail)
                .build();
            call.push((event.id.clone(), entry));
        }
        if call.is_empty() { Ok(()) } else { self.put(call).await }
    }

    async fn put(
        &self,
        mut entries: Vec<(String, PutEventsRequestEntry)>,
    ) -> Result<(), PublishError> {
        let mut attempt = 1;
        loop {
            let request = entries.iter().map(|(_, e)| e.clone()).collect();
            let answer = self
                .client
                .put_events()
                .set_entries(Some(request))
                .send()
                .await
                .map_err(|e| PublishError::Call(Box::new(e)))?;
            if answer.failed_entry_count() == 0 {
                return Ok(());
            }
            let mut first = None;
            let mut results = answer.entries().iter();
            entries.retain(|(id, _)| {
                let code = results.next().and_then(|r| r.error_code());
                if let (Some(code), None) = (code, &first) {
                    first = Some((id.clone(), code.to_owned()));
                }
                code.is_some()
            });
            let Some((id, code)) = first else { return Ok(()) };
            if attempt == ATTEMPTS {
                return Err(PublishError::Failed { failed: entries.len(), id, code });
            }
            tracing::warn!(event.id = id, error.code = code, attempt, "entry turned away");
            tokio::time::sleep(Duration::from_millis(50 << attempt)).await;
            attempt += 1;
        }
    }
}
