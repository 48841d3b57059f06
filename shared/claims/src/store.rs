//! The four writes. Each is one conditional `UpdateItem`; what it must find is in its condition.

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

use crate::claim::{Claim, Held, OnTimeout};
use crate::error::ClaimError;
use crate::overflow::Overflow;
use crate::record::{Item, Record, state};

/// Where the time comes from.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Days that an expired item may stay before TTL removes it.
const TTL_SLACK: SignedDuration = SignedDuration::from_hours(24);

/// Claims in a table, large results in a bucket.
#[derive(Clone)]
pub struct Claims {
    client: Client,
    table: String,
    pub(crate) overflow: Overflow,
    clock: Clock,
}

pub(crate) enum Acquired {
    Held(Held),
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

impl Claims {
    /// Connects with the process's SDK configuration; time is the system's.
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

    /// Claims in `table`, results over 100 KB in `bucket`, time from `clock`.
    #[must_use]
    pub fn new(
        client: Client,
        table: impl Into<String>,
        s3: aws_sdk_s3::Client,
        bucket: impl Into<String>,
        clock: Clock,
    ) -> Self {
        let overflow = Overflow { client: s3, bucket: bucket.into() };
        Self { client, table: table.into(), overflow, clock }
    }

    /// An update of the claim's item, with the names that its conditions use.
    fn update(&self, claim: &Claim<'_>) -> UpdateItemFluentBuilder {
        self.client
            .update_item()
            .table_name(&self.table)
            .key("pk", text(claim.key))
            .key("sk", text("CLAIM"))
            .expression_attribute_names("#state", "state")
            .expression_attribute_names("#owner", "owner")
            .expression_attribute_values(":in_progress", text(state::IN_PROGRESS))
            .return_values_on_condition_check_failure(OnFailure::AllOld)
    }

    /// Claims: absent, or expired, or released, or in progress past its lease (unless that is to be
    /// looked at by people).
    pub(crate) async fn acquire(&self, claim: &Claim<'_>) -> Result<Acquired, ClaimError> {
        let now = (self.clock)();
        let owner = Uuid::new_v4().to_string();
        let until = after(now, claim.lease);
        let expires = after(until, claim.keep);
        // Besides what was released; and whether the item says that nothing has begun.
        let (free, mark, unmark) = match claim.on_timeout {
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
            .update(claim)
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
            .expression_attribute_values(":payload", text(&claim.payload_sha256))
            .return_values(ReturnValue::AllNew)
            .send()
            .await;
        let found = match result {
            Ok(answer) => {
                let record = Record::read(claim.key, &answer.attributes.unwrap_or_default())?;
                return Ok(Acquired::Held(Held { owner, attempt: record.attempt, until }));
            }
            Err(error) => Record::read(claim.key, &refused(error)?)?,
        };
        // Our own write, which took effect although its answer never came.
        if found.owner == owner {
            return Ok(Acquired::Held(Held { owner, attempt: found.attempt, until }));
        }
        if found.payload_sha256 != claim.payload_sha256 {
            return Err(ClaimError::KeyReused { key: claim.key.to_owned() });
        }
        if found.state == state::DONE {
            return Ok(Acquired::Done(found));
        }
        let timed_out = found.state == state::IN_PROGRESS && found.lease_until <= now;
        let unknown = match claim.on_timeout {
            OnTimeout::Retry => false,
            OnTimeout::Quarantine => true,
            OnTimeout::QuarantineOnceBegun => !found.preparing,
        };
        if timed_out && unknown {
            return Err(ClaimError::Abandoned {
                key: claim.key.to_owned(),
                attempt: found.attempt,
                since: found.lease_until,
            });
        }
        Ok(Acquired::Busy { until: found.lease_until })
    }

    /// Says that the effect begins: what comes before may be repeated by others, what comes after may not. For
    /// claims with [`OnTimeout::QuarantineOnceBegun`]; as close to the effect as it gets.
    ///
    /// # Errors
    /// [`ClaimError::Lost`], if the lease has ended; the effect must not begin then.
    pub async fn begin(&self, claim: &Claim<'_>, held: &Held) -> Result<(), ClaimError> {
        let request = self
            .update(claim)
            .update_expression("REMOVE preparing")
            .expression_attribute_values(":now", millis((self.clock)()));
        self.fenced(claim, held, request, " AND lease_until > :now", |_| false).await?;
        reach!("claims.begun");
        Ok(())
    }

    /// Saves the result, if the claim is still held.
    pub(crate) async fn complete(
        &self,
        claim: &Claim<'_>,
        held: &Held,
        saved: Saved,
    ) -> Result<(), ClaimError> {
        let expires = after((self.clock)(), claim.keep);
        let (set, request) = match saved {
            Saved::Inline(json) => (
                "#result = :result",
                self.update(claim)
                    .expression_attribute_names("#result", "result")
                    .expression_attribute_values(":result", AttributeValue::S(json)),
            ),
            Saved::InS3 { key, sha256 } => (
                "result_key = :key, result_sha256 = :sha256",
                self.update(claim)
                    .expression_attribute_values(":key", AttributeValue::S(key))
                    .expression_attribute_values(":sha256", AttributeValue::S(sha256)),
            ),
        };
        let request = request
            .update_expression(format!(
                "SET #state = :next, expires_at = :expires, #ttl = :ttl, {set}"
            ))
            .expression_attribute_names("#ttl", "ttl")
            .expression_attribute_values(":expires", millis(expires))
            .expression_attribute_values(":ttl", seconds(expires + TTL_SLACK));
        self.end(claim, held, request, state::DONE).await
    }

    /// Gives the claim back, if it is still held.
    pub(crate) async fn release(&self, claim: &Claim<'_>, held: &Held) -> Result<(), ClaimError> {
        let request = self.update(claim).update_expression("SET #state = :next");
        self.end(claim, held, request, state::RELEASED).await
    }

    async fn end(
        &self,
        claim: &Claim<'_>,
        held: &Held,
        request: UpdateItemFluentBuilder,
        next: &str,
    ) -> Result<(), ClaimError> {
        let request = request.expression_attribute_values(":next", text(next));
        self.fenced(claim, held, request, "", |found| found.state == next).await
    }

    /// The fence: only the owner of this very attempt may. `ours` tells whether a refusal has met our own write,
    /// which took effect although its answer never came.
    async fn fenced(
        &self,
        claim: &Claim<'_>,
        held: &Held,
        request: UpdateItemFluentBuilder,
        and: &str,
        ours: impl Fn(&Record) -> bool,
    ) -> Result<(), ClaimError> {
        let result = request
            .condition_expression(format!(
                "#owner = :owner AND attempt = :attempt AND #state = :in_progress{and}"
            ))
            .expression_attribute_values(":owner", text(&held.owner))
            .expression_attribute_values(":attempt", AttributeValue::N(held.attempt.to_string()))
            .send()
            .await;
        let Err(error) = result else { return Ok(()) };
        let found = Record::read(claim.key, &refused(error)?);
        if found.is_ok_and(|f| f.owner == held.owner && ours(&f)) {
            return Ok(());
        }
        Err(ClaimError::Lost { key: claim.key.to_owned(), attempt: held.attempt })
    }
}

/// The item that a condition refused; any other failure is an error.
fn refused(error: aws_sdk_dynamodb::error::SdkError<UpdateItemError>) -> Result<Item, ClaimError> {
    match error.as_service_error() {
        Some(UpdateItemError::ConditionalCheckFailedException(found)) => {
            Ok(found.item().cloned().unwrap_or_default())
        }
        _ => Err(ClaimError::Write(Box::new(error))),
    }
}
