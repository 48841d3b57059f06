//! Who may read which engagement and which change: those whose role may read everything, and those who have a part in it.

use std::collections::HashSet;

use headgate_domain::engagement::Engagement;
use headgate_domain::records::{ChangeHead, Revision};
use headgate_events::{ChangeId, EngagementId, PrincipalId};
use headgate_http::{ApiError, Reader};
use headgate_ledger::{Key, Ledger, View};

use crate::deps::{Api, read};

/// Refuses who may not read what belongs to an engagement. Whether it exists is for the caller to say.
pub(crate) async fn engagement(
    api: &Api,
    reader: &Reader,
    id: &EngagementId,
) -> Result<(), ApiError> {
    if reader.sees_everything() || includes(&api.ledger, id, &reader.0.id).await? {
        return Ok(());
    }
    Err(reader.missing("engagement"))
}

/// A change that the caller may read: they have a part in it, or in its engagement.
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
        || includes(&api.ledger, &head.engagement_id, me).await?
    {
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

/// Those of a page of changes that the caller may read.
pub(crate) async fn changes(
    api: &Api,
    reader: &Reader,
    page: Vec<ChangeHead>,
) -> Result<Vec<ChangeHead>, ApiError> {
    if reader.sees_everything() {
        return Ok(page);
    }
    let me = &reader.0.id;
    let of_others = page.iter().filter(|head| !head.includes(me)).map(|head| &head.engagement_id);
    let of_others: HashSet<_> = of_others.cloned().collect();
    // Each is read once.
    let ledger = api.ledger.through(&View::new());
    ledger.prefetch(of_others.iter().map(Key::engagement).collect()).await?;
    let mut mine = HashSet::new();
    for id in of_others {
        if includes(&ledger, &id, me).await? {
            mine.insert(id);
        }
    }
    let may_read = |head: &ChangeHead| head.includes(me) || mine.contains(&head.engagement_id);
    Ok(page.into_iter().filter(may_read).collect())
}

async fn includes(ledger: &Ledger, id: &EngagementId, who: &PrincipalId) -> Result<bool, ApiError> {
    let engagement = read::<Engagement>(ledger, &Key::engagement(id)).await?;
    Ok(engagement.is_some_and(|engagement| engagement.includes(who)))
}
