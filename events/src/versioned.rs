//! Versions of stored items.

use serde::Serialize;
use serde::de::{DeserializeOwned, Error as _};

/// A kind of item that the ledger stores, with a converter for each of its older versions.
///
/// To change an item in a way that older builds would misread, keep the old form as a private type, raise
/// [`Self::VERSION`], and convert the old form in [`Self::upcast`]. Then commit an item of the new version beside the
/// old ones (`shared/aws/ledger/tests/items`). Items of a newer version than this build knows are refused.
pub trait Versioned: Serialize + DeserializeOwned {
    /// The version that this build writes.
    const VERSION: u64 = 1;

    /// Reads the body of an older version: from 1, and lower than [`Self::VERSION`].
    ///
    /// # Errors
    /// If the body is not of that version, or if the version has no converter.
    fn upcast(version: u64, body: &str) -> Result<Self, serde_json::Error> {
        let _ = body;
        Err(serde_json::Error::custom(format!("no converter reads version {version}")))
    }

    /// Reads the body of a version that this build knows.
    ///
    /// # Errors
    /// If the body is not of that version.
    fn read(version: u64, body: &str) -> Result<Self, serde_json::Error> {
        if version == Self::VERSION {
            serde_json::from_str(body)
        } else {
            Self::upcast(version, body)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Versioned;
    use serde::{Deserialize, Serialize};

    /// The first form: a name, and a limit in dollars.
    #[derive(Deserialize)]
    struct One {
        name: String,
        dollars: u32,
    }

    /// The second form: the limit is in cents.
    #[derive(Deserialize)]
    struct Two {
        name: String,
        cents: u32,
    }

    impl From<One> for Two {
        fn from(One { name, dollars }: One) -> Self {
            Self { name, cents: dollars * 100 }
        }
    }

    /// The current form: the name is in parts.
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Three {
        names: Vec<String>,
        cents: u32,
    }

    impl From<Two> for Three {
        fn from(Two { name, cents }: Two) -> Self {
            Self { names: name.split(' ').map(str::to_owned).collect(), cents }
        }
    }

    impl Versioned for Three {
        const VERSION: u64 = 3;

        fn upcast(version: u64, body: &str) -> Result<Self, serde_json::Error> {
            match version {
                1 => serde_json::from_str::<One>(body).map(|one| Two::from(one).into()),
                _ => serde_json::from_str::<Two>(body).map(Self::from),
            }
        }
    }

    #[derive(Debug, Serialize, Deserialize)]
    struct Forgotten;

    impl Versioned for Forgotten {
        const VERSION: u64 = 2;
    }

    #[test]
    fn every_older_version_is_converted() {
        let wanted = Three { names: vec!["a".into(), "b".into()], cents: 700 };
        for (version, body) in [
            (1, r#"{"name":"a b","dollars":7}"#),
            (2, r#"{"name":"a b","cents":700}"#),
            (3, r#"{"names":["a","b"],"cents":700}"#),
        ] {
            assert_eq!(Three::read(version, body).ok().as_ref(), Some(&wanted), "{version}");
        }
        // A body is never read as another version than its own.
        assert!(Three::read(1, r#"{"name":"a b","cents":700}"#).is_err());
    }

    #[test]
    fn a_version_without_a_converter_is_refused() {
        let refused = Forgotten::read(1, "null").err().map(|e| e.to_string());
        assert_eq!(refused.as_deref(), Some("no converter reads version 1"));
    }
}
