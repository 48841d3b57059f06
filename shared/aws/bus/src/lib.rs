#![doc = include_str!("../README.md")]

use std::time::Duration;

use aws_config::SdkConfig;
use aws_sdk_eventbridge::Client;
use aws_sdk_eventbridge::error::SdkError;
use aws_sdk_eventbridge::operation::put_events::PutEventsError;
use aws_sdk_eventbridge::types::PutEventsRequestEntry;
use headgate_events::{MAX_DETAIL_BYTES, Origin, Outgoing};

/// Most entries in one `PutEvents` call.
const MAX_ENTRIES: usize = 10;
/// Most bytes of event detail in one `PutEvents` call; EventBridge allows 256 KiB in total.
const MAX_CALL_BYTES: usize = 240 * 1024;
/// The code of an entry that has no result.
const NO_RESULT: &str = "no result";
/// Attempts for an entry that EventBridge rejects.
const ATTEMPTS: u32 = 4;

/// An event bus.
#[derive(Debug, Clone)]
pub struct Bus {
    client: Client,
    name: String,
}

/// Why events were not published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// An event is too large to publish; its payload must be stored as an artifact.
    #[error(
        "event {id} has {bytes} bytes, more than {MAX_DETAIL_BYTES}; store its payload as an artifact"
    )]
    Oversized {
        /// Id of the event.
        id: String,
        /// Size of its detail, in bytes.
        bytes: usize,
    },
    /// An event cannot be written as JSON.
    #[error("event {id} cannot be written as JSON")]
    Json {
        /// Id of the event.
        id: String,
        /// The JSON error.
        #[source]
        source: serde_json::Error,
    },
    /// The whole call failed.
    #[error("PutEvents failed")]
    Call(#[source] Box<SdkError<PutEventsError>>),
    /// EventBridge rejected some entries, even after retries.
    #[error("EventBridge rejected {} event(s), the first ({id}) with {code}", .failed)]
    Failed {
        /// Number of rejected events.
        failed: usize,
        /// Id of the first rejected event.
        id: String,
        /// EventBridge error code of the first rejected event.
        code: String,
    },
}

impl Bus {
    /// Connects with the process's SDK configuration.
    #[must_use]
    pub fn connect(sdk: &SdkConfig, name: impl Into<String>) -> Self {
        Self::new(Client::new(sdk), name)
    }

    /// Creates a bus from a client and the bus's name or ARN.
    #[must_use]
    pub fn new(client: Client, name: impl Into<String>) -> Self {
        Self { client, name: name.into() }
    }

    /// Sends the events in order, up to ten in a call. A rejected entry is sent again, up to four times, so it may
    /// arrive after the others.
    ///
    /// # Errors
    /// [`PublishError`]. Some events may be published nevertheless. It is safe to publish all of them again,
    /// because an event keeps its id; the outbox does that (`shared/aws/outbox/src/flow.rs`).
    pub async fn publish(&self, events: &[Outgoing]) -> Result<(), PublishError> {
        self.publish_all(events.iter().map(|event| (event, None))).await
    }

    /// Like [`Self::publish`], for events of outboxes. Their receivers look them up there.
    ///
    /// # Errors
    /// [`PublishError`].
    pub async fn publish_kept<'a>(
        &self,
        events: impl Iterator<Item = (&'a Outgoing, &'a Origin)>,
    ) -> Result<(), PublishError> {
        self.publish_all(events.map(|(event, origin)| (event, Some(origin)))).await
    }

    async fn publish_all<'a>(
        &self,
        events: impl Iterator<Item = (&'a Outgoing, Option<&'a Origin>)>,
    ) -> Result<(), PublishError> {
        let mut call: Vec<(String, PutEventsRequestEntry)> = Vec::new();
        let mut bytes = 0;
        for (event, origin) in events {
            let resources = origin.map(|origin| vec![origin.to_string()]);
            let detail = serde_json::to_string(&event.detail)
                .map_err(|source| PublishError::Json { id: event.id.clone(), source })?;
            if detail.len() > MAX_DETAIL_BYTES {
                return Err(PublishError::Oversized { id: event.id.clone(), bytes: detail.len() });
            }
            let size = detail.len() + resources.iter().flatten().map(String::len).sum::<usize>();
            if call.len() == MAX_ENTRIES || bytes + size > MAX_CALL_BYTES {
                self.put(std::mem::take(&mut call)).await?;
                bytes = 0;
            }
            bytes += size;
            let entry = PutEventsRequestEntry::builder()
                .event_bus_name(&self.name)
                .source(&event.source)
                .detail_type(&event.kind)
                .set_resources(resources)
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
            let results = answer.entries();
            let named = results.iter().filter(|r| r.error_code().is_some()).count();
            let counted = usize::try_from(answer.failed_entry_count()).unwrap_or_default();
            if counted == 0 && named == 0 && results.len() == entries.len() {
                return Ok(());
            }
            // An entry was accepted only if there is a result that says so. If AWS counts more failures than it names,
            // any entry may be one of them: events keep their ids, so sending one twice is harmless.
            let mut results = results.iter();
            let mut first = None;
            entries.retain(|(id, _)| {
                let code = match results.next() {
                    Some(result) if result.error_code().is_some() => result.error_code(),
                    Some(_) if counted <= named => None,
                    _ => Some(NO_RESULT),
                };
                if let (Some(code), None) = (code, &first) {
                    first = Some((id.clone(), code.to_owned()));
                }
                code.is_some()
            });
            let Some((id, code)) = first else { return Ok(()) };
            if attempt == ATTEMPTS {
                return Err(PublishError::Failed { failed: entries.len(), id, code });
            }
            tracing::warn!(event.id = id, error.code = code, attempt, "entry rejected");
            tokio::time::sleep(Duration::from_millis(50 << attempt)).await;
            attempt += 1;
        }
    }
}
