//! Assumes roles for others: STS `AssumeRole` with a session policy.

use aws_config::SdkConfig;
use aws_sdk_sts::Client;
use aws_sdk_sts::error::ProvideErrorMetadata;
use aws_sdk_sts::operation::assume_role::AssumeRoleError;
use aws_sdk_sts::types::Tag;
use jiff::Timestamp;

/// Most characters of the value of a session tag: <https://docs.aws.amazon.com/STS/latest/APIReference/API_Tag.html>.
const MAX_TAG: usize = 256;

/// Assumes roles.
#[derive(Debug, Clone)]
pub struct Roles {
    client: Client,
}

/// Which role, and what its session may do.
#[derive(Debug, Clone, Copy)]
pub struct Assume<'a> {
    /// ARN of the role.
    pub role_arn: &'a str,
    /// External id that its trust policy demands.
    pub external_id: &'a str,
    /// Name of the session: 2 to 64 characters of `A-Z`, `a-z`, `0-9` and `_=,.@-`.
    pub session: &'a str,
    /// Source identity, which CloudTrail names on every call, also after further roles were assumed. Characters as in the session's name.
    pub source_identity: &'a str,
    /// Session tags.
    pub tags: &'a [(&'static str, &'a str)],
    /// How long the credentials live, 900 to 3,600 seconds.
    pub seconds: u32,
    /// The session policy, JSON.
    pub policy: &'a str,
}

/// Temporary credentials.
#[derive(Clone, PartialEq, Eq)]
pub struct Session {
    /// Id of the access key.
    pub access_key_id: String,
    /// The secret access key.
    pub secret_access_key: String,
    /// The session token.
    pub session_token: String,
    /// When they stop working.
    pub expires_at: Timestamp,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}

/// Why a role could not be assumed.
#[derive(Debug, thiserror::Error)]
pub enum AssumeError {
    /// Policy and tags are too large together, after AWS has packed them.
    #[error("STS finds the session policy and the tags too large")]
    TooLarge,
    /// The role does not exist, or does not admit the caller.
    #[error("the role does not admit the fleet")]
    Refused(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// STS could not be reached, or answered with something else.
    #[error("STS failed")]
    Service(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Roles {
    /// Connects with the process's SDK configuration.
    #[must_use]
    pub fn connect(sdk: &SdkConfig) -> Self {
        Self::new(Client::new(sdk))
    }

    /// Uses this client.
    #[must_use]
    pub fn new(client: Client) -> Self {
        Self { client }
    }

    /// Assumes a role.
    ///
    /// # Errors
    /// [`AssumeError`].
    pub async fn assume(&self, wanted: &Assume<'_>) -> Result<Session, AssumeError> {
        let service = |e: Box<dyn std::error::Error + Send + Sync>| AssumeError::Service(e);
        let mut tags = Vec::new();
        for (key, value) in wanted.tags {
            let tag = Tag::builder().key(*key).value(tag_value(value)).build();
            tags.push(tag.map_err(|e| service(Box::new(e)))?);
        }
        let answer = self
            .client
            .assume_role()
            .role_arn(wanted.role_arn)
            .external_id(wanted.external_id)
            .role_session_name(wanted.session)
            .source_identity(wanted.source_identity)
            .set_tags(Some(tags))
            .duration_seconds(i32::try_from(wanted.seconds).unwrap_or(i32::MAX))
            .policy(wanted.policy)
            .send()
            .await;
        let answer = answer.map_err(|error| match error.as_service_error() {
            Some(AssumeRoleError::PackedPolicyTooLargeException(_)) => AssumeError::TooLarge,
            Some(known) if known.code() == Some("AccessDenied") => {
                AssumeError::Refused(Box::new(error))
            }
            _ => service(Box::new(error)),
        })?;
        let found = answer.credentials.ok_or_else(|| service("no credentials".into()))?;
        let expires_at = Timestamp::from_second(found.expiration().secs());
        Ok(Session {
            expires_at: expires_at.map_err(|e| service(Box::new(e)))?,
            access_key_id: found.access_key_id,
            secret_access_key: found.secret_access_key,
            session_token: found.session_token,
        })
    }
}

/// A text as STS takes it as the value of a tag: letters, digits, spaces and `_.:/=+-@`, 256 at most.
fn tag_value(text: &str) -> String {
    let good = |c: char| c.is_alphanumeric() || " _.:/=+-@".contains(c);
    text.chars().map(|c| if good(c) { c } else { '_' }).take(MAX_TAG).collect()
}

#[cfg(test)]
mod tests {
    use super::tag_value;

    #[test]
    fn tags_have_only_what_sts_takes() {
        assert_eq!(tag_value("alice@example.com"), "alice@example.com");
        assert_eq!(tag_value("a|b\n\"c\""), "a_b__c_");
        assert_eq!(tag_value(&"ä".repeat(300)).chars().count(), 256);
    }
}
