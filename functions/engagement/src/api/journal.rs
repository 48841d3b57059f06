//! The task ledger, messages, and the survey: what people and agents write down beside the phases.

use axum::extract::State;
use axum::http::StatusCode;
use headgate_api_types::engagements::{MessageRequest, NoteRequest};
use headgate_engagements::Course;
use headgate_engagements::journal::{
    Entry, MAX_ENTRIES, MAX_MESSAGES, Message, Survey, Written, check_entry, check_message,
    check_survey,
};
use headgate_events::latest::{EngagementMessaged, EngagementNoted, EngagementSurveyed};
use headgate_events::{Actor, EngagementId, Payload, Reason};
use headgate_http::{ApiError, Authenticated, Json, Path};
use headgate_ledger::{Commit, Key, Stored, Transition};
use headgate_outbox::{Attempts, Emit, not_accepted};
use jiff::Timestamp;

use crate::api::party;
use crate::api::perform::engagement;
use crate::deps::Api;

/// `POST /v1/engagements/{id}/ledger`: writes the next version of an entry.
pub(super) async fn note(
    State(api): State<Api>,
    Authenticated(principal): Authenticated,
    Path(id): Path<EngagementId>,
    Json(request): Json<NoteRequest>,
) -> Result<Json<Entry>, ApiError> {
    let NoteRequest { section, name, text, scope, closed, follows } = request;
    let version = follows.saturating_add(1);
    let noted = EngagementNoted { section, name, version, text, scope, closed };
    check_entry(&noted).map_err(refuse)?;
    let engagement = engagement(&api, &principal, &id).await?;
    let actor = party::keeper(&api, &principal, &engagement)?;
    let key = Key::ledger_entry(&id, noted.section.name(), &noted.name);
    let mut attempts = Attempts::default();
    loop {
        let known = api.flow.ledger.get::<Entry>(&key).await?;
        let current = known.as_ref().map_or(0, |k| k.version);
        if let Some(known) = &known
            && known.value.noted == noted
        {
            return Ok(Json(known.value.clone()));
        }
        if current != follows {
            let message = format!(
                "the entry has version {current} now, not {follows}; read it, and write again with `follows` {current}"
            );
            return Err(ApiError::conflict("entry_changed", message));
        }
        let written = Room::read(&api, &id).await?;
        let transition = match current {
            0 => written.entry(Transition::new(), &id)?,
            _ => Transition::new(),
        };
        let now = (api.flow.clock)();
        let entry = Entry { noted: noted.clone(), author: principal.id.clone(), at: now };
        let transition = transition.put(&key, &entry, known.map(|k| k.version), None)?;
        let says = Says { api: &api, id: &id, actor: actor.clone(), now };
        let what = format!("{} {} {version}", noted.section.name(), noted.name);
        if says.commit(transition, &what, noted.clone()).await? {
            return Ok(Json(entry));
        }
        attempts.again().await?;
    }
}

/// `POST /v1/engagements/{id}/messages`: writes a message, once.
pub(super) async fn message(
    State(api): State<Api>,
    Authenticated(principal): Authenticated,
    Path(id): Path<EngagementId>,
    Json(MessageRequest { message_id, text }): Json<MessageRequest>,
) -> Result<(StatusCode, Json<Message>), ApiError> {
    let messaged = EngagementMessaged { message_id, text };
    check_message(&messaged).map_err(refuse)?;
    let engagement = engagement(&api, &principal, &id).await?;
    let actor = party::member(&api, &principal, &engagement)?;
    let key = Key::message(&id, &messaged.message_id);
    let mut attempts = Attempts::default();
    loop {
        if let Some(known) = api.flow.ledger.get::<Message>(&key).await? {
            let same = known.value.messaged == messaged && known.value.author.is(&principal.id);
            let taken = "there is another message with this id; choose another id";
            return if same {
                Ok((StatusCode::CREATED, Json(known.value)))
            } else {
                Err(ApiError::conflict("message_exists", taken))
            };
        }
        let written = Room::read(&api, &id).await?;
        let now = (api.flow.clock)();
        let message = Message { messaged: messaged.clone(), author: principal.id.clone(), at: now };
        let transition = written.message(Transition::new(), &id)?.create(&key, &message)?;
        let says = Says { api: &api, id: &id, actor: actor.clone(), now };
        if says.commit(transition, &messaged.message_id, messaged.clone()).await? {
            return Ok((StatusCode::CREATED, Json(message)));
        }
        attempts.again().await?;
    }
}

