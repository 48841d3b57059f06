//! The permit of an apply: request, verify, use, renew, report.

use std::time::Duration;

use headgate_api_types::changes::{Change, Reviewed};
use headgate_api_types::permits::{self, PublicKeys};
use headgate_domain::content::file_list;
use headgate_domain::files::FileList;
use headgate_domain::records::ChangeHead;
use headgate_events::{ChangeId, PlanHash};
use headgate_permit_tokens::{PermitClaims, VerifyError, key_id};
use jiff::Timestamp;
use serde::de::IgnoredAny;

use super::ended::Ended;
use crate::api::{Answer, Api};
use crate::aws;
use crate::fail::Failure;

/// Interval between heartbeats. Without a heartbeat for five minutes, an operator may release the lock.
pub(super) const HEARTBEAT: Duration = Duration::from_secs(60);
/// Attempts to report, with about 90 seconds of pauses in total. The watchdog goes on where the command gives up.
pub(super) const REPORTS: u32 = 9;
/// Attempts of the watchdog: about six hours. Without a report, the environment stays locked until an operator releases
/// it, and the timeline has no outcome.
pub(super) const PATIENT_REPORTS: u32 = 720;
/// Longest pause between two attempts.
const LONGEST: Duration = Duration::from_secs(30);
/// Attempts to fetch an unknown key. The fleet looks for keys that it does not know every five seconds.
const LOOKS: u32 = 3;

/// An issued permit.
pub(in crate::commands) struct Permit {
    pub(super) environment: String,
    pub(in crate::commands) issued: Answer<permits::Permit>,
}

impl Permit {
    pub(in crate::commands) fn id(&self) -> &str {
        &self.issued.value.permit_id
    }

    /// Whether the fleet gives credentials when the permit is used.
    pub(super) fn gives_credentials(&self) -> bool {
        self.issued.value.gives_credentials
    }

    /// The signed permit.
    pub(super) fn token(&self) -> &str {
        &self.issued.value.permit
    }
}

/// Identifies a plan by its hash, and by the SHA-256 of its file.
pub(in crate::commands) struct PlanIdentity {
    pub(in crate::commands) hash: PlanHash,
    pub(in crate::commands) file_sha256: Option<String>,
}

/// The change with its current proposal.
pub(in crate::commands) fn shown(
    api: &Api,
    change: &ChangeId,
) -> Result<Change<Reviewed>, Failure> {
    Ok(api.get::<Change<Reviewed>>(&format!("/v1/changes/{change}"))?.value)
}

/// Requests a permit for a plan.
pub(in crate::commands) fn ask(
    api: &Api,
    change: &ChangeHead,
    plan: &PlanIdentity,
) -> Result<Permit, Failure> {
    let body = permits::PermitRequest {
        revision: change.revision,
        content_hash: change.content_hash.clone().unwrap_or_default(),
        plan_hash: plan.hash.clone(),
        plan_file_sha256: plan.file_sha256.clone(),
    };
    let issued = api.create(&format!("/v1/changes/{}/permits", change.change_id), &body)?;
    Ok(Permit { environment: change.environment.clone(), issued })
}

/// Verifies the permit's signature and claims, so that nothing between this machine and the fleet can
/// substitute another permit. Returns its claims.
pub(super) fn check(
    api: &Api,
    permit: &Permit,
    change: &ChangeId,
    plan: &PlanIdentity,
) -> Result<PermitClaims, Failure> {
    let claims = verified(api, permit.token())?;
    let PermitClaims { change_id, plan_hash, plan_file_sha256, .. } = &claims;
    let same_file = plan.file_sha256.as_ref() == Some(plan_file_sha256);
    if change_id != change || *plan_hash != plan.hash || !same_file {
        return Err(Failure::Refused(
            "the permit is for another change or plan; it was not used".into(),
        ));
    }
    Ok(claims)
}

/// The account of the executor's own credentials, which must be that of the permit.
pub(super) fn own_account(claims: &PermitClaims) -> Result<String, Failure> {
    let (account, meant) = (aws::caller_account()?, &claims.account);
    if *meant != account {
        return Err(Failure::Refused(format!(
            "your AWS credentials are for account {account}, but the permit is for account {meant}; the permit was not used"
        )));
    }
    Ok(account)
}

/// The local files that a dossier names, and the digest of the list.
pub(super) struct Named {
    pub(super) list: FileList,
    pub(super) sha256: Option<String>,
}

/// The local files that the apply may read. A change that names none may read none.
pub(super) fn files(api: &Api, shown: &Change<Reviewed>) -> Result<Named, Failure> {
    let dossier = shown.proposed.as_ref().map(|proposed| &proposed.dossier);
    let Some(artifact) = dossier.and_then(file_list) else {
        return Ok(Named { list: FileList::default(), sha256: None });
    };
    let list = api.files(&shown.change.change_id, &artifact.sha256)?;
    Ok(Named { list, sha256: Some(artifact.sha256.clone()) })
}

fn verified(api: &Api, token: &str) -> Result<PermitClaims, Failure> {
    // Key ids of the fleet contain only these characters. Others could change the query.
    let good = |kid: &String| kid.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
    let Some(kid) = key_id(token).filter(good) else {
        return Err(Failure::Refused(VerifyError::UnknownKey.to_string()));
    };
    for look in 1.. {
        let keys = api.get::<PublicKeys>(&format!("/v1/keys?kid={kid}"))?.value;
        match keys.verify(token, Timestamp::now().as_second()) {
            Err(VerifyError::UnknownKey) if look < LOOKS => {
                std::thread::sleep(Duration::from_secs(5));
            }
            other => return other.map_err(|e| Failure::Refused(e.to_string())),
        }
    }
    Err(Failure::Refused(VerifyError::UnknownKey.to_string()))
}

/// Uses the permit, which locks the environment.
pub(in crate::commands) fn spend(
    api: &Api,
    change: &ChangeId,
    (id, token): (&str, &str),
    plan: &PlanIdentity,
    account: &str,
) -> Result<Answer<permits::Used>, Failure> {
    let body = permits::UseRequest {
        permit: token.to_owned(),
        account: account.to_owned(),
        plan_hash: plan.hash.clone(),
        plan_file_sha256: plan.file_sha256.clone(),
    };
    api.post(&format!("/v1/changes/{change}/permits/{id}/use"), &body)
}

/// Sends a heartbeat, which renews the lock of the environment.
pub(super) fn renew(api: &Api, change: &ChangeId, permit: &str) -> Result<(), Failure> {
    let path = format!("/v1/changes/{change}/permits/{permit}/heartbeat");
    api.post_empty::<IgnoredAny>(&path).map(drop)
}

/// Reports the outcome, with at most so many attempts while the fleet is not available.
pub(super) fn report(
    api: &Api,
    change: &ChangeId,
    permit: &str,
    ended: &Ended,
    verification: &str,
    attempts: u32,
) -> Result<(), Failure> {
    let said = match verification {
        "" => ended.said().to_owned(),
        text => format!("{}; {text}", ended.said()),
    };
    let body = permits::ReportRequest {
        outcome: ended.outcome(),
        verification: said,
        duration_ms: ended.duration_ms(),
    };
    let path = format!("/v1/changes/{change}/permits/{permit}/report");
    let mut pause = Duration::from_millis(500);
    for attempt in 1.. {
        match api.post::<IgnoredAny>(&path, &body) {
            Err(Failure::Unavailable(_)) if attempt < attempts => std::thread::sleep(pause),
            other => return other.map(drop),
        }
        pause = (pause * 2).min(LONGEST);
    }
    Ok(())
}
