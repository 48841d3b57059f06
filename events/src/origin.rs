//! Where the fleet keeps an event that it has published.

use std::fmt;

const URN: &str = "urn:headgate:outbox:";

/// The table and the partition key of the marker whose outbox has an event. It travels beside the event, among the `resources` of the
/// EventBridge entry.
///
/// By itself it proves nothing: anybody may write it. The receiver of the event looks it up there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Name of the table.
    pub table: String,
    /// Partition key of the marker.
    pub marker: String,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{URN}{}:{}", self.table, self.marker)
    }
}

impl Origin {
    /// Reads what [`Self`] is displayed as; `None` for any other resource.
    pub(crate) fn parse(resource: &str) -> Option<Self> {
        let (table, marker) = resource.strip_prefix(URN)?.split_once(':')?;
        Some(Self { table: table.to_owned(), marker: marker.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::Origin;

    #[test]
    fn it_is_read_as_it_is_written() {
        let origin = Origin { table: "headgate-test-ledger".into(), marker: "MARKER#a#b:c".into() };
        assert_eq!(origin.to_string(), "urn:headgate:outbox:headgate-test-ledger:MARKER#a#b:c");
        assert_eq!(Origin::parse(&origin.to_string()), Some(origin));
        for other in
            ["", "urn:headgate:outbox:", "urn:headgate:outbox:table", "arn:aws:s3:::bucket"]
        {
            assert_eq!(Origin::parse(other), None, "{other}");
        }
    }
}
