//! The messages of a batch.

use std::collections::BTreeMap;

use aws_lambda_events::event::sqs::SqsMessage;

/// One message of a batch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// Message id assigned by SQS.
    pub message_id: String,
    /// Receipt handle of this receive; a later receive has another one.
    pub receipt_handle: String,
    /// Body of the message, usually JSON.
    pub body: String,
    /// How many times the message was received, including this time.
    pub receive_count: u32,
    /// ARN of the queue that delivered the message.
    pub queue_arn: String,
    /// ARN of the queue from which SQS itself moved the message here, if it did.
    pub moved_from: Option<String>,
    /// String values of the message attributes, by name.
    pub attributes: BTreeMap<String, String>,
    /// When the message was sent, in milliseconds since 1970; 0 if unknown.
    pub sent_ms: i64,
    /// Message group in a FIFO queue; `None` in a standard queue.
    pub group: Option<String>,
}

impl From<SqsMessage> for Record {
    fn from(message: SqsMessage) -> Self {
        let number = |name: &str| message.attributes.get(name).and_then(|v| v.parse::<i64>().ok());
        let receive_count = number("ApproximateReceiveCount").unwrap_or(1);
        let sent_ms = number("SentTimestamp").unwrap_or_default();
        let group = message.attributes.get("MessageGroupId").cloned();
        let moved_from = message.attributes.get("DeadLetterQueueSourceArn").cloned();
        let queue_arn = message.event_source_arn.unwrap_or_default();
        Self {
            message_id: message.message_id.unwrap_or_default(),
            receipt_handle: message.receipt_handle.unwrap_or_default(),
            body: message.body.unwrap_or_default(),
            receive_count: u32::try_from(receive_count).unwrap_or(1),
            // Standard queues may also have groups (fair queues), but those are not ordered.
            group: group.filter(|_| queue_arn.ends_with(".fifo")),
            queue_arn,
            moved_from,
            attributes: message
                .message_attributes
                .into_iter()
                .filter_map(|(name, value)| Some((name, value.string_value?)))
                .collect(),
            sent_ms,
        }
    }
}

/// Splits a batch into lanes. The records of one FIFO group form a lane and stay in order; any other record
/// has its own lane. Lanes are in the order of their first record.
pub(crate) fn lanes(messages: Vec<SqsMessage>) -> Vec<Vec<Record>> {
    let mut lanes: Vec<Vec<Record>> = Vec::with_capacity(messages.len());
    let mut of_group: BTreeMap<String, usize> = BTreeMap::new();
    for record in messages.into_iter().map(Record::from) {
        let Some(group) = record.group.clone() else {
            lanes.push(vec![record]);
            continue;
        };
        let lane = *of_group.entry(group).or_insert(lanes.len());
        match lanes.get_mut(lane) {
            Some(lane) => lane.push(record),
            None => lanes.push(vec![record]),
        }
    }
    lanes
}

/// Builds a queue's URL from its ARN, because an event source mapping passes only the ARN.
pub(crate) fn queue_url(arn: &str) -> Option<String> {
    let mut parts = arn.split(':');
    let (_, partition, service, region, account, name) =
        (parts.next()?, parts.next()?, parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let suffix = if partition == "aws-cn" { "amazonaws.com.cn" } else { "amazonaws.com" };
    (service == "sqs").then(|| format!("https://sqs.{region}.{suffix}/{account}/{name}"))
}

#[cfg(test)]
mod tests {
    use super::queue_url;

    #[test]
    fn a_queue_url_follows_from_its_arn() {
        let url = |arn: &str| queue_url(arn).unwrap_or_default();
        assert_eq!(
            url("arn:aws:sqs:us-east-1:123456789012:orders"),
            "https://sqs.us-east-1.amazonaws.com/123456789012/orders"
        );
        assert_eq!(
            url("arn:aws-cn:sqs:cn-north-1:123456789012:orders.fifo"),
            "https://sqs.cn-north-1.amazonaws.com.cn/123456789012/orders.fifo"
        );
        assert_eq!(queue_url("arn:aws:sns:us-east-1:123456789012:orders"), None);
        assert_eq!(queue_url("orders"), None);
    }
}
