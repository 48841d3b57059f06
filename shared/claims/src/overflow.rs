//! Results that are too large for an item.

use aws_sdk_s3::Client;
use aws_sdk_s3::primitives::ByteStream;
use sha2::{Digest as _, Sha256};

use crate::error::ClaimError;

/// Largest result that is kept in the item. An item may have 400 KB, and is read and written whole.
pub(crate) const INLINE: usize = 100 * 1024;

/// Where large results are kept.
#[derive(Debug, Clone)]
pub(crate) struct Overflow {
    pub(crate) client: Client,
    pub(crate) bucket: String,
}

impl Overflow {
    /// Saves a result under a name of its own: a late owner must not overwrite a newer one's.
    pub(crate) async fn save(
        &self,
        name: &str,
        json: String,
    ) -> Result<(String, String), ClaimError> {
        let sha256 = hex::encode(Sha256::digest(&json));
        let key = format!("claims/{name}");
        self.client
            .put_object()
            .bucket(&self.bucket)
            .key(&key)
            .content_type("application/json")
            .body(ByteStream::from(json.into_bytes()))
            .send()
            .await
            .map_err(|e| ClaimError::Save(Box::new(e)))?;
        Ok((key, sha256))
    }

    pub(crate) async fn fetch(
        &self,
        claim: &str,
        (key, sha256): &(String, String),
    ) -> Result<String, ClaimError> {
        let request = self.client.get_object().bucket(&self.bucket).key(key);
        let answer = request.send().await.map_err(|e| ClaimError::Fetch(Box::new(e)))?;
        let bytes = answer.body.collect().await.map_err(ClaimError::Body)?.into_bytes();
        if hex::encode(Sha256::digest(&bytes)) != *sha256 {
            return Err(ClaimError::Tampered { key: claim.to_owned() });
        }
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}
