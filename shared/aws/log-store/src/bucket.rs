//! Reads and writes files of the log.

use aws_config::SdkConfig;
use aws_sdk_s3::Client;
use aws_sdk_s3::error::ProvideErrorMetadata;
use aws_sdk_s3::primitives::ByteStream;
use headgate_log::tiles::{CHECKPOINT, CHECKPOINT_TYPE, TILE_TYPE, Tile};

/// Most bytes of a file: a full bundle has 256 leaves of up to 64 KiB.
const MOST_BYTES: i64 = 17 * 1024 * 1024;

/// The bucket of a transparency log.
#[derive(Debug, Clone)]
pub struct LogBucket {
    client: Client,
    bucket: String,
}

/// The newest checkpoint, and the version of the file that it is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Newest {
    /// The signed note.
    pub note: String,
    /// Entity tag of the file.
    pub etag: String,
}

/// Why a file could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum BucketError {
    /// There is another file with this name. Files of a log never change, so somebody else writes to the bucket.
    #[error("{0} exists with other content; somebody else writes to the log's bucket")]
    Different(String),
    /// A file is too large, or is not text.
    #[error("{0} is not a file of a log")]
    Malformed(String),
    /// S3 failed.
    #[error("S3 failed")]
    S3(#[source] Box<dyn std::error::Error + Send + Sync>),
}

fn s3(error: impl std::error::Error + Send + Sync + 'static) -> BucketError {
    BucketError::S3(Box::new(error))
}

impl LogBucket {
    /// Connects with the process's SDK configuration.
    #[must_use]
    pub fn connect(sdk: &SdkConfig, bucket: impl Into<String>) -> Self {
        Self::new(Client::new(sdk), bucket)
    }

    /// The log in the bucket with this name.
    #[must_use]
    pub fn new(client: Client, bucket: impl Into<String>) -> Self {
        Self { client, bucket: bucket.into() }
    }

    /// Reads a file. Returns `None` if it does not exist.
    ///
    /// # Errors
    /// [`BucketError`].
    pub async fn read(&self, path: &str) -> Result<Option<Vec<u8>>, BucketError> {
        Ok(self.file(path).await?.map(|(bytes, _)| bytes))
    }

    async fn file(&self, path: &str) -> Result<Option<(Vec<u8>, String)>, BucketError> {
        let answer = match self.client.get_object().bucket(&self.bucket).key(path).send().await {
            Ok(answer) => answer,
            Err(e) if matches!(e.code(), Some("NoSuchKey" | "NotFound")) => return Ok(None),
            Err(e) => return Err(s3(e)),
        };
        if answer.content_length().is_some_and(|bytes| bytes > MOST_BYTES) {
            return Err(BucketError::Malformed(path.to_owned()));
        }
        let etag = answer.e_tag().unwrap_or_default().to_owned();
        let bytes = answer.body.collect().await.map_err(s3)?.to_vec();
        Ok(Some((bytes, etag)))
    }

    /// Writes a tile, unless it exists. S3 decides, so two writers at once cannot replace each other's.
    ///
    /// # Errors
    /// [`BucketError::Different`] if it exists with other content.
    pub async fn write_once(&self, tile: &Tile, bytes: Vec<u8>) -> Result<(), BucketError> {
        let path = tile.path();
        let body = ByteStream::from(bytes.clone());
        let put = self.client.put_object().bucket(&self.bucket).key(&path).if_none_match("*");
        match put.content_type(TILE_TYPE).body(body).send().await {
            Ok(_) => Ok(()),
            // 409 says that another write of the same object is under way. If that one fails, the next run writes it.
            Err(e)
                if matches!(
                    e.code(),
                    Some("PreconditionFailed" | "ConditionalRequestConflict")
                ) =>
            {
                match self.read(&path).await? {
                    Some(found) if found == bytes => Ok(()),
                    Some(_) => Err(BucketError::Different(path)),
                    None => Err(s3(e)),
                }
            }
            Err(e) => Err(s3(e)),
        }
    }

    /// Reads the newest checkpoint. Returns `None` before the first one. The caller must check its signature.
    ///
    /// # Errors
    /// [`BucketError`].
    pub async fn newest(&self) -> Result<Option<Newest>, BucketError> {
        let Some((bytes, etag)) = self.file(CHECKPOINT).await? else { return Ok(None) };
        let note = String::from_utf8(bytes);
        let note = note.map_err(|_| BucketError::Malformed(CHECKPOINT.to_owned()))?;
        Ok(Some(Newest { note, etag }))
    }

    /// Replaces the newest checkpoint, or writes the first one. Returns `false` if another writer was faster.
    ///
    /// # Errors
    /// [`BucketError`].
    pub async fn replace(&self, before: Option<&Newest>, note: &str) -> Result<bool, BucketError> {
        let put = self.client.put_object().bucket(&self.bucket).key(CHECKPOINT);
        let put = match before {
            Some(Newest { etag, .. }) => put.if_match(etag),
            None => put.if_none_match("*"),
        };
        let body = ByteStream::from(note.as_bytes().to_vec());
        match put.content_type(CHECKPOINT_TYPE).cache_control("no-cache").body(body).send().await {
            Ok(_) => Ok(true),
            // 409 says that a write of the same object is under way.
            Err(e) => match e.code() {
                Some("PreconditionFailed" | "ConditionalRequestConflict") => Ok(false),
                _ => Err(s3(e)),
            },
        }
    }
}
