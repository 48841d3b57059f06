//! The credentials of an apply. The command gets them from this process over loopback, as programs in a container get theirs
//! (<https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html>), so they are never written to a file, and the SDK in the command
//! asks for new ones before they expire.

use std::process::Command;
use std::sync::Mutex;

use headgate_api_types::permits::Credentials;
use headgate_events::ChangeId;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::api::Api;
use crate::fail::Failure;

/// The fleet is asked for new credentials when these work for less than this.
const EARLY: SignedDuration = SignedDuration::from_mins(5);
/// After a refusal, the fleet is not asked for so long. SDKs ask again and again when their credentials are about to expire.
const AGAIN: SignedDuration = SignedDuration::from_secs(20);
/// The command is told that they expire so much earlier: what it signs just before must still work when it arrives.
const MARGIN: SignedDuration = SignedDuration::from_secs(30);
/// Variables that would give the command other credentials.
const OTHERS: [&str; 13] = [
    "AWS_ACCESS_KEY_ID",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN",
    "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_DEFAULT_PROFILE",
    "AWS_PROFILE",
    "AWS_ROLE_ARN",
    "AWS_ROLE_SESSION_NAME",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SECURITY_TOKEN",
    "AWS_SESSION_TOKEN",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
];

/// The credentials of one apply, renewed while it runs.
pub(super) struct Vended<'a> {
    api: &'a Api,
    path: String,
    held: Mutex<Held>,
}

struct Held {
    credentials: Credentials,
    /// When the fleet was last asked in vain.
    refused_at: Option<Timestamp>,
}

impl<'a> Vended<'a> {
    pub(super) fn new(
        api: &'a Api,
        (change, permit): (&ChangeId, &str),
        credentials: Credentials,
    ) -> Self {
        let held = Held { credentials, refused_at: None };
        Self { api, path: path(change, permit), held: Mutex::new(held) }
    }

    /// The answer to a program that asks for them; `None` if they have expired and there are no new ones.
    pub(super) fn answer(&self, now: Timestamp) -> Option<Value> {
        let mut held = self.held.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let asked = held.refused_at.is_some_and(|at| now < at + AGAIN);
        if now + EARLY >= held.credentials.expires_at && !asked {
            match self.api.post_empty::<Credentials>(&self.path) {
                Ok(answer) => *held = Held { credentials: answer.value, refused_at: None },
                Err(failure) => {
                    // Those that it has may be enough.
                    failure.warn();
                    held.refused_at = Some(now);
                }
            }
        }
        let held = &held.credentials;
        (now < held.expires_at).then(|| {
            json!({
                "AccessKeyId": held.access_key_id,
                "SecretAccessKey": held.secret_access_key,
                "Token": held.session_token,
                "Expiration": held.expires_at - MARGIN,
            })
        })
    }
}

fn path(change: &ChangeId, permit: &str) -> String {
    format!("/v1/changes/{change}/permits/{permit}/credentials")
}

/// Asks for credentials, for a program that runs Terraform itself.
pub(in crate::commands) fn fetch(
    api: &Api,
    change: &ChangeId,
    permit: &str,
) -> Result<Credentials, Failure> {
    Ok(api.post_empty::<Credentials>(&path(change, permit))?.value)
}

/// What `credential_process` in a file of the AWS CLI expects:
/// <https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html>.
pub(in crate::commands) fn as_process(credentials: &Credentials) -> Value {
    json!({
        "Version": 1,
        "AccessKeyId": credentials.access_key_id,
        "SecretAccessKey": credentials.secret_access_key,
        "SessionToken": credentials.session_token,
        "Expiration": credentials.expires_at,
    })
}

/// Lets a command find its credentials only at this address, with this token.
pub(super) fn give(command: &mut Command, address: &str, token: &str) {
    for name in OTHERS {
        command.env_remove(name);
    }
    // The executor's own credentials must not be found instead. Both files are empty.
    command.env("AWS_SHARED_CREDENTIALS_FILE", "/dev/null").env("AWS_CONFIG_FILE", "/dev/null");
    command.env("AWS_EC2_METADATA_DISABLED", "true");
    command.env("AWS_CONTAINER_CREDENTIALS_FULL_URI", address);
    command.env("AWS_CONTAINER_AUTHORIZATION_TOKEN", token);
}
