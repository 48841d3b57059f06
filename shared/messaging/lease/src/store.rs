//! The four writes of a lease: acquire, begin, complete and release. Each is one conditional `UpdateItem`.

use std::sync::Arc;

use aws_config::SdkConfig;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::update_item::UpdateItemError;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::types::{
    AttributeValue, ReturnValue, ReturnValuesOnConditionCheckFailure as OnFailure,
};
use headgate_failpoint::reach;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::error::LeaseError;
use crate::overflow::Overflow;
use crate::record::{Item, Record, state};
use crate::request::{Lease, LeaseRequest, OnTimeout};

/// The clock that leases read.
pub type LeaseClock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// How long an expired item stays before TTL may remove it.
const TTL_SLACK: SignedDuration = SignedDuration::from_hours(24);

/// Stores leases in a DynamoDB table and large results in an S3 bucket.
#[derive(Clone)]
pub struct Leases {
    client: Client,
    table: String,
    pub(crate) overflow: Overflow,
    clock: LeaseClock,
}

pub(crate) enum Acquired {
    Lease(Lease),
    Done(Record),
    Busy { until: Timestamp },
}

pub(crate) enum Saved {
    Inline(String),
    InS3 { key: String, sha256: String },
}

fn text(value: &str) -> AttributeValue {
    AttributeValue::S(value.to_owned())
}

fn millis(time: Timestamp) -> AttributeValue {
    AttributeValue::N(time.as_millisecond().to_string())
}

fn seconds(time: Timestamp) -> AttributeValue {
    AttributeValue::N(time.as_second().to_string())
}

fn after(time: Timestamp, duration: std::time::Duration) -> Timestamp {
    time.saturating_add(duration).unwrap_or(Timestamp::MAX)
}

impl Leases {
    /// Connects with the process's SDK configuration and uses the system clock.
    #[must_use]
    pub fn connect(sdk: &SdkConfig, table: impl Into<String>, bucket: impl Into<String>) -> Self {
        Self::new(
            Client::new(sdk),
            table,
            aws_sdk_s3::Client::new(sdk),
            bucket,
            Arc::new(Timestamp::now),
        )
    }

    /// Stores leases in `table` and results over 100 KB in `bucket`, and reads the time from `clock`.
    #[must_use]
    pub fn new(
        client: Client,
        table: impl Into<String>,
        s3: aws_sdk_s3::Client,
        bucket: impl Into<String>,
        clock: LeaseClock,
    ) -> Self {
        let overflow = Overflow { client: s3, bucket: bucket.into() };
        Self { client, table: table.into(), overflow, clock }
    }

    /// Starts an update of the lease item, with the names that all conditions use.
    fn update(&self, request: &LeaseRequest<'_>) -> UpdateItemFluentBuilder {
        self.client
            .update_item()
            .table_name(&self.table)
            .key("pk", text(request.key))
            .key("sk", text("LEASE"))
            .expression_attribute_names("#state", "state")
            .expression_attribute_names("#owner", "owner")
            .expression_attribute_values(":in_progress", text(state::IN_PROGRESS))
            .return_values_on_condition_check_failure(OnFailure::AllOld)
    }

    /// Acquires the lease if its item is absent, expired or released, or if its owner has timed out and
    /// [`OnTimeout`] lets the next owner take over.
    pub(crate) async fn acquire(&self, request: &LeaseRequest<'_>) -> Result<Acquired, LeaseError> {
        let now = (self.clock)();
        let owner = Uuid::new_v4().to_string();
        let until = after(now, request.lease);
        let expires = after(until, request.keep);
        // `free`: timed-out leases that may be taken over. `mark` sets and `unmark` removes `preparing`.
        let (free, mark, unmark) = match request.on_timeout {
            OnTimeout::Retry => {
                (" OR (#state = :in_progress AND lease_until <= :now)", "", "preparing, ")
            }
            OnTimeout::Quarantine => ("", "", "preparing, "),
            OnTimeout::QuarantineOnceBegun => (
                " OR (#state = :in_progress AND lease_until <= :now AND \
                 attribute_exists(preparing))",
                ", preparing = :owner",
                "",
            ),
        };
        let result = self
            .update(request)
            .update_expression(format!(
                "SET #state = :in_progress, #owner = :owner, \
                 attempt = if_not_exists(attempt, :zero) + :one, lease_until = :until, \
                 expires_at = :expires, #ttl = :ttl, payload_sha256 = :payload{mark} \
                 REMOVE {unmark}#result, result_key, result_sha256",
            ))
            .condition_expression(format!(
                "attribute_not_exists(pk) OR expires_at <= :now OR \
                 (payload_sha256 = :payload AND (#state = :released{free}))"
            ))
            .expression_attribute_names("#ttl", "ttl")
            .expression_attribute_names("#result", "result")
            .expression_attribute_values(":released", text(state::RELEASED))
            .expression_attribute_values(":owner", text(&owner))
            .expression_attribute_values(":zero", AttributeValue::N("0".to_owned()))
            .expression_attribute_values(":one", AttributeValue::N("1".to_owned()))
            .expression_attribute_values(":now", millis(now))
            .expression_attribute_values(":until", millis(until))
            .expression_attribute_values(":expires", millis(expires))
            .expression_attribute_values(":ttl", seconds(expires + TTL_SLACK))
            .expression_attribute_values(":payload", text(&request.payload_sha256))
            .return_values(ReturnValue::AllNew)
            .send()
            .await;
        let found = match result {
            Ok(answer) => {
                let record = Record::read(request.key, &answer.attributes.unwrap_or_default())?;
                return Ok(Acquired::Lease(Lease { owner, attempt: record.attempt, until }));
            }
            Err(error) => Record::read(request.key, &refused(error)?)?,
        };
        // This is our own write: it took effect, but its response was lost.
        if found.owner == owner {
            return Ok(Acquired::Lease(Lease { owner, attempt: found.attempt, until }));
        }
        if found.payload_sha256 != request.payload_sha256 {
            return Err(LeaseError::KeyReused { key: request.key.to_owned() });
        }
        if found.state == state::DONE {
            return Ok(Acquired::Done(found));
        }
        let timed_out = found.state == state::IN_PROGRESS && found.lease_until <= now;
        let unknown = match request.on_timeout {
            OnTimeout::Retry => false,
            OnTimeout::Quarantine => true,
            OnTimeout::QuarantineOnceBegun => !found.preparing,
        };
        if timed_out && unknown {
            return Err(LeaseError::Abandoned {
                key: request.key.to_owned(),
                attempt: found.attempt,
                since: found.lease_until,
            });
        }
        Ok(Acquired::Busy { until: found.lease_until })
    }