/// `POST /v1/engagements/{id}/survey`: the owner says how it went, once, after the end.
pub(super) async fn survey(
    State(api): State<Api>,
    Authenticated(principal): Authenticated,
    Path(id): Path<EngagementId>,
    Json(answers): Json<EngagementSurveyed>,
) -> Result<(StatusCode, Json<Survey>), ApiError> {
    check_survey(&answers).map_err(refuse)?;
    let engagement = engagement(&api, &principal, &id).await?;
    let actor = party::only_owner(&principal, &engagement)?;
    let course = api.flow.ledger.get::<Course>(&Key::course(&id)).await?;
    if let Some(course) = course.filter(|course| !course.value.status.is_final()) {
        let status = course.value.status.name();
        let message = format!("the engagement is `{status}`; answer when it has ended");
        return Err(ApiError::conflict("engagement_state", message));
    }
    let key = Key::survey(&id);
    let mut attempts = Attempts::default();
    loop {
        if let Some(known) = api.flow.ledger.get::<Survey>(&key).await? {
            return if known.value.answers == answers {
                Ok((StatusCode::CREATED, Json(known.value)))
            } else {
                Err(ApiError::conflict("already_answered", "the survey was answered already"))
            };
        }
        let now = (api.flow.clock)();
        let survey = Survey { answers: answers.clone(), author: principal.id.clone(), at: now };
        let transition = Transition::new().create(&key, &survey)?;
        let says = Says { api: &api, id: &id, actor: actor.clone(), now };
        if says.commit(transition, "survey", answers.clone()).await? {
            return Ok((StatusCode::CREATED, Json(survey)));
        }
        attempts.again().await?;
    }
}

fn refuse(Reason { code, message }: Reason) -> ApiError {
    ApiError::bad_request(&code, message)
}

/// Commits what somebody says, with its event.
struct Says<'a> {
    api: &'a Api,
    id: &'a EngagementId,
    actor: Actor,
    now: Timestamp,
}

impl Says<'_> {
    /// Returns whether this call wrote it. `what` distinguishes it from everything else that is said in the engagement.
    async fn commit<T: Payload>(
        self,
        transition: Transition,
        what: &str,
        data: T,
    ) -> Result<bool, ApiError> {
        let Self { api, id, actor, now } = self;
        let flow = &api.flow;
        let emit = Emit::new(flow.function, now, id).by(actor).traced(headgate_http::traceparent());
        let event = emit.event((id.as_str(), 1), what, data)?;
        let marker = Key::marker(flow.function.as_str(), &event.id);
        let transition = transition.publishing(event).marked(marker, now);
        Ok(flow.apply(&transition).await.map_err(not_accepted)? == Commit::Applied)
    }
}

/// How much has been written, and how much room there is.
struct Room(Option<Stored<Written>>);

impl Room {
    async fn read(api: &Api, id: &EngagementId) -> Result<Self, ApiError> {
        Ok(Self(api.flow.ledger.get(&Key::written(id)).await?))
    }

    fn entry(self, transition: Transition, id: &EngagementId) -> Result<Transition, ApiError> {
        self.take(transition, id, |w| (&mut w.entries, MAX_ENTRIES, "entries in the task ledger"))
    }

    fn message(self, transition: Transition, id: &EngagementId) -> Result<Transition, ApiError> {
        self.take(transition, id, |w| (&mut w.messages, MAX_MESSAGES, "messages"))
    }

    fn take(
        self,
        transition: Transition,
        id: &EngagementId,
        count: impl Fn(&mut Written) -> (&mut u32, u32, &'static str),
    ) -> Result<Transition, ApiError> {
        let mut written = self.0.as_ref().map_or_else(Written::default, |w| w.value);
        let (counted, most, what) = count(&mut written);
        if *counted >= most {
            let message = format!("an engagement may have at most {most} {what}");
            return Err(ApiError::conflict("too_many", message));
        }
        *counted += 1;
        Ok(transition.put(&Key::written(id), &written, self.0.map(|w| w.version), None)?)
    }
}
