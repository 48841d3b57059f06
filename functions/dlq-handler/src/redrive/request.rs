//! Requests for a run: previews it, or checks and starts it.

use headgate_api_types::quarantine::Preview;
use headgate_events::Actor;
use headgate_events::latest::RedriveRequested;
use headgate_ledger::{Commit, Key, LedgerError, Listing, Order, Transition};
use headgate_outbox::{Emit, Flow, FlowError};
use uuid::Uuid;

use crate::consumers::{Consumers, Deployed};
use crate::timeline::TIMELINE;
use headgate_domain::quarantine::{Entry, State};
use headgate_domain::quarantine::{Group, Run};

/// Number of entries after which a preview stops counting.
const MOST_COUNTED: usize = 1_000;

/// An operator's request for a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request<'a> {
    /// Fingerprint of the group.
    pub fingerprint: &'a str,
    /// The operator.
    pub actor: Actor,
    /// The operator's reason, in their words.
    pub reason: &'a str,
    /// Whether to start the run even if the build that failed is still deployed.
    pub force: bool,
    /// Whether to start the run. Otherwise only preview it.
    pub execute: bool,
    /// Most redrives of one message.
    pub cap: u32,
}

/// Result of a request that was not refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Requested {
    /// A dry run: what the run would do.
    Preview(Preview),
    /// The run that was started.
    Run(Box<Run>),
}

/// Why a run cannot start.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// There is no group with this fingerprint.
    #[error("there is no such group")]
    Unknown,
    /// The reason is empty.
    #[error("`reason` is empty; say why, for the record")]
    ReasonMissing,
    /// The messages did not come from a queue consumer, so there is no queue to send them to.
    #[error(
        "`{0}` is not a queue consumer of this fleet: its messages can be discarded, not redriven"
    )]
    NotRedrivable(String),
    /// Another run of the group is in progress.
    #[error("run {0} is already redriving this group; follow it with `headgate dlq show`")]
    Running(String),
    /// The build that failed is still deployed.
    #[error(
        "`{consumer}` still runs {build}, the build that failed; deploy a fix, or use `force` if the \
         cause was not in the build"
    )]
    BuildUnchanged {
        /// The consumer.
        consumer: String,
        /// The build that failed and is still deployed.
        build: String,
    },
    /// No message is left to send.
    #[error("no message of this group is waiting; there is nothing to redrive")]
    NothingWaiting,
    /// All waiting messages have reached the redrive cap.
    #[error(
        "all waiting messages ({waiting}) have already been redriven {cap} times; discard them"
    )]
    Capped {
        /// Number of waiting messages.
        waiting: usize,
        /// Most redrives of one message.
        cap: u32,
    },
    /// The table or the bus failed.
    #[error("cannot read or write the quarantine table, or publish the request")]
    Flow(#[from] FlowError),
    /// The request could not be serialized.
    #[error("cannot serialize the request")]
    Json(#[from] serde_json::Error),
}

impl From<LedgerError> for Refused {
    fn from(error: LedgerError) -> Self {
        Self::Flow(FlowError::Ledger(error))
    }
}

/// Previews a run, or starts it.
///
/// # Errors
/// [`Refused`].
pub async fn request(
    flow: &Flow,
    consumers: &Consumers,
    asked: &Request<'_>,
) -> Result<Requested, Refused> {
    let key = Key::quarantine_group(asked.fingerprint);
    let mut attempts = headgate_outbox::Attempts::default();
    loop {
        let now = (flow.clock)();
        let found = flow.ledger.get::<Group>(&key).await?.ok_or(Refused::Unknown)?;
        let mut group = found.value;
        if let Some(run) = group.running(now) {
            // The request that started the run may have died before its event was published.
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
        let out = Emit::new(flow.function, now, &TIMELINE.into()).by(asked.actor.clone()).event(
            (asked.fingerprint, 0),
            &run_id,
            said,
        )?;
        let run = Run::new(&run_id, asked.actor.clone(), asked.reason, forced, now);
        group.run = Some(run.clone());
        let transition = Transition::new()
            .put(&key, &group, Some(found.version), Some(&Listing::quarantine_group(&group)))?
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
            // This includes messages of an abandoned run: no other run is in progress here.
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
    let mut rehearsal = Run::new("", Actor::system(flow.function), "", false, (flow.clock)());
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
