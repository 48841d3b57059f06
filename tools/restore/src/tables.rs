//! Restores both tables.

use std::time::Duration;

use anyhow::{Result, bail};
use headgate_ledger::{State, Tables};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::args::{Wanted, table};

/// How much earlier the table of metrics is restored. DynamoDB restores to a second, and does not say how the times of two tables
/// compare; a minute is more than enough.
const EARLIER: SignedDuration = SignedDuration::from_secs(60);
/// How often a restore is looked at. It takes from minutes to an hour.
const LOOK: Duration = Duration::from_secs(5);

/// One restore.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Restore {
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) at: Timestamp,
}

/// What is to be restored. The figures must never be ahead of the timelines, because nothing can take back what they count.
pub(crate) fn planned(wanted: &Wanted) -> [Restore; 2] {
    let [ledger, metrics] = wanted.names.tables();
    let from = |kind| table(&wanted.names.prefix, kind, wanted.from_suffix.as_deref());
    [
        Restore { from: from("metrics"), to: metrics, at: wanted.at - EARLIER },
        Restore { from: from("ledger"), to: ledger, at: wanted.at },
    ]
}

/// Restores both tables, and waits until they can be used. Checks both before it begins with one.
pub(crate) async fn restore(tables: &Tables, wanted: &Wanted, as_json: bool) -> Result<()> {
    let planned = planned(wanted);
    if wanted.names.suffix.is_none() {
        bail!(
            "--suffix is missing: DynamoDB restores a table as a new one, which needs a name of its own"
        );
    }
    let mut missing = Vec::new();
    for restore in &planned {
        match tables.state(&restore.to).await? {
            State::Missing => missing.push(restore),
            _ if wanted.resume => {}
            _ => bail!(
                "{} exists already; choose another --suffix, or --resume if this restore was interrupted",
                restore.to
            ),
        }
    }
    for Restore { from, at, .. } in &planned {
        let window = tables.window(from).await?;
        if *at < window.from || *at > window.until {
            bail!(
                "{from} can be restored to a time from {} to {}, but not to {at}",
                window.from,
                window.until
            );
        }
    }
    for Restore { from, to, at } in missing {
        tables.restore(from, to, *at).await?;
        eprintln!("… restoring {from} at {at} as {to}");
    }
    for Restore { to, .. } in &planned {
        // Right after the request, DynamoDB may not know the table yet.
        while tables.state(to).await? != State::Active {
            tokio::time::sleep(LOOK).await;
        }
        eprintln!("✓ {to} can be used");
    }
    if as_json {
        let all = planned.map(|r| json!({ "from": r.from, "to": r.to, "at": r.at }));
        println!("{}", serde_json::to_string_pretty(&all)?);
    } else {
        let suffix = wanted.names.suffix.as_deref().unwrap_or_default();
        println!(
            "next: headgate-restore figures --prefix {} --suffix {suffix}",
            wanted.names.prefix
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::collections::BTreeMap;
    use std::sync::{Arc, Mutex};

    use aws_sdk_dynamodb::Client;
    use aws_sdk_dynamodb::operation::describe_continuous_backups::DescribeContinuousBackupsOutput;
    use aws_sdk_dynamodb::operation::describe_table::{DescribeTableError, DescribeTableOutput};
    use aws_sdk_dynamodb::operation::restore_table_to_point_in_time::RestoreTableToPointInTimeOutput;
    use aws_sdk_dynamodb::primitives::DateTime;
    use aws_sdk_dynamodb::types::error::ResourceNotFoundException;
    use aws_sdk_dynamodb::types::{
        ContinuousBackupsDescription, ContinuousBackupsStatus, PointInTimeRecoveryDescription,
        PointInTimeRecoveryStatus, TableDescription, TableStatus,
    };
    use aws_smithy_mocks::{RuleMode, mock, mock_client};
    use clap::Parser as _;
    use headgate_ledger::Tables;

    use super::restore;
    use crate::args::{Args, Command, Wanted};

    const NOON: i64 = 1_796_040_000;

    /// Source, new table, seconds after noon.
    type Restored = Vec<(String, String, i64)>;

    fn wanted(at: i64) -> Wanted {
        let at = jiff::Timestamp::from_second(at).unwrap().to_string();
        let args = ["restore", "tables", "--prefix", "hg-", "--suffix", "r1", "--at", at.as_str()];
        let Command::Tables(wanted) = Args::parse_from(args).command else { panic!() };
        wanted
    }

    /// Tables with a history of the hour before noon, and what was restored.
    fn tables(on: bool, missing: u32) -> (Tables, Arc<Mutex<Restored>>) {
        let described = mock!(Client::describe_continuous_backups).then_output(move || {
            let status = match on {
                true => PointInTimeRecoveryStatus::Enabled,
                false => PointInTimeRecoveryStatus::Disabled,
            };
            let recovery = PointInTimeRecoveryDescription::builder()
                .point_in_time_recovery_status(status)
                .earliest_restorable_date_time(DateTime::from_secs(NOON - 3_600))
                .latest_restorable_date_time(DateTime::from_secs(NOON));
            let backups = ContinuousBackupsDescription::builder()
                .continuous_backups_status(ContinuousBackupsStatus::Enabled)
                .point_in_time_recovery_description(recovery.build());
            DescribeContinuousBackupsOutput::builder()
                .continuous_backups_description(backups.build().unwrap())
                .build()
        });
        let all = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&all);
        let restored =
            mock!(Client::restore_table_to_point_in_time).then_compute_output(move |r| {
                let text = |t: Option<&str>| t.unwrap().to_owned();
                let at = r.restore_date_time().unwrap().secs() - NOON;
                let one = (text(r.source_table_name()), text(r.target_table_name()), at);
                seen.lock().unwrap().push(one);
                RestoreTableToPointInTimeOutput::builder().build()
            });
        // A restored table is described too early: while nobody knows it yet, and while it is filled.
        let looks: Arc<Mutex<BTreeMap<String, u32>>> = Arc::default();
        let look = Arc::clone(&looks);
        let unknown = mock!(Client::describe_table)
            .match_requests(move |r| {
                let mut looks = looks.lock().unwrap();
                let looks = looks.entry(r.table_name().unwrap().to_owned()).or_default();
                *looks += 1;
                *looks <= missing
            })
            .then_error(|| {
                let error = ResourceNotFoundException::builder().build();
                DescribeTableError::ResourceNotFoundException(error)
            });
        let known = mock!(Client::describe_table).then_compute_output(move |r| {
            let looks = look.lock().unwrap()[r.table_name().unwrap()];
            let creating = missing > 0 && looks == missing + 1;
            status(if creating { TableStatus::Creating } else { TableStatus::Active })
        });
        let client = mock_client!(
            aws_sdk_dynamodb,
            RuleMode::MatchAny,
            [&described, &restored, &unknown, &known]
        );
        (Tables::new(client), all)
    }

    fn status(status: TableStatus) -> DescribeTableOutput {
        let table = TableDescription::builder().table_status(status).build();
        DescribeTableOutput::builder().table(table).build()
    }

    #[tokio::test(start_paused = true)]
    async fn the_figures_are_restored_to_a_minute_before_the_ledger() {
        let (tables, restored) = tables(true, 2);
        restore(&tables, &wanted(NOON - 600), true).await.unwrap();
        let of = |kind: &str, at| (format!("hg-{kind}"), format!("hg-{kind}-r1"), at);
        assert_eq!(*restored.lock().unwrap(), [of("metrics", -660), of("ledger", -600)]);
    }

    /// Half of a restore is worse than none: it would have to be deleted before the next attempt.
    #[tokio::test(start_paused = true)]
    async fn nothing_is_restored_unless_both_tables_can_be() {
        for (on, at, text) in [
            (true, NOON + 1, "but not to"),
            (true, NOON - 3_601, "but not to"),
            // The ledger has this second, the figures do not.
            (true, NOON - 3_590, "hg-metrics can be restored to a time from"),
            (false, NOON - 600, "has no point-in-time recovery"),
        ] {
            let (tables, restored) = tables(on, 2);
            let error = restore(&tables, &wanted(at), true).await.unwrap_err();
            assert!(error.to_string().contains(text), "{error}");
            assert!(restored.lock().unwrap().is_empty());
        }
    }

    /// A table of that name may be anything: an older restore, for example.
    #[tokio::test(start_paused = true)]
    async fn tables_that_exist_are_used_only_if_somebody_says_so() {
        let (exists, restored) = tables(true, 0);
        let error = restore(&exists, &wanted(NOON - 600), true).await.unwrap_err();
        assert!(error.to_string().contains("exists already"), "{error}");
        let resumed = Wanted { resume: true, ..wanted(NOON - 600) };
        restore(&exists, &resumed, true).await.unwrap();
        assert!(restored.lock().unwrap().is_empty());
    }

    #[tokio::test]
    async fn new_tables_need_names_of_their_own() {
        let mut wanted = wanted(NOON - 600);
        wanted.names.suffix = None;
        let error = restore(&tables(true, 2).0, &wanted, true).await.unwrap_err();
        assert!(error.to_string().contains("--suffix is missing"), "{error}");
    }
}
