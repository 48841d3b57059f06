//! URIs of the form `s3://bucket/key`.

/// Bucket and key of an object in S3.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// Name of the bucket.
    pub bucket: String,
    /// Object key, without a leading slash.
    pub key: String,
}

/// A text that is not an S3 URI.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not of the form s3://bucket/key")]
pub struct UriError(pub String);

impl std::str::FromStr for Location {
    type Err = UriError;

    fn from_str(uri: &str) -> Result<Self, UriError> {
        let (bucket, key) = uri
            .strip_prefix("s3://")
            .and_then(|rest| rest.split_once('/'))
            .filter(|(bucket, key)| !bucket.is_empty() && !key.is_empty())
            .ok_or_else(|| UriError(uri.to_owned()))?;
        Ok(Self { bucket: bucket.to_owned(), key: key.to_owned() })
    }
}

impl std::fmt::Display for Location {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "s3://{}/{}", self.bucket, self.key)
    }
}
