//! The line of metrics that each batch writes to standard output, where CloudWatch finds it.

use std::process::Command;

use serde_json::Value;

use crate::{MINUTE, batch, handle, runner};

/// Set for the process that runs a batch and whose output is read.
const PRINTS: &str = "HEADGATE_TEST_PRINTS";

#[tokio::test]
async fn each_batch_writes_its_counts_in_one_line() {
    if std::env::var_os(PRINTS).is_some() {
        let runner = runner(&[]).namespace("Orders");
        runner.run(batch(&["ok", "ok", "duplicate"]), MINUTE, handle).await;
        return;
    }
    let this = std::env::current_exe().unwrap();
    let name = "metrics::each_batch_writes_its_counts_in_one_line";
    let run = Command::new(this).args(["--exact", name, "--nocapture"]).env(PRINTS, "1").output();
    let text = String::from_utf8(run.unwrap().stdout).unwrap();
    let json = |line: &str| serde_json::from_str::<Value>(line.get(line.find('{')?..)?).ok();
    let lines: Vec<_> = text.lines().filter_map(json).collect();
    assert_eq!(lines.len(), 1, "{text}");
    let metrics = &lines[0]["_aws"]["CloudWatchMetrics"][0];
    assert_eq!(
        (&metrics["Namespace"], &lines[0]["Consumer"]),
        (&"Orders".into(), &"intake".into())
    );
    assert_eq!((&lines[0]["Done"], &lines[0]["Duplicates"]), (&2.into(), &1.into()));
}
