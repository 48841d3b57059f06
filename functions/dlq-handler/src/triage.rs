//! Why a message is here. Pure.

use headgate_batch::{Record, attribute};
use headgate_domain::canonical::sha256_hex;
use headgate_events::Delivery;
use headgate_runtime::telemetry::chain;

/// What can be said about a dead letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Triage {
    /// Stable code of the error.
    pub error_type: String,
    /// The reason.
    pub reason: String,
    /// The function that could not process it.
    pub consumer: String,
    /// Its build, if it said so.
    pub build: Option<String>,
    /// The event type, as far as it could be read.
    pub event_type: Option<String>,
    /// What the event is about.
    pub subject: Option<String>,
    /// Name of the queue it came through.
    pub queue: String,
    /// How often it had been tried.
    pub attempts: u32,
}

/// Looks at the sender's attributes, then at the body.
#[must_use]
pub fn triage(record: &Record, name_prefix: &str) -> Triage {
    let said = |name: &str| record.attributes.get(name).cloned();
    let queue = record.queue_arn.rsplit(':').next().unwrap_or_default().to_owned();
    let parsed = Delivery::parse(&record.body);
    let read = match &parsed {
        Ok(delivery) => Some(delivery.fact.kind().to_owned()),
        Err(error) => error.event_type().map(str::to_owned),
    };
    let by_queue = queue.strip_prefix(name_prefix).unwrap_or(&queue);
    let by_queue = by_queue.strip_suffix("-dlq").unwrap_or(by_queue).to_owned();
    let (error_type, reason) = if let Some(code) = said(attribute::ERROR_TYPE) {
        (code, said(attribute::REASON).unwrap_or_default())
    } else if let Some(code) = said("ERROR_CODE") {
        let message = said("ERROR_MESSAGE").unwrap_or_default();
        ("target_delivery_failed".to_owned(), format!("EventBridge gave up: {code} {message}"))
    } else if let Some(code) = said("ErrorCode") {
        let message = said("ErrorMessage").unwrap_or_default();
        ("async_invocation_failed".to_owned(), format!("Lambda gave up: {code} {message}"))
    } else {
        match &parsed {
            Err(error) => (error.code().to_owned(), chain(error)),
            Ok(_) => (
                "retries_exhausted".to_owned(),
                format!("`{by_queue}` failed on it each time; its logs say why"),
            ),
        }
    };
    let attempts = said(attribute::ATTEMPTS).and_then(|n| n.parse().ok());
    Triage {
        error_type,
        reason,
        consumer: said(attribute::CONSUMER).unwrap_or(by_queue),
        build: said(attribute::BUILD),
        event_type: said(attribute::EVENT_TYPE).or(read),
        subject: parsed.ok().map(|d| d.fact.subject().to_owned()),
        queue,
        attempts: attempts.unwrap_or(record.receive_count),
    }
}

impl Triage {
    /// The same fault has the same fingerprint: error type, event type and version, consumer, build.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let event = self.event_type.as_deref().unwrap_or_default();
        let build = self.build.as_deref().unwrap_or_default();
        let text = format!("{}\n{event}\n{}\n{build}", self.error_type, self.consumer);
        sha256_hex(text.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(body: &str, attributes: &[(&str, &str)]) -> Record {
        Record {
            message_id: "m-1".into(),
            body: body.into(),
            receive_count: 4,
            queue_arn: "arn:aws:sqs:us-east-1:000000000000:headgate-local-intake-dlq".into(),
            attributes: attributes.iter().map(|(k, v)| ((*k).into(), (*v).into())).collect(),
            first_received_ms: 0,
        }
    }

    #[test]
    fn a_consumer_says_why() {
        let said = [
            (attribute::ERROR_TYPE, "event_schema"),
            (attribute::REASON, "missing field"),
            (attribute::CONSUMER, "pm-review"),
            (attribute::BUILD, "0.1.0"),
            (attribute::ATTEMPTS, "1"),
        ];
        let found = triage(&record("{", &said), "headgate-local-");
        assert_eq!((&*found.error_type, &*found.reason), ("event_schema", "missing field"));
        assert_eq!((&*found.consumer, found.attempts), ("pm-review", 1));
    }

    #[test]
    fn a_silent_queue_is_read_off_the_body() {
        let bad = triage(&record("{", &[]), "headgate-local-");
        assert_eq!((&*bad.error_type, &*bad.consumer), ("body_malformed", "intake"));
        let detail = include_str!("../../../events/fixtures/change.accepted.v1.json");
        let body = format!(
            r#"{{"detail-type":"change.accepted.v1","source":"headgate.intake","detail":{detail}}}"#
        );
        let good = triage(&record(&body, &[]), "headgate-local-");
        assert_eq!((&*good.error_type, good.attempts), ("retries_exhausted", 4));
        assert_eq!(good.subject.as_deref(), Some("chg-orders-queue"));
    }

    #[test]
    fn eventbridge_and_lambda_say_it_in_their_own_words() {
        let target = triage(&record("{", &[("ERROR_CODE", "NO_PERMISSIONS")]), "");
        assert_eq!(target.error_type, "target_delivery_failed");
        let invoke = triage(&record("{", &[("ErrorCode", "200")]), "");
        assert_eq!(invoke.error_type, "async_invocation_failed");
    }

    #[test]
    fn the_fingerprint_is_of_the_fault_and_not_of_the_message() {
        let one = triage(&record("{", &[]), "headgate-local-");
        let two = triage(&record("[", &[]), "headgate-local-");
        let other = triage(&record("{", &[(attribute::CONSUMER, "pm-review")]), "headgate-local-");
        assert_eq!(one.fingerprint(), two.fingerprint());
        assert_ne!(one.fingerprint(), other.fingerprint());
    }
}
