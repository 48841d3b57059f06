//! Saves results that are too large for a DynamoDB item in S3.

use aws_sdk_s3::Client;
use aws_sdk_s3::primitives::ByteStream;
use sha2::{Digest as _, Sha256};

use crate::error::LeaseError;

/// Largest result that is kept in the item, in bytes. DynamoDB limits an item to 400 KB and always reads and
/// writes it whole.
pub(crate) const INLINE: usize = 100 * 1024;

/// The bucket of large results.
#[derive(Debug, Clone)]
pub(crate) struct Overflow {
    pub(crate) client: Client,
    pub(crate) bucket: String,
}

impl Overflow {
    /// Saves a result under the name of its owner, so that a late owner cannot overwrite a newer owner's
    /// result. Returns the S3 key and the SHA-256.
    pub(crate) async fn save(
        &self,
        name: &str,
        json: String,
    ) -> Result<(String, String), LeaseError> {
        let sha256 = hex::encode(Sha256::digest(&json));
        let key = format!("leases/{name}");
        self.client
            .put_object()
            .bucket(&self.bucket)
            .key(&key)
            .content_type("application/json")
            .body(ByteStream::from(json.into_bytes()))
            .send()
            .await
            .map_err(|e| LeaseError::Save(Box::new(e)))?;
        Ok((key, sha256))
    }

    pub(crate) async fn fetch(
        &self,
        name: &str,
        (key, sha256): &(String, String),
    ) -> Result<String, LeaseError> {
        let request = self.client.get_object().bucket(&self.bucket).key(key);
        let answer = request.send().await.map_err(|e| LeaseError::Fetch(Box::new(e)))?;
        let bytes = answer.body.collect().await.map_err(LeaseError::Body)?.into_bytes();
        if hex::encode(Sha256::digest(&bytes)) != *sha256 {
            return Err(LeaseError::Tampered { key: name.to_owned() });
        }
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}
