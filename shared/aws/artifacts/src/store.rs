//! Stores, reads and checks artifacts.

use std::time::Duration;

use aws_config::SdkConfig;
use aws_sdk_s3::Client;
use aws_sdk_s3::error::ProvideErrorMetadata;
use aws_sdk_s3::presigning::PresigningConfig;
use aws_sdk_s3::primitives::ByteStream;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use headgate_domain::canonical::sha256_hex;
use headgate_domain::guards::MAX_ARTIFACT_BYTES;
use headgate_events::Artifact;

use crate::folder::{Folder, SCANS, UPLOADS};
use crate::uri::{Location, UriError};

/// How long an upload URL is valid.
const UPLOAD: Duration = Duration::from_secs(15 * 60);

/// How long a download URL is valid. It is used at once.
const DOWNLOAD: Duration = Duration::from_secs(60);

/// The artifact bucket.
#[derive(Debug, Clone)]
pub struct Artifacts {
    client: Client,
    bucket: String,
}

/// Where and how to upload an artifact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// S3 URI to declare in the dossier.
    pub uri: String,
    /// URL for the `PUT` request with the bytes.
    pub url: String,
    /// Headers that the `PUT` request must have.
    pub headers: Vec<(String, String)>,
    /// Seconds until the URL expires.
    pub expires_in_seconds: u64,
}

/// Where to download an artifact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    /// URL for the `GET` request.
    pub url: String,
    /// Seconds until the URL expires.
    pub expires_in_seconds: u64,
}

/// Why an artifact could not be read or stored. The proposer can fix all of these except
/// [`ArtifactError::S3`].
#[derive(Debug, thiserror::Error)]
pub enum ArtifactError {
    /// The URI is not an S3 URI.
    #[error(transparent)]
    Uri(#[from] UriError),
    /// The artifact is in another bucket.
    #[error("{uri} is not in the artifact bucket {bucket}; upload it there")]
    Foreign {
        /// URI that the dossier declares.
        uri: String,
        /// Name of the artifact bucket.
        bucket: String,
    },
    /// The artifact does not exist.
    #[error("{0} does not exist; upload it before you propose the change")]
    Missing(String),
    /// The bytes do not have the declared digest.
    #[error(
        "{uri} has SHA-256 {found}, not the declared {named}; upload or declare the right file"
    )]
    Digest {
        /// URI of the artifact.
        uri: String,
        /// SHA-256 that the dossier declares.
        named: String,
        /// SHA-256 of the bytes in S3.
        found: String,
    },
    /// The object does not have the declared size, or is larger than the limit.
    #[error(
        "{uri} has {found} bytes; it must have the declared {named} and at most {MAX_ARTIFACT_BYTES}"
    )]
    Size {
        /// URI of the artifact.
        uri: String,
        /// Size that the dossier declares, in bytes.
        named: u64,
        /// Size of the object in S3, in bytes.
        found: u64,
    },
    /// S3 failed.
    #[error("S3 failed")]
    S3(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl ArtifactError {
    /// Stable code if the proposer can fix the problem; `None` if S3 failed.
    #[must_use]
    pub fn refusal(&self) -> Option<&'static str> {
        match self {
            Self::Uri(_) => Some("artifact_uri_invalid"),
            Self::Foreign { .. } => Some("artifact_foreign"),
            Self::Missing(_) => Some("artifact_missing"),
            Self::Digest { .. } => Some("artifact_digest_mismatch"),
            Self::Size { .. } => Some("artifact_size_mismatch"),
            Self::S3(_) => None,
        }
    }
}

fn s3(error: impl std::error::Error + Send + Sync + 'static) -> ArtifactError {
    ArtifactError::S3(Box::new(error))
}

impl Artifacts {
    /// Connects with the process's SDK configuration.
    #[must_use]
    pub fn connect(sdk: &SdkConfig, bucket: impl Into<String>) -> Self {
        Self::new(Client::new(sdk), bucket)
    }

    /// Creates a store from a client and the name of the bucket.
    #[must_use]
    pub fn new(client: Client, bucket: impl Into<String>) -> Self {
        Self { client, bucket: bucket.into() }
    }

    fn location(&self, key: String) -> Location {
        Location { bucket: self.bucket.clone(), key }
    }

    /// Whether an artifact is in the folder of an uploader.
    #[must_use]
    pub fn is_in(&self, folder: &Folder, artifact: &Artifact) -> bool {
        artifact.uri == self.location(folder.key(&artifact.sha256)).to_string()
    }

    /// Whether an artifact is one of those that the fleet, or Terraform, stored.
    #[must_use]
    pub fn is_fleets(&self, artifact: &Artifact) -> bool {
        artifact.uri == self.location(format!("sha256/{}", artifact.sha256)).to_string()
    }

    /// Whether an artifact is in the folder of any uploader. The fleet's own objects, and what was uploaded before there were folders, are
    /// not.
    #[must_use]
    pub fn is_upload(&self, artifact: &Artifact) -> bool {
        let location = artifact.uri.parse::<Location>();
        location.is_ok_and(|l| l.bucket == self.bucket && l.key.starts_with(UPLOADS))
    }

    /// Who uploaded results of a scanner, such as `agents/ci`. `None` for any other artifact.
    #[must_use]
    pub fn scanned_by(&self, artifact: &Artifact) -> Option<String> {
        let location = artifact.uri.parse::<Location>().ok()?;
        if location.bucket != self.bucket {
            return None;
        }
        let (by, sha256) = location.key.strip_prefix(SCANS)?.rsplit_once('/')?;
        let whole = by.split('/').count() == 2 && by.split('/').all(|part| !part.is_empty());
        (whole && sha256 == artifact.sha256).then(|| by.to_owned())
    }

