//! `GET /v1/engagements/{id}`, its timeline and its metrics.

use std::collections::BTreeMap;

use axum::extract::State;
use headgate_api_types::engagements::{
    Engagements, Listed, Message, Messages, Metrics, Shown, Survey, TaskLedger, Timeline,
};
use headgate_domain::engagement::Engagement;
use headgate_domain::figures::{Phase, Summary};
use headgate_domain::timeline::{Entry, Head};
use headgate_engagements::Course;
use headgate_events::EngagementId;
use headgate_http::{ApiError, Cursor, Json, PageQuery, Path, Query, Reader};
use headgate_ledger::{Key, View};
use serde::Deserialize;

use crate::deps::{Answer, Api, read};
use crate::sight;

pub(crate) async fn engagement(
    State(api): State<Api>,
    reader: Reader,
    Path(id): Path<EngagementId>,
) -> Answer<Shown> {
    sight::engagement(&api, &reader, &id).await?;
    let engagement = read::<Engagement>(&api.ledger, &Key::engagement(&id)).await?;
    let engagement = engagement.ok_or_else(|| reader.missing("engagement"))?;
    let Some(course) = read::<Course>(&api.ledger, &Key::course(&id)).await? else {
        return Ok(Json(Shown { engagement, course: None, review: None, approval: None }));
    };
    let (phase, attempt) = (course.phase_id(), course.attempt);
    let review = read(&api.ledger, &Key::phase_review(&id, phase, attempt)).await?;
    let approval = read(&api.ledger, &Key::phase_approval(&id, phase, attempt)).await?;
    Ok(Json(Shown { engagement, course: Some(course), review, approval }))
}

pub(crate) async fn engagements(
    State(api): State<Api>,
    reader: Reader,
    Query(page): Query<PageQuery>,
) -> Answer<Engagements> {
    let (limit, after) = (page.limit()?, page.position()?);
    let ledger = api.ledger.through(&View::new());
    let (ids, next) = if reader.sees_everything() {
        let found = ledger.engagements(limit, after).await?;
        (found.items.into_iter().map(|e| e.value.engagement_id).collect(), found.next)
    } else {
        let found = ledger.engagements_of(&reader.0.id, limit, after).await?;
        let ids = found.items.into_iter().map(|named| named.value.id.as_str().into());
        (ids.collect::<Vec<EngagementId>>(), found.next)
    };
    let keys = ids.iter().flat_map(|id| [Key::engagement(id), Key::course(id)]);
    ledger.prefetch(keys.collect()).await?;
    let mut engagements = Vec::new();
    for id in &ids {
        if let Some(engagement) = read::<Engagement>(&ledger, &Key::engagement(id)).await? {
            let course = read::<Course>(&ledger, &Key::course(id)).await?;
            engagements.push(Listed::of(engagement, course.as_ref()));
        }
    }
    Ok(Json(Engagements { engagements, next_cursor: next.map(|n| Cursor(n).encode()) }))
}

pub(crate) async fn ledger(
    State(api): State<Api>,
    reader: Reader,
    Path(id): Path<EngagementId>,
) -> Answer<TaskLedger> {
    sight::engagement(&api, &reader, &id).await?;
    let entries = api.ledger.ledger_entries(&id).await?;
    Ok(Json(TaskLedger { entries }))
}

pub(crate) async fn messages(
    State(api): State<Api>,
    reader: Reader,
    Path(id): Path<EngagementId>,
) -> Answer<Messages> {
    sight::engagement(&api, &reader, &id).await?;
    let mut messages = api.ledger.messages::<Message>(&id).await?;
    messages.sort_by(|a, b| (a.at, &a.messaged.message_id).cmp(&(b.at, &b.messaged.message_id)));
    Ok(Json(Messages { messages }))
}

pub(crate) async fn survey(
    State(api): State<Api>,
    reader: Reader,
    Path(id): Path<EngagementId>,
) -> Answer<Survey> {
    sight::engagement(&api, &reader, &id).await?;
    let found = read::<Survey>(&api.ledger, &Key::survey(&id)).await?;
    Ok(Json(found.ok_or_else(|| ApiError::not_found("survey"))?))
}

#[derive(Deserialize)]
pub(crate) struct After {
    #[serde(default)]
    after: u64,
}

pub(crate) async fn timeline(
    State(api): State<Api>,
    reader: Reader,
    Path(id): Path<EngagementId>,
    Query(After { after }): Query<After>,
    Query(page): Query<PageQuery>,
) -> Answer<Timeline> {
    sight::engagement(&api, &reader, &id).await?;
    let Some(head) = read::<Head>(&api.ledger, &Key::timeline(&id)).await? else {
        return Err(ApiError::not_found("timeline"));
    };
    let found = api.ledger.timeline::<Entry>(&id, after, page.limit()?).await?;
    let entries: Vec<_> = found.into_iter().map(|s| s.value).collect();
    let next_after = entries.last().map(|e| e.seq).filter(|seq| *seq < head.seq);
    Ok(Json(Timeline { entries, head, next_after }))
}

pub(crate) async fn metrics(
    State(api): State<Api>,
    reader: Reader,
    Path(id): Path<EngagementId>,
) -> Answer<Metrics> {
    sight::engagement(&api, &reader, &id).await?;
    let Some(summary) = read::<Summary>(&api.metrics, &Key::summary(&id)).await? else {
        return Err(ApiError::not_found("engagement, or it has no metrics yet"));
    };
    let mut phases = BTreeMap::new();
    for name in ["review", "decision", "execution"] {
        if let Some(phase) = read::<Phase>(&api.metrics, &Key::phase(&id, name)).await? {
            phases.insert(name.to_owned(), phase);
        }
    }
    Ok(Json(Metrics { engagement_id: id, summary, phases }))
}
