//! Commit, then publish, then acknowledge.
