//! Artifacts in S3, verified by SHA-256 and size.