    /// Signs a URL to upload bytes with this SHA-256 (lower-case hex) to a folder. S3 rejects any other bytes.
    ///
    /// # Errors
    /// [`ArtifactError::S3`] if `sha256` is not hexadecimal or the URL cannot be signed.
    pub async fn upload_url(
        &self,
        folder: &Folder,
        sha256: &str,
        media_type: &str,
    ) -> Result<Upload, ArtifactError> {
        let location = self.location(folder.key(sha256));
        let checksum = STANDARD.encode(hex::decode(sha256).map_err(s3)?);
        let request = self
            .client
            .put_object()
            .bucket(&location.bucket)
            .key(&location.key)
            .content_type(media_type)
            .checksum_sha256(checksum)
            .presigned(PresigningConfig::expires_in(UPLOAD).map_err(s3)?)
            .await
            .map_err(s3)?;
        Ok(Upload {
            uri: location.to_string(),
            url: request.uri().to_owned(),
            headers: request.headers().map(|(k, v)| (k.to_owned(), v.to_owned())).collect(),
            expires_in_seconds: UPLOAD.as_secs(),
        })
    }

    /// Signs a URL to download an artifact. S3 names its content as it was declared at the upload, and browsers do not open it. The
    /// receiver must check the digest: an agent with AWS credentials can replace what is in its folder.
    ///
    /// # Errors
    /// [`ArtifactError::Uri`], [`ArtifactError::Foreign`], or [`ArtifactError::S3`] if the URL cannot be signed.
    pub async fn download_url(&self, artifact: &Artifact) -> Result<Download, ArtifactError> {
        let location = self.own(artifact)?;
        let name = format!("attachment; filename=\"{}\"", artifact.sha256);
        let request = self
            .client
            .get_object()
            .bucket(&location.bucket)
            .key(&location.key)
            .response_content_disposition(name)
            .response_content_type("application/octet-stream")
            .presigned(PresigningConfig::expires_in(DOWNLOAD).map_err(s3)?)
            .await
            .map_err(s3)?;
        let url = request.uri().to_owned();
        Ok(Download { url, expires_in_seconds: DOWNLOAD.as_secs() })
    }

    /// Stores bytes of the fleet and returns their URI, digest and size.
    ///
    /// # Errors
    /// [`ArtifactError::S3`] if S3 failed.
    pub async fn put(&self, bytes: Vec<u8>, media_type: &str) -> Result<Artifact, ArtifactError> {
        let key = format!("sha256/{}", sha256_hex(&bytes));
        self.store(key, bytes, media_type).await
    }

    /// Stores bytes in the folder of an uploader.
    ///
    /// # Errors
    /// [`ArtifactError::S3`] if S3 failed.
    pub async fn upload(
        &self,
        folder: &Folder,
        bytes: Vec<u8>,
        media_type: &str,
    ) -> Result<Artifact, ArtifactError> {
        let key = folder.key(&sha256_hex(&bytes));
        self.store(key, bytes, media_type).await
    }

    async fn store(
        &self,
        key: String,
        bytes: Vec<u8>,
        media_type: &str,
    ) -> Result<Artifact, ArtifactError> {
        let sha256 = sha256_hex(&bytes);
        let location = self.location(key);
        let size = bytes.len() as u64;
        self.client
            .put_object()
            .bucket(&location.bucket)
            .key(&location.key)
            .content_type(media_type)
            .checksum_sha256(STANDARD.encode(hex::decode(&sha256).map_err(s3)?))
            .body(ByteStream::from(bytes))
            .send()
            .await
            .map_err(s3)?;
        Ok(Artifact {
            uri: location.to_string(),
            sha256,
            bytes: size,
            media_type: media_type.to_owned(),
        })
    }

    /// Reads an artifact and checks its size and digest.
    ///
    /// # Errors
    /// [`ArtifactError`] if the artifact is not in the bucket, does not match its declaration, or S3 failed.
    pub async fn get(&self, artifact: &Artifact) -> Result<Vec<u8>, ArtifactError> {
        let uri = &artifact.uri;
        let location = self.own(artifact)?;
        let request = self.client.get_object().bucket(&location.bucket).key(&location.key);
        let answer = request.send().await.map_err(|e| match e.code() {
            Some("NoSuchKey" | "NotFound") => ArtifactError::Missing(uri.clone()),
            _ => s3(e),
        })?;
        // Check the size before reading the body, so that an oversized object never fills the memory.
        let found = u64::try_from(answer.content_length().unwrap_or_default()).unwrap_or_default();
        if found != artifact.bytes || found > MAX_ARTIFACT_BYTES {
            return Err(ArtifactError::Size { uri: uri.clone(), named: artifact.bytes, found });
        }
        let bytes = answer.body.collect().await.map_err(s3)?.to_vec();
        let digest = sha256_hex(&bytes);
        if digest != artifact.sha256 {
            let named = artifact.sha256.clone();
            return Err(ArtifactError::Digest { uri: uri.clone(), named, found: digest });
        }
        Ok(bytes)
    }

    /// Where an artifact is, if that is in this bucket.
    fn own(&self, artifact: &Artifact) -> Result<Location, ArtifactError> {
        let uri = &artifact.uri;
        let location: Location = uri.parse()?;
        if location.bucket != self.bucket {
            return Err(ArtifactError::Foreign { uri: uri.clone(), bucket: self.bucket.clone() });
        }
        Ok(location)
    }
}
