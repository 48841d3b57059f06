//! Writes the counts of a batch as a log line in CloudWatch's embedded metric format
//! (<https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html>).

use std::time::Duration;

use serde_json::{Value, json};

/// How a record ended in this batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    Done,
    Duplicate,
    Poison,
    Retry(Duration),
    Unavailable(Duration),
    Panic(Duration),
    TimedOut(Duration),
    HandedBack(Duration),
}

impl Fate {
    /// How long to hide the message before its next delivery; `None` if it is acknowledged.
    pub(crate) fn kept(self) -> Option<Duration> {
        match self {
            Self::Done | Self::Duplicate | Self::Poison => None,
            Self::Retry(delay)
            | Self::Unavailable(delay)
            | Self::Panic(delay)
            | Self::TimedOut(delay)
            | Self::HandedBack(delay) => Some(delay),
        }
    }

    fn metric(self) -> &'static str {
        match self {
            Self::Done => "Done",
            Self::Duplicate => "Duplicates",
            Self::Poison => "Poison",
            Self::Retry(_) => "Retries",
            Self::Unavailable(_) => "Unavailable",
            Self::Panic(_) => "Panics",
            Self::TimedOut(_) => "TimedOut",
            Self::HandedBack(_) => "HandedBack",
        }
    }
}

/// All metrics, in the order of the log line.
const METRICS: [&str; 8] =
    ["Done", "Duplicates", "Poison", "Retries", "Unavailable", "Panics", "TimedOut", "HandedBack"];

/// One log line with the counts of a batch, by consumer and over all consumers. The build is a property, not a dimension: a
/// dimension would create new metrics with every deployment.
pub(crate) fn emf(
    (namespace, consumer, build): (&str, &str, &str),
    now_ms: u128,
    fates: &[Fate],
) -> Value {
    let units: Vec<_> = METRICS.iter().map(|m| json!({ "Name": m, "Unit": "Count" })).collect();
    let mut line = json!({
        "_aws": {
            "Timestamp": u64::try_from(now_ms).unwrap_or_default(),
            "CloudWatchMetrics": [{
                "Namespace": namespace,
                "Dimensions": [["Consumer"], []],
                "Metrics": units,
            }],
        },
        "Consumer": consumer,
        "Build": build,
    });
    for metric in METRICS {
        line[metric] = fates.iter().filter(|f| f.metric() == metric).count().into();
    }
    line
}

#[cfg(test)]
mod tests {
    use super::{Fate, METRICS, emf};
    use serde_json::json;
    use std::time::Duration;

    #[test]
    fn every_metric_is_declared_and_has_its_value() {
        let fates = [Fate::Done, Fate::Done, Fate::Duplicate, Fate::Retry(Duration::ZERO)];
        let line = emf(("Headgate", "intake", "b1"), 1_764_000_000_000, &fates);
        let declared = line["_aws"]["CloudWatchMetrics"][0]["Metrics"].as_array();
        assert_eq!(declared.map(Vec::len), Some(METRICS.len()));
        for metric in declared.into_iter().flatten() {
            assert!(line[metric["Name"].as_str().unwrap_or_default()].is_u64(), "{metric}");
        }
        assert_eq!(
            line,
            json!({
                "_aws": {
                    "Timestamp": 1_764_000_000_000_u64,
                    "CloudWatchMetrics": [{
                        "Namespace": "Headgate",
                        "Dimensions": [["Consumer"], []],
                        "Metrics": declared,
                    }],
                },
                "Consumer": "intake",
                "Build": "b1",
                "Done": 2, "Duplicates": 1, "Poison": 0, "Retries": 1,
                "Unavailable": 0, "Panics": 0, "TimedOut": 0, "HandedBack": 0,
            })
        );
    }
}
