//! Does what somebody asks for.

use headgate_api_types::engagements::Engagement;
use headgate_engagements::{Applied, Command, Course, Refused};
use headgate_events::{Actor, EngagementId};
use headgate_http::{ApiError, Json, Principal};
use headgate_ledger::{Commit, Key, Stored};
use headgate_outbox::{Attempts, Emit, not_accepted};
use jiff::Timestamp;

use crate::deps::Api;
use crate::store::{marker_of, moved};

/// Does something to an engagement, and answers where it is then. `act` checks who acts, and applies a command; it sees the engagement as it
/// is at that time. If somebody else moves it at the same time, everything is looked at again.
pub(super) async fn perform(
    api: &Api,
    principal: &Principal,
    id: &EngagementId,
    act: impl Fn(&Engagement, &mut Course, Timestamp) -> Result<(Actor, Applied), ApiError>,
) -> Result<Json<Course>, ApiError> {
    let flow = &api.flow;
    let mut attempts = Attempts::default();
    loop {
        let (engagement, before) = read(api, principal, id).await?;
        let now = (flow.clock)();
        let mut next = before.value.clone();
        let (actor, applied) = act(&engagement, &mut next, now)?;
        if next == before.value {
            return Ok(Json(next));
        }
        let emit = Emit::new(flow.function, now, id).by(actor).traced(headgate_http::traceparent());
        let transition = moved(&before, &next, None, &applied, &emit)?;
        let marker = marker_of(flow.function.as_str(), id, &before);
        match flow.apply(&transition.marked(marker, now)).await.map_err(not_accepted)? {
            Commit::Applied => return Ok(Json(next)),
            Commit::Duplicate | Commit::Conflict => attempts.again().await?,
        }
    }
}

/// An engagement that the caller may read. Whether they may do what they ask for is for others to say.
pub(super) async fn engagement(
    api: &Api,
    principal: &Principal,
    id: &EngagementId,
) -> Result<Engagement, ApiError> {
    let found = api.flow.ledger.get::<Engagement>(&Key::engagement(id)).await?;
    let found = found.map(|found| found.value);
    let may_read = |e: &Engagement| principal.sees_everything() || e.includes(&principal.id);
    found.filter(may_read).ok_or_else(|| principal.missing("engagement"))
}

async fn read(
    api: &Api,
    principal: &Principal,
    id: &EngagementId,
) -> Result<(Engagement, Stored<Course>), ApiError> {
    let engagement = engagement(api, principal, id).await?;
    let ledger = &api.flow.ledger;
    let Some(course) = ledger.get::<Course>(&Key::course(id)).await? else {
        let message = format!("the type `{}` of this engagement has no phases", engagement.kind);
        return Err(ApiError::conflict("no_phases", message));
    };
    Ok((engagement, course))
}

/// Applies a command. If the state does not allow it, the error says why.
pub(super) fn apply(
    course: &mut Course,
    command: Command<'_>,
    now: Timestamp,
) -> Result<Applied, ApiError> {
    course.apply(command, now).map_err(|refused| said(&refused))
}

fn said(refused: &Refused) -> ApiError {
    let (code, message) = (refused.code(), refused.to_string());
    match refused {
        Refused::TooLarge { .. } | Refused::NoMember(..) | Refused::Unprintable => {
            ApiError::bad_request(code, message)
        }
        Refused::NoQuestion(_) => ApiError::new(axum::http::StatusCode::NOT_FOUND, code, message),
        Refused::Status { .. }
        | Refused::OtherAttempt { .. }
        | Refused::Reported(_)
        | Refused::HandoffsDiffer
        | Refused::OtherQuestion(_)
        | Refused::Answered(_)
        | Refused::Open(_) => ApiError::conflict(code, message),
    }
}
