//! Operations that need the caller's AWS credentials: events on the bus, artifacts, and secrets.

use headgate_artifacts::{ArtifactError, Artifacts, Folder};
use headgate_bus::Bus;
use headgate_clients::Identity;
use headgate_clients::{SecretError, Secrets};
use headgate_domain::content::{SARIF, VALUES};
use headgate_events::{Artifact, Dossier, Outgoing, PrincipalId};
use headgate_log::Signer;
use headgate_log_store::LogBucket;
use headgate_permit_tokens::KeyRing;
use headgate_review::{EvidenceText, Scan, ValuesFile, searched};
use headgate_runtime::aws;
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
        return Err(Failure::Usage("no artifact bucket: set HEADGATE_ARTIFACT_BUCKET".into()));
    }
    Ok(Artifacts::connect(&aws::config().await, &config.artifact_bucket))
}

/// Uploads files to an agent's folder in the artifact bucket with the caller's AWS credentials.
pub(crate) fn upload(
    config: &Config,
    agent: &PrincipalId,
    files: Vec<(Vec<u8>, &'static str)>,
) -> Result<Vec<Artifact>, Failure> {
    wait(async {
        let artifacts = artifacts(config).await?;
        let folder = Folder::agent(agent);
        let mut out = Vec::new();
        for (bytes, media_type) in files {
            let stored = artifacts.upload(&folder, bytes, media_type).await;
            out.push(stored.map_err(|e| chain(&e))?);
        }
        Ok(out)
    })
}

/// Downloads an artifact with the caller's AWS credentials. Refuses bytes that do not match the digest.
pub(crate) fn download(config: &Config, artifact: &Artifact) -> Result<Vec<u8>, Failure> {
    wait(async {
        let artifacts = artifacts(config).await?;
        artifacts.get(artifact).await.map_err(|e| match e {
            ArtifactError::S3(_) => chain(&e),
            other => Failure::Refused(other.to_string()),
        })
    })
}

/// Reads the scans that a dossier has as evidence, as the fleet did. `own` has the digests of those that somebody uploaded who had a part in
/// the change.
pub(crate) fn scans(
    config: &Config,
    own: &[String],
    dossier: &Dossier,
) -> Result<Vec<Scan>, Failure> {
    let mut scans = Vec::new();
    for artifact in dossier.evidence.iter().filter(|a| a.media_type == SARIF) {
        let runs = Scan::parse(&download(config, artifact)?, &dossier.plan.sha256);
        let store = wait(artifacts(config))?;
        scans.extend(runs.map_err(Failure::unavailable)?.into_iter().map(|run| Scan {
            by: store.scanned_by(artifact),
            by_proposer: own.contains(&artifact.sha256),
            sha256: artifact.sha256.clone(),
            ..run
        }));
    }
    Ok(scans)
}

/// The other evidence of a change: what is searched, and values of variables.
pub(crate) fn evidence(
    config: &Config,
    dossier: &Dossier,
) -> Result<(Vec<EvidenceText>, Vec<ValuesFile>), Failure> {
    let texts = searched(dossier).0.into_iter();
    let texts = texts.map(|a| download(config, a).map(|bytes| EvidenceText::of(a, &bytes)));
    let values = dossier.evidence.iter().filter(|a| a.media_type == VALUES);
    let values = values
        .map(|a| ValuesFile::parse(&download(config, a)?).map_err(Failure::unavailable))
        .collect::<Result<_, _>>()?;
    Ok((texts.collect::<Result<_, _>>()?, values))
}

/// Puts an event on the bus.
pub(crate) fn publish(config: &Config, event: Outgoing) -> Result<(), Failure> {
    if config.bus.is_empty() {
        return Err(Failure::Usage("no event bus: set HEADGATE_BUS to its name".into()));
    }
    wait(async {
        let bus = Bus::connect(&aws::config().await, &config.bus);
        bus.publish(&[event]).await.map_err(|e| chain(&e))
    })
}

/// Creates the permit key if the secret is empty. Returns whether it created one.
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

/// Creates the key of the transparency log if the secret is empty. Returns the public key, and whether it was created.
pub(crate) fn init_log(secret: &str, name: &str) -> Result<(String, bool), Failure> {
    wait(async {
        let secrets = Secrets::connect(&aws::config().await);
        match secrets.get(secret).await {
            Ok(text) => {
                let signer = Signer::parse(&text).map_err(Failure::unavailable)?;
                if signer.name() != name {
                    return Err(Failure::Refused(format!(
                        "the log's name is {}, and cannot be changed to {name}",
                        signer.name()
                    )));
                }
                return Ok((signer.verifier().to_string(), false));
            }
            Err(SecretError::Empty(_)) => {}
            Err(error) => return Err(chain(&error)),
        }
        let signer = Signer::new(name).map_err(Failure::usage)?;
        secrets.put(secret, &signer.to_text()).await.map_err(|e| chain(&e))?;
        Ok((signer.verifier().to_string(), true))
    })
}

/// Reads files of the transparency log with the caller's AWS credentials; `None` for each that does not exist.
pub(crate) fn log_files(bucket: &str, paths: &[String]) -> Result<Vec<Option<Vec<u8>>>, Failure> {
    wait(async {
        let bucket = LogBucket::connect(&aws::config().await, bucket);
        let read = paths.iter().map(|path| bucket.read(path));
        futures::future::try_join_all(read).await.map_err(|e| chain(&e))
    })
}

/// Adds a new permit key that signs from now on. Returns its key id.
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

/// Applies `change` to the webhook endpoints and stores them. An empty secret is an empty list.
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

/// The account of the caller's AWS credentials, from STS.
pub(crate) fn caller_account() -> Result<String, Failure> {
    wait(async {
        let identity = Identity::connect(&aws::config().await);
        let unknown = |e| Failure::Usage(headgate_runtime::telemetry::chain(&e));
        identity.account().await.map_err(unknown)
    })
}
