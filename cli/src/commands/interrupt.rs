//! `headgate interrupt`.

use headgate_api_types::engagements::{AnswerRequest, InterruptRequest};

use crate::api::Api;
use crate::args::{At, Global, Interrupt};
use crate::commands::engagement::{Caller, path};
use crate::config::Config;
use crate::fail::Failure;
use crate::output;

pub(super) fn run(config: &Config, global: &Global, args: Interrupt) -> Result<(), Failure> {
    let caller = Caller { config, global, api: Api::connect(config, global)? };
    match args {
        Interrupt::Ask { at, interrupt, question, option } => {
            let body = InterruptRequest {
                attempt: at.attempt,
                interrupt_id: interrupt,
                question,
                options: option,
            };
            caller.moves(&path(&at, "interrupts"), &body)
        }
        Interrupt::List { engagement } => {
            let questions = caller.course(&engagement)?.questions;
            if global.json {
                output::json(&questions);
                return Ok(());
            }
            let rows = questions.into_iter().map(|q| {
                let answer = q.answer.unwrap_or_default();
                vec![q.id, output::time(q.raised_at), q.question, q.options.join(" | "), answer]
            });
            output::table(&["id", "asked", "question", "options", "answer"], rows.collect());
            Ok(())
        }
        Interrupt::Answer { at, interrupt, answer } => {
            // Of the question that the person has read: another attempt may ask another one with the same id.
            let At { engagement, phase, attempt } = at;
            let path = format!("/v1/engagements/{engagement}/interrupts/{interrupt}/answer");
            caller.moves(&path, &AnswerRequest { phase, attempt, answer })
        }
    }
}
