//! The credentials of an apply: the environment's apply role, limited to what the approved plan needs.

use headgate_access::{DERIVATION, SessionPolicy};
use headgate_api_types::permits::Credentials;
use headgate_clients::{Assume, AssumeError, Roles};
use headgate_domain::canonical::sha256_hex;
use headgate_domain::environment::{Environment, SESSION_SECONDS};
use headgate_domain::records::PermitRecord;
use headgate_events::latest::Given;
use headgate_http::ApiError;
use headgate_review::Report;
use jiff::Timestamp;

use crate::checks::conflict;

/// A request to STS takes less than this, in seconds.
const DELAY: i64 = 20;

/// For which apply.
pub(crate) struct Wanted<'a> {
    /// The environment as it is served now.
    pub(crate) environment: &'a Environment,
    /// The review that was approved.
    pub(crate) review: &'a Report,
    /// The permit.
    pub(crate) record: &'a PermitRecord,
    /// When the lock ends. Credentials do not outlive it.
    pub(crate) ends_at: Timestamp,
}

/// Credentials, and what the timeline says of them.
pub(crate) struct Vended {
    pub(crate) credentials: Credentials,
    pub(crate) given: Given,
}

/// The session policies that a review derived from its plan; empty if the environment has no credentials to give.
pub(crate) fn policies<'a>(
    environment: &Environment,
    review: &'a Report,
) -> Result<&'a [SessionPolicy], ApiError> {
    if environment.access.is_none() {
        return Ok(&[]);
    }
    // What it allows has changed since: more may be forbidden now.
    if review.basis.environment.access != environment.access {
        return conflict(
            "environment_changed",
            format!(
                "the access of `{}` has changed since the review; propose the change as a new revision",
                environment.name
            ),
        );
    }
    match &review.access {
        Some(access)
            if access.version == DERIVATION
                && access.unknown.is_empty()
                && !access.policies.is_empty() =>
        {
            Ok(&access.policies)
        }
        _ => conflict(
            "access_unknown",
            "the review does not say which credentials the apply needs; propose the change as a new revision, and fix what its review finds",
        ),
    }
}

/// Assumes the environment's apply role. `None` if it has none.
pub(crate) async fn vend(
    roles: &Roles,
    wanted: &Wanted<'_>,
    now: Timestamp,
) -> Result<Option<Vended>, ApiError> {
    let Wanted { environment, review, record, ends_at } = wanted;
    let policies = policies(environment, review)?;
    let Some(access) = &environment.access else { return Ok(None) };
    // STS counts from when it gets the request.
    let left = ends_at.duration_since(now).as_secs() - DELAY;
    let Some(seconds) = seconds(access.session_seconds, left) else {
        return conflict(
            "apply_too_long",
            format!(
                "the lock of {} ends at {ends_at}, and STS gives no credentials for so short a time; those that the apply has work until then",
                environment.name
            ),
        );
    };
    let session = format!("headgate-{}", record.permit_id);
    let (revision, source) = (record.revision.to_string(), source_identity(record));
    let tags = [
        ("headgate:change", record.change_id.as_str()),
        ("headgate:revision", &revision),
        ("headgate:content", record.content_hash.as_str()),
        ("headgate:principal", record.issued_to.as_str()),
        ("headgate:permit", &record.permit_id),
    ];
    for policy in policies {
        let assume = Assume {
            role_arn: &access.role_arn,
            external_id: &access.external_id,
            session: &session,
            source_identity: &source,
            tags: &tags,
            seconds,
            policy: &policy.document,
        };
        match roles.assume(&assume).await {
            Ok(session) if session.expires_at > *ends_at => {
                // The attempts before took too long. This one leaves nobody's hands.
                return conflict(
                    "apply_too_long",
                    "the credentials would outlive the lock; try again",
                );
            }
            Ok(session) => {
                tracing::info!(permit.id = record.permit_id, access.width = ?policy.width, "credentials");
                let given = Given {
                    access_key_id: session.access_key_id.clone(),
                    role_arn: access.role_arn.clone(),
                    width: policy.width.name().to_owned(),
                    policy_sha256: sha256_hex(policy.document.as_bytes()),
                    expires_at: session.expires_at,
                };
                let credentials = Credentials {
                    width: policy.width,
                    access_key_id: session.access_key_id,
                    secret_access_key: session.secret_access_key,
                    session_token: session.session_token,
                    expires_at: session.expires_at,
                };
                return Ok(Some(Vended { credentials, given }));
            }
            Err(AssumeError::TooLarge) => {
                tracing::warn!(access.width = ?policy.width, "STS finds the policy too large");
            }
            Err(error @ AssumeError::Refused(_)) => {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "cannot assume the apply role"
                );
                return conflict(
                    "access_refused",
                    format!(
                        "the apply role of {} does not admit this fleet; let an operator check its trust policy and external id: docs/access.md",
                        environment.name
                    ),
                );
            }
            Err(error @ AssumeError::Service(_)) => return Err(ApiError::unavailable(&error)),
        }
    }
    conflict(
        "access_too_large",
        "STS takes none of the session policies of this plan; split the change into smaller ones",
    )
}

/// How long credentials live: as long as the environment says, but not longer than the lock. Near its end they take all that is left, because STS gives
/// none for less than 15 minutes.
fn seconds(usual: u32, left: i64) -> Option<u32> {
    let left = u32::try_from(left).ok()?;
    let (shortest, longest) = (*SESSION_SECONDS.start(), *SESSION_SECONDS.end());
    if left < shortest {
        return None;
    }
    let whole = left < usual.saturating_add(shortest) && left <= longest;
    Some(if whole { left } else { usual.min(left) })
}

/// The id of the change, as STS takes it: two characters at least.
fn source_identity(record: &PermitRecord) -> String {
    let id = record.change_id.as_str();
    // No id has a dot.
    if id.len() < 2 { format!("{id}.") } else { id.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::seconds;

    #[test]
    fn credentials_never_outlive_the_lock_and_are_never_too_short_for_sts() {
        assert_eq!(seconds(900, 14_400), Some(900));
        // Nothing shorter than 15 minutes could follow.
        assert_eq!(seconds(900, 1_799), Some(1_799));
        assert_eq!(seconds(900, 1_800), Some(900));
        assert_eq!(seconds(900, 900), Some(900));
        assert_eq!(seconds(900, 899), None);
        assert_eq!(seconds(900, -1), None);
        assert_eq!(seconds(3_600, 4_000), Some(3_600));
        for usual in [900, 1_000, 3_600] {
            for left in 0..20_000 {
                let taken = seconds(usual, left).map(i64::from);
                assert_eq!(taken.is_some(), left >= 900);
                assert!(taken.is_none_or(|s| (900..=3_600).contains(&s) && s <= left));
            }
        }
    }
}
