//! Secrets Manager access for the keys that Headgate signs with.
