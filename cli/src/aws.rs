//! What the command does with AWS credentials: events on the bus, artifacts, the permit key.

use headgate_artifacts::{ArtifactError, Artifacts};
use headgate_bus::Bus;
use headgate_events::{Artifact, Outgoing};
use headgate_identity::Identity;
use headgate_permits::KeyRing;
use headgate_runtime::aws;
use headgate_secrets::{SecretError, Secrets};
use headgate_webhook::Endpoints;
use jiff::Timestamp;

use crate::config::Config;
use crate::fail::Failure;

fn wait<T>(future: impl Future<Output = Result<T, Failure>>) -> Result<T, Failure> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(Failure::unavailable)?
        .block_on(future)
}

fn chain(error: &(dyn std::error::Error + 'static)) -> Failure {
    Failure::Unavailable(headgate_runtime::telemetry::chain(error))
}

async fn artifacts(config: &Config) -> Result<Artifacts, Failure> {
    if config.artifact_bucket.is_empty() {
        return Err(Failure::Usage("set HEADGATE_ARTIFACT_BUCKET to the artifact bucket".into()));
    }
    Ok(Artifacts::connect(&aws::config().await, &config.artifact_bucket))
}

/// Uploads files with the caller's own credentials.
pub(crate) fn upload(
    config: &Config,
    files: Vec<(Vec<u8>, &'static str)>,
) -> Result<Vec<Artifact>, Failure> {
    wait(async {
        let artifacts = artifacts(config).await?;
        let mut out = Vec::new();
        for (bytes, media_type) in files {
            out.push(artifacts.put(bytes, media_type).await.map_err(|e| chain(&e))?);
        }
        Ok(out)
    })
}

/// Downloads an artifact with the caller's own credentials; other bytes than its digest says are refused.
pub(crate) fn download(config: &Config, artifact: &Artifact) -> Result<Vec<u8>, Failure> {
    wait(async {
        let artifacts = artifacts(config).await?;
        artifacts.get(artifact).await.map_err(|e| match e {
            ArtifactError::S3(_) => chain(&e),
            other => Failure::Refused(other.to_string()),
        })
    })
}

/// Puts an event on the bus.
pub(crate) fn publish(config: &Config, event: Outgoing) -> Result<(), Failure> {
    if config.bus.is_empty() {
        return Err(Failure::Usage("set HEADGATE_BUS to the name of the bus".into()));
    }
    wait(async {
        let bus = Bus::connect(&aws::config().await, &config.bus);
        bus.publish(&[event]).await.map_err(|e| chain(&e))
    })
}

/// Makes the permit keys if the secret has no value. Returns whether it did.
pub(crate) fn init_keys(secret: &str) -> Result<bool, Failure> {
    wait(async {
        let secrets = Secrets::connect(&aws::config().await);
        match secrets.get(secret).await {
            Ok(_) => return Ok(false),
            Err(SecretError::Empty(_)) => {}
            Err(error) => return Err(chain(&error)),
        }
        let ring = KeyRing::new(Timestamp::now()).map_err(Failure::unavailable)?;
        secrets.put(secret, &ring.to_text()).await.map_err(|e| chain(&e))?;
        Ok(true)
    })
}

/// Makes a new permit key beside those that are there. Returns its id.
pub(crate) fn rotate_keys(secret: &str) -> Result<String, Failure> {
    wait(async {
        let secrets = Secrets::connect(&aws::config().await);
        let text = secrets.get(secret).await.map_err(|e| chain(&e))?;
        let mut ring = KeyRing::parse(&text).map_err(Failure::usage)?;
        let kid = ring.rotate(Timestamp::now()).map_err(Failure::unavailable)?;
        secrets.put(secret, &ring.to_text()).await.map_err(|e| chain(&e))?;
        Ok(kid)
    })
}

/// Changes the list of webhook endpoints; without a value it is empty.
pub(crate) fn change_endpoints<T>(
    secret: &str,
    change: impl FnOnce(&mut Endpoints) -> Result<T, Failure>,
) -> Result<T, Failure> {
    wait(async {
        let secrets = Secrets::connect(&aws::config().await);
        let before = match secrets.get(secret).await {
            Ok(json) => Endpoints::parse(&json).map_err(Failure::usage)?,
            Err(SecretError::Empty(_)) => Endpoints::default(),
            Err(error) => return Err(chain(&error)),
        };
        let mut endpoints = before.clone();
        let changed = change(&mut endpoints)?;
        endpoints.check().map_err(Failure::usage)?;
        if endpoints != before {
            let json = serde_json::to_string(&endpoints).map_err(Failure::usage)?;
            secrets.put(secret, &json).await.map_err(|e| chain(&e))?;
        }
        Ok(changed)
    })
}

/// Stores a value in a secret.
pub(crate) fn set_secret(secret: &str, value: &str) -> Result<(), Failure> {
    wait(async {
        let secrets = Secrets::connect(&aws::config().await);
        secrets.put(secret, value).await.map_err(|e| chain(&e))
    })
}

/// The account that the caller's AWS credentials are for, as AWS says.
pub(crate) fn caller_account() -> Result<String, Failure> {
    wait(async {
        let identity = Identity::connect(&aws::config().await);
        identity.account().await.map_err(Failure::usage)
    })
}
