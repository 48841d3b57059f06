//! Asks people, counts votes, issues permits.
