//! Finds out why a message became a dead letter. Pure.

use headgate_batch::{Record, attribute};
use headgate_domain::canonical::sha256_hex;
use headgate_events::{Delivery, EngagementId, split_version};
use headgate_runtime::telemetry::chain;

use crate::consumers::Consumers;

/// Name of the queue of what this function itself could not process, without the prefix.
const LAST_QUEUE: &str = "undeliverable";

/// What is known about a dead letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Triage {
    /// Stable code of the error.
    pub error_type: String,
    /// The reason in words.
    pub reason: String,
    /// The function that could not process it.
    pub consumer: String,
    /// The consumer's build: as the dead letter states it, or else the deployed one.
    pub build: Option<String>,
    /// The event type without its version, if it could be read.
    pub event_type: Option<String>,
    /// The version of the event, if it could be read.
    pub event_version: Option<String>,
    /// The event, if it could be read.
    pub event: Option<EventRef>,
    /// Name of the dead-letter queue.
    pub queue: String,
    /// How many times it had been tried.
    pub attempts: u32,
    /// Whether SQS moved it here from a queue that is not the consumer's: then none of its attributes is believed.
    pub foreign: bool,
}

/// Ids of a readable event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventRef {
    /// Id of the event.
    pub id: String,
    /// Subject of the event, in most cases the id of a change.
    pub subject: String,
    /// Id of the engagement that it belongs to.
    pub engagement: EngagementId,
}

/// Whether SQS moved the message here from a queue that is not the consumer's. On AWS the queue's redrive allow policy refuses that; if it does
/// not, nothing that the message says is believed.
fn is_foreign(record: &Record, name_prefix: &str, consumers: &Consumers) -> bool {
    let Some(from) = &record.moved_from else { return false };
    let here = &record.queue_arn;
    let own = here.strip_suffix("-dlq").is_some_and(|own| {
        // A consumer may have several queues with one dead-letter queue.
        let fleet = own.rfind(name_prefix).and_then(|n| own.get(..n + name_prefix.len()));
        let of = |fleet| consumers.of_queue(from.strip_prefix(fleet)?);
        from == own
            || fleet.is_some_and(|fleet| of(fleet).is_some_and(|c| own == format!("{fleet}{c}")))
    });
    let last = here.strip_suffix(LAST_QUEUE).is_some_and(|fleet| {
        fleet.ends_with(name_prefix)
            && from
                .strip_prefix(fleet)
                .is_some_and(|name| consumers.get(consumer_of(name, consumers)).is_some())
    });
    !own && !last
}

/// Name of the consumer whose queue or dead-letter queue this is.
fn consumer_of<'a>(queue: &'a str, consumers: &Consumers) -> &'a str {
    let queue = queue.strip_suffix("-dlq").unwrap_or(queue);
    consumers.of_queue(queue).unwrap_or(queue)
}

/// Reads the sender's attributes and, if they give no reason, the body.
#[must_use]
pub fn triage(record: &Record, name_prefix: &str, consumers: &Consumers) -> Triage {
    let foreign = is_foreign(record, name_prefix, consumers);
    let said = |name: &str| record.attributes.get(name).filter(|_| !foreign).cloned();
    let name = |arn: &str| arn.rsplit(':').next().unwrap_or_default().to_owned();
    let queue = name(&record.queue_arn);
    // A message of the last queue is still the dead letter of its consumer, also if this function has already quarantined it before it
    // failed.
    let last = queue.strip_prefix(name_prefix) == Some(LAST_QUEUE);
    // SQS may name the first or the last queue that it was moved from.
    let queue = match &record.moved_from {
        Some(arn) if last && !foreign => {
            let from = name(arn);
            let from = from.strip_prefix(name_prefix).unwrap_or(&from);
            format!("{name_prefix}{}-dlq", consumer_of(from, consumers))
        }
        _ => queue,
    };
    let parsed = Delivery::parse(&record.body);
    let kind = match &parsed {
        Ok(delivery) => Some(delivery.fact.kind().to_owned()),
        Err(error) => error.event_type().map(str::to_owned),
    };
    let (read_type, read_version) = kind.as_deref().map(split_version).unzip();
    let by_queue = queue.strip_prefix(name_prefix).unwrap_or(&queue);
    let by_queue = consumer_of(by_queue, consumers).to_owned();
    let consumer = said(attribute::CONSUMER).unwrap_or(by_queue);
    let (error_type, reason) = if foreign {
        let queue = record.moved_from.clone().unwrap_or_default();
        let reason = format!("SQS moved it here from {queue}, which is no queue of `{consumer}`");
        ("message_moved".to_owned(), reason)
    } else if let Some(code) = said(attribute::ERROR_TYPE) {
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
                format!("`{consumer}` failed on every attempt; see its logs"),
            ),
        }
    };
    let attempts = said(attribute::ATTEMPTS).and_then(|n| n.parse().ok());
    Triage {
        error_type,
        reason,
        build: said(attribute::BUILD)
            .or_else(|| consumers.get(&consumer).map(|deployed| deployed.build.clone())),
        consumer,
        event_type: said(attribute::EVENT_TYPE).or(read_type.map(str::to_owned)),
        event_version: said(attribute::EVENT_VERSION).or(read_version.flatten().map(str::to_owned)),
        event: parsed.ok().map(|d| EventRef {
            id: d.fact.id().to_owned(),
            subject: d.fact.subject().to_owned(),
            engagement: d.fact.correlation().to_owned(),
        }),
        queue,
        attempts: attempts.unwrap_or(record.receive_count),
        foreign,
    }
}