    /// Records that the effect begins now. Other owners may repeat the work before this call, but not the
    /// work after it. Use it with [`OnTimeout::QuarantineOnceBegun`], and call it right before the effect.
    ///
    /// # Errors
    /// [`LeaseError::Lost`] if the lease has ended; the effect must not begin then. [`LeaseError::Write`]
    /// if DynamoDB failed.
    pub async fn begin(&self, request: &LeaseRequest<'_>, held: &Lease) -> Result<(), LeaseError> {
        let update = self
            .update(request)
            .update_expression("REMOVE preparing")
            .expression_attribute_values(":now", millis((self.clock)()));
        self.fenced(request, held, update, " AND lease_until > :now", |_| false).await?;
        reach!("lease.begun");
        Ok(())
    }

    /// Saves the result, unless a newer owner has taken over.
    pub(crate) async fn complete(
        &self,
        request: &LeaseRequest<'_>,
        held: &Lease,
        saved: Saved,
    ) -> Result<(), LeaseError> {
        let expires = after((self.clock)(), request.keep);
        let (set, update) = match saved {
            Saved::Inline(json) => (
                "#result = :result",
                self.update(request)
                    .expression_attribute_names("#result", "result")
                    .expression_attribute_values(":result", AttributeValue::S(json)),
            ),
            Saved::InS3 { key, sha256 } => (
                "result_key = :key, result_sha256 = :sha256",
                self.update(request)
                    .expression_attribute_values(":key", AttributeValue::S(key))
                    .expression_attribute_values(":sha256", AttributeValue::S(sha256)),
            ),
        };
        let update = update
            .update_expression(format!(
                "SET #state = :next, expires_at = :expires, #ttl = :ttl, {set}"
            ))
            .expression_attribute_names("#ttl", "ttl")
            .expression_attribute_values(":expires", millis(expires))
            .expression_attribute_values(":ttl", seconds(expires + TTL_SLACK));
        self.end(request, held, update, state::DONE).await
    }

    /// Releases the lease, unless a newer owner has taken over.
    pub(crate) async fn release(
        &self,
        request: &LeaseRequest<'_>,
        held: &Lease,
    ) -> Result<(), LeaseError> {
        let update = self.update(request).update_expression("SET #state = :next");
        self.end(request, held, update, state::RELEASED).await
    }

    async fn end(
        &self,
        request: &LeaseRequest<'_>,
        held: &Lease,
        update: UpdateItemFluentBuilder,
        next: &str,
    ) -> Result<(), LeaseError> {
        let update = update.expression_attribute_values(":next", text(next));
        self.fenced(request, held, update, "", |found| found.state == next).await
    }

    /// The fence: the update succeeds only for the owner of this attempt. If the condition fails, `ours`
    /// tells whether the item shows our own earlier write, whose response was lost.
    async fn fenced(
        &self,
        request: &LeaseRequest<'_>,
        held: &Lease,
        update: UpdateItemFluentBuilder,
        and: &str,
        ours: impl Fn(&Record) -> bool,
    ) -> Result<(), LeaseError> {
        let result = update
            .condition_expression(format!(
                "#owner = :owner AND attempt = :attempt AND #state = :in_progress{and}"
            ))
            .expression_attribute_values(":owner", text(&held.owner))
            .expression_attribute_values(":attempt", AttributeValue::N(held.attempt.to_string()))
            .send()
            .await;
        let Err(error) = result else { return Ok(()) };
        let found = Record::read(request.key, &refused(error)?);
        if found.is_ok_and(|f| f.owner == held.owner && ours(&f)) {
            return Ok(());
        }
        Err(LeaseError::Lost { key: request.key.to_owned(), attempt: held.attempt })
    }
}

/// The item that made the condition fail. Any other failure is an error.
fn refused(error: aws_sdk_dynamodb::error::SdkError<UpdateItemError>) -> Result<Item, LeaseError> {
    match error.as_service_error() {
        Some(UpdateItemError::ConditionalCheckFailedException(found)) => {
            Ok(found.item().cloned().unwrap_or_default())
        }
        _ => Err(LeaseError::Write(Box::new(error))),
    }
}
