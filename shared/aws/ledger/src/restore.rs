//! Restores a table to a point in time, as a new table
//! (<https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery.Tutorial.html>).

use aws_config::SdkConfig;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_dynamodb::types::{PointInTimeRecoveryStatus, TableStatus};
use jiff::Timestamp;

/// The tables of an account and region, for restores.
#[derive(Debug, Clone)]
pub struct Tables(Client);

/// The times to which a table can be restored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The earliest: up to 35 days ago.
    pub from: Timestamp,
    /// The latest: usually five minutes ago.
    pub until: Timestamp,
}

/// The state of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// There is no such table.
    Missing,
    /// It cannot be used yet: a restored table cannot until all of its items are there.
    Busy,
    /// It can be used.
    Active,
}

/// Why a table cannot be restored.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// Nothing keeps its history.
    #[error("{0} has no point-in-time recovery")]
    Off(String),
    /// DynamoDB refused a request.
    #[error("{action} {table} failed: {code}")]
    Refused {
        /// What was tried.
        action: &'static str,
        /// Name of the table.
        table: String,
        /// The error code of DynamoDB.
        code: String,
        /// The error of the SDK.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

fn refused<E>(action: &'static str, table: &str, error: SdkError<E>) -> RestoreError
where
    E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
{
    let code = error.code().unwrap_or("no answer").to_owned();
    RestoreError::Refused { action, table: table.to_owned(), code, source: Box::new(error) }
}

impl Tables {
    /// Connects with the process's SDK configuration.
    #[must_use]
    pub fn connect(sdk: &SdkConfig) -> Self {
        Self(Client::new(sdk))
    }

    /// Creates it from a client.
    #[must_use]
    pub fn new(client: Client) -> Self {
        Self(client)
    }

    /// The times to which a table can be restored.
    ///
    /// # Errors
    /// [`RestoreError`].
    pub async fn window(&self, table: &str) -> Result<Window, RestoreError> {
        let answer = self.0.describe_continuous_backups().table_name(table).send().await;
        let answer = answer.map_err(|e| refused("describing the backups of", table, e))?;
        let backups = answer.continuous_backups_description();
        let recovery =
            backups.and_then(|backups| backups.point_in_time_recovery_description()).filter(|r| {
                r.point_in_time_recovery_status() == Some(&PointInTimeRecoveryStatus::Enabled)
            });
        let time = |time: Option<&aws_sdk_dynamodb::primitives::DateTime>| {
            Timestamp::from_second(time?.secs()).ok()
        };
        recovery
            .and_then(|recovery| {
                let from = time(recovery.earliest_restorable_date_time())?;
                Some(Window { from, until: time(recovery.latest_restorable_date_time())? })
            })
            .ok_or_else(|| RestoreError::Off(table.to_owned()))
    }

    /// Begins to restore a table to a point in time, as a new table. DynamoDB keeps the source as it is.
    ///
    /// # Errors
    /// [`RestoreError`]; `TableAlreadyExistsException` if there is a table with the name of the new one.
    pub async fn restore(&self, from: &str, to: &str, at: Timestamp) -> Result<(), RestoreError> {
        let at = aws_sdk_dynamodb::primitives::DateTime::from_secs(at.as_second());
        let request = self.0.restore_table_to_point_in_time();
        let request = request.source_table_name(from).target_table_name(to).restore_date_time(at);
        request.send().await.map_err(|e| refused("restoring", from, e))?;
        Ok(())
    }

    /// The state of a table.
    ///
    /// # Errors
    /// [`RestoreError`].
    pub async fn state(&self, table: &str) -> Result<State, RestoreError> {
        let answer = match self.0.describe_table().table_name(table).send().await {
            Ok(answer) => answer,
            Err(e) if e.as_service_error().is_some_and(|e| e.is_resource_not_found_exception()) => {
                return Ok(State::Missing);
            }
            Err(error) => return Err(refused("describing", table, error)),
        };
        let status = answer.table().and_then(|table| table.table_status());
        Ok(if status == Some(&TableStatus::Active) { State::Active } else { State::Busy })
    }
}
