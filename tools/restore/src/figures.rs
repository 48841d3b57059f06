//! Brings the figures of every engagement back into step with its timeline.

use anyhow::Result;
use aws_config::SdkConfig;
use headgate_bus::Bus;
use headgate_domain::timeline::Head;
use headgate_events::{EngagementId, FunctionName};
use headgate_ledger::{Key, Ledger, Position, Transition};
use headgate_metrics_finalizer::{Finalizer, Senders, StandingRules, recount};
use headgate_outbox::Flow;
use headgate_runtime::telemetry::chain;
use serde::Serialize;

use crate::args::Names;

/// Name under which the figures are written.
const FUNCTION: FunctionName = FunctionName::new("metrics-finalizer");

/// What was done.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Counted {
    /// Engagements with a timeline.
    engagements: u64,
    /// Engagements whose figures lacked something.
    repaired: u64,
    /// Facts that were counted.
    facts: u64,
    /// What could not be counted.
    pub(crate) problems: Vec<Problem>,
}

/// An engagement whose figures are not in step.
#[derive(Debug, Serialize)]
pub(crate) struct Problem {
    engagement: EngagementId,
    problem: String,
}

/// Counts what the figures lack. Goes on with the other engagements if one cannot be counted.
pub(crate) async fn count(sdk: &SdkConfig, names: &Names) -> Result<Counted> {
    let [ledger, metrics] = names.tables().map(|table| Ledger::connect(sdk, table));
    let flow = Flow {
        ledger,
        // Counting publishes nothing.
        bus: Bus::connect(sdk, "none"),
        function: FUNCTION,
        clock: jiff::Timestamp::now,
    };
    let signals = "[]".parse()?;
    let finalizer = Finalizer {
        flow,
        metrics,
        standing: StandingRules::default(),
        signals,
        senders: Senders::default(),
        logs: true,
    };
    let mut counted = Counted::default();
    let mut next: Option<Position> = None;
    loop {
        let (timelines, after) = finalizer.flow.ledger.timelines(next).await?;
        for (engagement, _) in timelines {
            counted.engagements += 1;
            // The transparency log looks at every timeline after a restore: what was lost must be seen now, not when somebody adds to it.
            list(&finalizer, &engagement).await?;
            match recount(&finalizer, &engagement).await {
                Ok(facts) => {
                    counted.facts += facts;
                    counted.repaired += u64::from(facts > 0);
                }
                Err(error) => {
                    counted.problems.push(Problem { engagement, problem: chain(&error) });
                }
            }
            if counted.engagements.is_multiple_of(1_000) {
                eprintln!("… {} engagements", counted.engagements);
            }
        }
        next = after;
        if next.is_none() {
            return Ok(counted);
        }
    }
}

/// Puts a timeline on the list of those to log.
async fn list(Finalizer { flow, .. }: &Finalizer, engagement: &EngagementId) -> Result<()> {
    let head = flow.ledger.get::<Head>(&Key::timeline(engagement)).await?;
    let seq = head.map_or(0, |head| head.value.seq);
    let transition = Transition::new().unlogged(engagement, seq, (flow.clock)())?;
    flow.ledger.commit(&transition).await?;
    Ok(())
}

pub(crate) fn print(counted: &Counted, as_json: bool) -> Result<()> {
    if as_json {
        println!("{}", serde_json::to_string_pretty(counted)?);
        return Ok(());
    }
    let Counted { engagements, repaired, facts, problems } = counted;
    println!("counted {facts} facts of {repaired} engagements; {engagements} have a timeline");
    for Problem { engagement, problem } in problems {
        println!("!! {engagement}: {problem}");
    }
    Ok(())
}
