//! `headgate engagement ledger`, `note`, `message` and `messages`.

use headgate_api_types::engagements::{
    LedgerEntry, Message, MessageRequest, Messages, NoteRequest, TaskLedger,
};
use headgate_events::EngagementId;
use uuid::Uuid;

use super::Caller;
use crate::args::Note;
use crate::fail::Failure;
use crate::output;

pub(super) fn ledger(caller: &Caller<'_>, id: &EngagementId) -> Result<(), Failure> {
    let found = caller.api.get::<TaskLedger>(&format!("/v1/engagements/{id}/ledger"))?;
    if caller.global.json {
        output::json(&found.json);
        return Ok(());
    }
    let row = |entry: LedgerEntry| {
        let noted = entry.noted;
        vec![
            noted.section.name().to_owned(),
            noted.name,
            noted.version.to_string(),
            if noted.closed { "closed".to_owned() } else { String::new() },
            noted.scope.unwrap_or_default(),
            entry.author.to_string(),
            noted.text,
        ]
    };
    let header = ["section", "name", "version", "state", "scope", "by", "text"];
    output::table(&header, found.value.entries.into_iter().map(row).collect());
    Ok(())
}

pub(super) fn note(caller: &Caller<'_>, args: Note) -> Result<(), Failure> {
    let Note { engagement, section, name, text, scope, closed, follows } = args;
    let request = NoteRequest { section, name, text, scope, closed, follows };
    let path = format!("/v1/engagements/{engagement}/ledger");
    let made = caller.api.post::<LedgerEntry>(&path, &request)?;
    if caller.global.json {
        output::json(&made.json);
    } else {
        let noted = made.value.noted;
        let section = noted.section.name();
        output::line(format!("{section}/{}: version {}", noted.name, noted.version));
    }
    Ok(())
}

pub(super) fn message(
    caller: &Caller<'_>,
    engagement: &EngagementId,
    text: String,
    id: Option<String>,
) -> Result<(), Failure> {
    let message_id = id.unwrap_or_else(|| Uuid::new_v4().to_string());
    let path = format!("/v1/engagements/{engagement}/messages");
    let sent = caller.api.post::<Message>(&path, &MessageRequest { message_id, text })?;
    if caller.global.json {
        output::json(&sent.json);
    } else {
        output::line(format!("sent; its id is {}", sent.value.messaged.message_id));
    }
    Ok(())
}

pub(super) fn messages(caller: &Caller<'_>, id: &EngagementId) -> Result<(), Failure> {
    let found = caller.api.get::<Messages>(&format!("/v1/engagements/{id}/messages"))?;
    if caller.global.json {
        output::json(&found.json);
        return Ok(());
    }
    let row = |m: Message| vec![output::time(m.at), m.author.to_string(), m.messaged.text];
    output::table(&["at", "by", "message"], found.value.messages.into_iter().map(row).collect());
    Ok(())
}