impl Triage {
    /// Hash of the fault in any build: error type, event type and version, consumer.
    #[must_use]
    pub fn fault(&self) -> String {
        let event = self.event_type.as_deref().unwrap_or_default();
        let version = self.event_version.as_deref().unwrap_or_default();
        let text = format!("{}\n{event}\n{version}\n{}", self.error_type, self.consumer);
        sha256_hex(text.as_bytes())
    }

    /// Hash of the fault in one build. Messages with the same fingerprint form a group.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let build = self.build.as_deref().unwrap_or_default();
        sha256_hex(format!("{}\n{build}", self.fault()).as_bytes())
    }

    /// The event type as it is written on the bus.
    #[must_use]
    pub fn kind(&self) -> Option<String> {
        let stem = self.event_type.as_ref()?;
        Some(match &self.event_version {
            Some(version) => format!("{stem}.{version}"),
            None => stem.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn look(body: &str, attributes: &[(&str, &str)]) -> Triage {
        let record = Record {
            message_id: "m-1".into(),
            body: body.into(),
            receive_count: 4,
            queue_arn: "arn:aws:sqs:us-east-1:000000000000:headgate-local-intake-dlq".into(),
            attributes: attributes.iter().map(|(k, v)| ((*k).into(), (*v).into())).collect(),
            ..Record::default()
        };
        let deployed = r#"{"intake":{"queue_url":"https://intake","build":"0.1.0+now"}}"#;
        triage(&record, "headgate-local-", &deployed.parse().unwrap())
    }

    #[test]
    fn a_consumer_says_why() {
        let found = look(
            "{",
            &[
                (attribute::ERROR_TYPE, "event_schema"),
                (attribute::REASON, "missing field"),
                (attribute::CONSUMER, "pm-review"),
                (attribute::BUILD, "0.1.0+then"),
                (attribute::EVENT_TYPE, "change.accepted"),
                (attribute::EVENT_VERSION, "v1"),
                (attribute::ATTEMPTS, "1"),
            ],
        );
        assert_eq!((&*found.error_type, &*found.reason), ("event_schema", "missing field"));
        assert_eq!((&*found.consumer, found.attempts), ("pm-review", 1));
        assert_eq!(found.build.as_deref(), Some("0.1.0+then"));
        assert_eq!(found.kind().as_deref(), Some("change.accepted.v1"));
    }

    #[test]
    fn a_silent_queue_is_read_off_the_body() {
        let bad = look("{", &[]);
        assert_eq!((&*bad.error_type, &*bad.consumer), ("body_malformed", "intake"));
        assert_eq!(bad.build.as_deref(), Some("0.1.0+now"));
        let detail = include_str!("../../../events/fixtures/change.accepted.v1.json");
        let body = format!(
            r#"{{"detail-type":"change.accepted.v1","source":"headgate.intake","detail":{detail}}}"#
        );
        let good = look(&body, &[]);
        assert_eq!((&*good.error_type, good.attempts), ("retries_exhausted", 4));
        assert_eq!(good.event.as_ref().unwrap().subject, "chg-orders-queue");
        assert_eq!(good.kind().as_deref(), Some("change.accepted.v1"));
    }

    #[test]
    fn eventbridge_and_lambda_say_it_in_their_own_words() {
        let target = look("{", &[("ERROR_CODE", "NO_PERMISSIONS")]);
        assert_eq!(target.error_type, "target_delivery_failed");
        let invoke = look("{", &[("ErrorCode", "200")]);
        assert_eq!(invoke.error_type, "async_invocation_failed");
    }

    #[test]
    fn what_comes_from_the_last_queue_is_the_dead_letter_that_it_was() {
        let deployed = r#"{"intake":{"queue_url":"https://intake","build":"0.1.0+now"},
            "finalizer":{"queue_url":"https://f","build":"0.1.0+now","queues":4}}"#;
        let look = |queue: &str, moved_from: Option<&str>| {
            let arn =
                |queue: &str| format!("arn:aws:sqs:us-east-1:000000000000:headgate-local-{queue}");
            let record = Record {
                body: "{".into(),
                queue_arn: arn(queue),
                moved_from: moved_from.map(arn),
                ..Record::default()
            };
            triage(&record, "headgate-local-", &deployed.parse().unwrap())
        };
        let dead = look("intake-dlq", Some("intake"));
        assert_eq!((&*dead.consumer, &*dead.queue), ("intake", "headgate-local-intake-dlq"));
        // A consumer may have several queues, each for a part of the events.
        let parted = look("finalizer-dlq", Some("finalizer"));
        assert_eq!((&*parted.consumer, parted.foreign), ("finalizer", false));
        for queue in ["finalizer-dlq", "undeliverable"] {
            assert_eq!(look(queue, Some("finalizer-part-3")), parted);
        }
        assert!(look("finalizer-dlq", Some("finalizer-part-4")).foreign);
        assert!(look("finalizer-dlq", Some("intake")).foreign);
        assert!(look("intake-dlq", Some("intake-part-1")).foreign);
        // Whichever queue SQS names, of the two that it was moved from.
        assert_eq!(look("undeliverable", Some("intake-dlq")), dead);
        assert_eq!(look("undeliverable", Some("intake")), dead);
        // The scheduler sends to the last queue itself.
        let scheduled = look("undeliverable", None);
        assert_eq!((&*scheduled.consumer, scheduled.build), ("undeliverable", None));
    }

    #[test]
    fn only_queues_that_exist_are_parts() {
        let deployed = r#"{"intake":{"queue_url":"https://i","build":"b"},
            "finalizer":{"queue_url":"https://f","build":"b","queues":4}}"#;
        let deployed: Consumers = deployed.parse().unwrap();
        for (queue, consumer) in [
            ("finalizer", Some("finalizer")),
            ("finalizer-part-1", Some("finalizer")),
            ("finalizer-part-3", Some("finalizer")),
            ("finalizer-part-4", None),
            ("finalizer-part-0", None),
            ("finalizer-part-01", None),
            ("finalizer-part-", None),
            ("finalizer-part-1-part-1", None),
            // The attack: a queue like that of a consumer that has only one.
            ("intake-part-1", None),
        ] {
            assert_eq!(deployed.of_queue(queue), consumer, "{queue}");
        }
    }

    /// The attack: name the dead-letter queue of a consumer as that of a queue of one's own.
    #[test]
    fn what_was_moved_from_another_queue_is_not_believed() {
        let arn = |queue: &str| format!("arn:aws:sqs:us-east-1:000000000000:{queue}");
        let look = |queue: &str, moved_from: &str| {
            let said = [(attribute::REASON, "mail: call me"), (attribute::CONSUMER, "pm-review")];
            let said = said.map(|(k, v)| (k.to_owned(), v.to_owned()));
            let error = (attribute::ERROR_TYPE.to_owned(), "event_schema".to_owned());
            let record = Record {
                body: "{".into(),
                queue_arn: arn(queue),
                moved_from: Some(arn(moved_from)),
                attributes: said.into_iter().chain([error]).collect(),
                ..Record::default()
            };
            let deployed = r#"{"intake":{"queue_url":"https://intake","build":"0.1.0+now"}}"#;
            triage(&record, "headgate-local-", &deployed.parse().unwrap())
        };
        for (queue, moved_from) in [
            ("headgate-local-intake-dlq", "mine"),
            ("headgate-local-intake-dlq", "headgate-local-pm-review"),
            ("headgate-local-intake-dlq", "headgate-local-intake-dlq"),
            ("headgate-local-undeliverable", "mine-dlq"),
            ("headgate-local-undeliverable", "headgate-local-mine-dlq"),
            ("mine-headgate-local-undeliverable", "mine-dlq"),
        ] {
            let found = look(queue, moved_from);
            assert_eq!(found.error_type, "message_moved", "{queue} {moved_from}");
            assert!(!found.reason.contains("call me") && found.consumer != "pm-review");
        }
        let own = look("headgate-local-intake-dlq", "headgate-local-intake");
        assert_eq!((&*own.error_type, &*own.reason), ("event_schema", "mail: call me"));
    }

    #[test]
    fn the_fingerprint_is_of_the_fault_and_the_build_and_not_of_the_message() {
        let one = look("{", &[]);
        let two = look("[", &[]);
        assert_eq!(one.fingerprint(), two.fingerprint());
        let rebuilt = look("{", &[(attribute::BUILD, "0.1.1")]);
        assert_eq!(one.fault(), rebuilt.fault());
        assert_ne!(one.fingerprint(), rebuilt.fingerprint());
        for other in [
            (attribute::CONSUMER, "pm-review"),
            (attribute::ERROR_TYPE, "event_schema"),
            (attribute::EVENT_TYPE, "change.accepted"),
            (attribute::EVENT_VERSION, "v2"),
        ] {
            assert_ne!(one.fault(), look("{", &[other]).fault(), "{other:?}");
        }
    }
}
