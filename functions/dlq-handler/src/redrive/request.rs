//! Asking for a run: what would be done, and whether it may be.

use headgate_events::Actor;
use headgate_events::latest::RedriveRequested;
use headgate_flow::{Emit, Flow, FlowError};
use headgate_ledger::{Commit, Key, LedgerError, Order, Transition};
use serde::Serialize;
use uuid::Uuid;

use crate::consumers::{Consumers, Deployed};
use crate::entry::{Entry, State};
use crate::group::{Group, Run};
use crate::quarantine::TIMELINE;

/// Entries that are counted for a preview.
const MOST_COUNTED: usize = 1_000;

/// What an operator asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request<'a> {
    /// The group.
    pub fingerprint: &'a str,
    /// Who asks.
    pub actor: Actor,
    /// Why, in their words.
    pub reason: &'a str,
    /// Whether to send although the build that failed is still deployed.
    pub force: bool,
    /// Whether to do it, not just to say what would be done.
    pub execute: bool,
    /// Most redrives of one message.
    pub cap: u32,
}

/// What a run would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Preview {
    /// The group.
    pub fingerprint: String,
    /// The consumer that would get the messages.
    pub consumer: String,
    /// The build that failed.
    pub failed_build: Option<String>,
    /// The build that is deployed.
    pub deployed_build: String,
    /// Messages that would be sent, as far as they were counted.
    pub to_send: usize,
    /// Messages that were sent too often already.
    pub capped: usize,
    /// Whether there are more than were counted.
    pub more: bool,
    /// The message that would be sent first, alone.
    pub canary: String,
    /// Messages of each step after it, if all goes well.
    pub steps: Vec<usize>,
}

/// What became of a request that was not refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Requested {
    /// Nothing was done: this would be.
    Preview(Preview),
    /// A run began.
    Run(Box<Run>),
}

/// Why a run may not begin.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// No such group.
    #[error("there is no such group")]
    Unknown,
    /// Nobody said why.
    #[error("say why with `reason`; it goes into the record")]
    ReasonMissing,
    /// The dead letter came from something that has no queue to send it to.
    #[error(
        "`{0}` is no queue consumer of this fleet: its messages can be discarded, not redriven"
    )]
    NotRedrivable(String),
    /// Another run goes on.
    #[error("run {0} is sending this group already; see how it goes with `headgate dlq show`")]
    Running(String),
    /// The build that failed is still deployed.
    #[error(
        "`{consumer}` still runs {build}, the build that failed; deploy a fix, or force it if the \
         cause was elsewhere"
    )]
    BuildUnchanged {
        /// The consumer.
        consumer: String,
        /// Its build.
        build: String,
    },
    /// Nothing is left to send.
    #[error("no message of this group is waiting")]
    NothingWaiting,
    /// What is left was sent too often.
    #[error("all {waiting} waiting messages were redriven {cap} times already; discard them")]
    Capped {
        /// How many.
        waiting: usize,
        /// How often is often enough.
        cap: u32,
    },
    /// The table or the bus failed.
    #[error("quarantine cannot be read or written")]
    Flow(#[from] FlowError),
    /// An event has no JSON form.
    #[error("the request cannot be written down")]
    Json(#[from] serde_json::Error),
}

impl From<LedgerError> for Refused {
    fn from(error: LedgerError) -> Self {
        Self::Flow(FlowError::Ledger(error))
    }
}

/// Says what a run would do, or begins it.
///
/// # Errors
/// [`Refused`].
pub async fn request(
    flow: &Flow,
    consumers: &Consumers,
    asked: &Request<'_>,
) -> Result<Requested, Refused> {
    let key = Group::key(asked.fingerprint);
    let mut attempts = headgate_flow::Attempts::default();
    loop {
        let now = (flow.clock)();
        let found = flow.ledger.get::<Group>(&key).await?.ok_or(Refused::Unknown)?;
        let mut group = found.value;
        if let Some(run) = group.running(now) {
            // Whoever began it may have died before its request was on the bus.
            flow.heal(&marker(&run.run_id)).await?;
            return Err(Refused::Running(run.run_id.clone()));
        }
        let deployed = consumers
            .get(&group.consumer)
            .ok_or_else(|| Refused::NotRedrivable(group.consumer.clone()))?;
        let forced = group.build.as_deref() == Some(&*deployed.build);
        let preview = preview(flow, &group, deployed, asked.cap).await?;
        if forced && !asked.force {
            let (consumer, build) = (group.consumer, deployed.build.clone());
            return Err(Refused::BuildUnchanged { consumer, build });
        }
        if !asked.execute {
            return Ok(Requested::Preview(preview));
        }
        if asked.reason.trim().is_empty() {
            return Err(Refused::ReasonMissing);
        }
        let run_id = format!("run-{}", Uuid::new_v4().simple());
        let said = RedriveRequested {
            run_id: run_id.clone(),
            fingerprint: group.fingerprint.clone(),
            consumer: group.consumer.clone(),
            build: deployed.build.clone(),
            forced,
            reason: asked.reason.to_owned(),
        };
        let out = Emit::new(flow.function, now, TIMELINE).by(asked.actor.clone()).event(
            (asked.fingerprint, 0),
            &run_id,
            said,
        )?;
        let run = Run::new(&run_id, asked.actor.clone(), asked.reason, forced, now);
        group.run = Some(run.clone());
        let transition = Transition::new()
            .put(&key, &group, Some(found.version), Some(&group.listing()))?
            .publishing(out)
            .marked(marker(&run_id), now);
        if flow.apply(&transition).await? == Commit::Applied {
            return Ok(Requested::Run(Box::new(run)));
        }
        attempts.again().await?;
    }
}

fn marker(run_id: &str) -> Key {
    Key::marker("redrive-request", run_id)
}

async fn preview(
    flow: &Flow,
    group: &Group,
    deployed: &Deployed,
    cap: u32,
) -> Result<Preview, Refused> {
    let list = Entry::list(&group.fingerprint, true);
    let (mut to_send, mut capped, mut canary, mut after) = (0, 0, None, None);
    loop {
        let page = flow.ledger.list::<Entry>(&list, Order::OldestFirst, 100, after).await?;
        for entry in page.items.into_iter().map(|s| s.value) {
            // Of an earlier run that came to no end, too: no run goes on.
            if entry.may_be_sent_by("", &group.fingerprint, cap) {
                to_send += 1;
                canary.get_or_insert(entry.quarantine_id);
            } else if entry.state == State::Waiting && entry.redrives >= cap {
                capped += 1;
            }
        }
        after = page.next;
        if after.is_none() || to_send + capped >= MOST_COUNTED {
            break;
        }
    }
    let Some(canary) = canary else {
        return Err(if capped == 0 {
            Refused::NothingWaiting
        } else {
            Refused::Capped { waiting: capped, cap }
        });
    };
    let mut rehearsal = Run::new("", Actor::system(""), "", false, (flow.clock)());
    let (mut steps, mut left) = (Vec::new(), to_send);
    while left > 0 {
        let step = rehearsal.step_size().min(left);
        rehearsal.send(Vec::new(), "", (flow.clock)());
        steps.push(step);
        left -= step;
    }
    Ok(Preview {
        fingerprint: group.fingerprint.clone(),
        consumer: group.consumer.clone(),
        failed_build: group.build.clone(),
        deployed_build: deployed.build.clone(),
        to_send,
        capped,
        more: after.is_some(),
        canary,
        steps,
    })
}
