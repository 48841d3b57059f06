//! The mark on a message that comes out of quarantine.

/// Which entry the message is, and which redrive of it: what the `dlq.redrive` attribute says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The quarantine entry.
    pub quarantine_id: String,
    /// How often it was sent again, this time included.
    pub redrive: u32,
}

impl Mark {
    /// Reads `<quarantine id>#<redrive>`; `None` if it is anything else.
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
