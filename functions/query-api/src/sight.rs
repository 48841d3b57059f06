//! Who may read which engagement and which change: those whose role may read everything, those who have a part in it, and those who are asked
//! to decide on it.

use headgate_domain::approval::{Approval, Delegation};
use headgate_domain::engagement::Engagement;
use headgate_domain::records::{ChangeHead, Revision};
use headgate_engagements::Course;
use headgate_events::{ChangeId, EngagementId, PrincipalId};
use headgate_http::{ApiError, Reader};
use headgate_ledger::Key;
use jiff::Timestamp;

use crate::deps::{Api, read};

/// Refuses who may not read what belongs to an engagement. Whether it exists is for the caller to say.
pub(crate) async fn engagement(
    api: &Api,
    reader: &Reader,
    id: &EngagementId,
) -> Result<(), ApiError> {
    if reader.sees_everything() {
        return Ok(());
    }
    let engagement = read::<Engagement>(&api.ledger, &Key::engagement(id)).await?;
    let engagement = engagement.ok_or_else(|| reader.missing("engagement"))?;
    if engagement.includes(&reader.0.id) {
        return Ok(());
    }
    if let Some(course) = read::<Course>(&api.ledger, &Key::course(id)).await? {
        let key = Key::phase_approval(id, course.phase_id(), course.attempt);
        let approval = read::<Approval>(&api.ledger, &key).await?;
        if decides(api, reader, approval, &engagement.environment).await? {
            return Ok(());
        }
    }
    Err(reader.missing("engagement"))
}

/// A change that the caller may read: they have a part in it or in its engagement, or are asked to decide on it.
pub(crate) async fn change(
    api: &Api,
    reader: &Reader,
    id: &ChangeId,
) -> Result<ChangeHead, ApiError> {
    let head = read::<ChangeHead>(&api.ledger, &Key::change(id)).await?;
    let head = head.ok_or_else(|| reader.missing("change"))?;
    let me = &reader.0.id;
    if reader.sees_everything()
        || head.includes(me)
        || includes(api, &head.engagement_id, me).await?
    {
        return Ok(head);
    }
    // Somebody else may have proposed the current revision.
    let revision = read::<Revision>(&api.ledger, &Key::revision(id, head.revision)).await?;
    if revision.is_some_and(|revision| revision.may_revise(me)) {
        return Ok(head);
    }
    let approval = read::<Approval>(&api.ledger, &Key::approval(id, head.revision)).await?;
    if decides(api, reader, approval, &head.environment).await? {
        return Ok(head);
    }
    Err(reader.missing("change"))
}

/// A change that the caller may read, and its current revision.
pub(crate) async fn current(
    api: &Api,
    reader: &Reader,
    id: &ChangeId,
) -> Result<(ChangeHead, Revision), ApiError> {
    let head = change(api, reader, id).await?;
    let key = Key::revision(id, head.revision);
    match read::<Revision>(&api.ledger, &key).await? {
        Some(revision) => Ok((head, revision)),
        None => Err(ApiError::not_found("revision")),
    }
}

/// Whether the caller may vote on a request: in a role of its gate, or for somebody who has delegated one to them.
async fn decides(
    api: &Api,
    reader: &Reader,
    approval: Option<Approval>,
    environment: &str,
) -> Result<bool, ApiError> {
    let Some(approval) = approval else { return Ok(false) };
    let (me, now) = (&reader.0.id, Timestamp::now());
    if approval.concerns(me, &reader.0.roles, now) {
        return Ok(true);
    }
    let received = api.ledger.delegations_to(me).await?;
    let counts = |d: &Delegation| {
        d.to.is(me) && d.holds(environment, now) && approval.concerns(&d.from, &d.roles, now)
    };
    Ok(received.iter().any(|delegation| counts(&delegation.value)))
}

async fn includes(api: &Api, id: &EngagementId, who: &PrincipalId) -> Result<bool, ApiError> {
    let engagement = read::<Engagement>(&api.ledger, &Key::engagement(id)).await?;
    Ok(engagement.is_some_and(|engagement| engagement.includes(who)))
}
