//! The mark on a message that is redriven from quarantine.

/// The quarantine entry and the redrive that a message comes from, as stored in the `dlq.redrive` attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Id of the quarantine entry.
    pub quarantine_id: String,
    /// Number of the redrive, starting at 1.
    pub redrive: u32,
}

impl Mark {
    /// Reads `<quarantine id>#<redrive>`; `None` for any other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (id, redrive) = text.rsplit_once('#')?;
        let redrive = redrive.parse().ok().filter(|n| *n > 0)?;
        (!id.is_empty()).then(|| Self { quarantine_id: id.to_owned(), redrive })
    }
}

impl std::fmt::Display for Mark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}#{}", self.quarantine_id, self.redrive)
    }
}

#[cfg(test)]
mod tests {
    use super::Mark;

    #[test]
    fn a_mark_is_read_as_it_was_written() {
        let mark = Mark { quarantine_id: "q-1".to_owned(), redrive: 2 };
        assert_eq!(mark.to_string(), "q-1#2");
        assert_eq!(Mark::parse("q-1#2"), Some(mark));
        for odd in ["", "q-1", "q-1#", "q-1#0", "q-1#x", "#1"] {
            assert_eq!(Mark::parse(odd), None, "{odd}");
        }
    }
}
