//! Arguments.

use clap::{Parser, Subcommand};
use jiff::Timestamp;

/// Restores the ledger and the table of metrics of a fleet to a point in time.
#[derive(Debug, Parser)]
#[command(name = "headgate-restore", version, arg_required_else_help = true)]
pub struct Args {
    /// Print JSON
    #[arg(long, global = true)]
    pub(crate) json: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Restore both tables as new tables, and wait until they can be used
    Tables(Wanted),
    /// Count the facts that are on the timelines of the restored ledger, but not in the restored figures
    Figures(Names),
}

#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Names {
    /// Beginning of the names of the fleet's tables, such as `headgate-sandbox-`
    #[arg(long)]
    pub(crate) prefix: String,
    /// End of the names of the restored tables: `r1` for `headgate-sandbox-ledger-r1`. The same as `storage.suffix` in Terraform. `tables` needs it;
    /// without it, `figures` looks at tables that were never restored
    #[arg(long, value_parser = suffix)]
    pub(crate) suffix: Option<String>,
}

#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Wanted {
    #[command(flatten)]
    pub(crate) names: Names,
    /// End of the names of the current tables, if they were restored before
    #[arg(long, value_parser = suffix)]
    pub(crate) from_suffix: Option<String>,
    /// Go on with a restore that was interrupted: use new tables that exist already
    #[arg(long)]
    pub(crate) resume: bool,
    /// Time to which the ledger is restored, with its time zone: 2026-11-30T09:40:00Z
    #[arg(long)]
    pub(crate) at: Timestamp,
}

/// Terraform takes no other suffix, and consumers recognize restored tables by it.
fn suffix(text: &str) -> Result<String, String> {
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    match (1..=12).contains(&text.len()) && text.chars().all(allowed) {
        true => Ok(text.to_owned()),
        false => Err("a suffix is 1 to 12 characters from a-z and 0-9".to_owned()),
    }
}

/// Name of a table of a fleet.
pub(crate) fn table(prefix: &str, kind: &str, suffix: Option<&str>) -> String {
    match suffix {
        Some(suffix) => format!("{prefix}{kind}-{suffix}"),
        None => format!("{prefix}{kind}"),
    }
}

impl Names {
    /// The ledger and the table of metrics.
    pub(crate) fn tables(&self) -> [String; 2] {
        ["ledger", "metrics"].map(|kind| table(&self.prefix, kind, self.suffix.as_deref()))
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::Args;

    #[test]
    fn a_suffix_is_one_that_terraform_takes() {
        for (suffix, fits) in
            [("r1", true), ("r-1", false), ("R1", false), ("", false), ("abcdefghijklm", false)]
        {
            let args = ["restore", "figures", "--prefix", "hg-", "--suffix", suffix];
            assert_eq!(Args::try_parse_from(args).is_ok(), fits, "{suffix}");
        }
    }
}
