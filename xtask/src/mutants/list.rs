//! The bugs.

/// A bug, as an edit.
pub struct Mutant {
    /// What is wrong, in words.
    pub name: &'static str,
    /// File, relative to the checkout.
    pub file: &'static str,
    /// Text that the file contains exactly once.
    pub find: &'static str,
    /// What it becomes.
    pub replace: &'static str,
    /// The package whose tests must find it.
    pub package: &'static str,
}

const BATCH: &str = "headgate-batch";
const BUS: &str = "headgate-bus";
const FINALIZER: &str = "headgate-metrics-finalizer";
const LEASE: &str = "headgate-lease";
const LEDGER: &str = "headgate-ledger";
const OUTBOX: &str = "headgate-outbox";
const SWEEPER: &str = "headgate-outbox-sweeper";

const FINALIZE: &str = "functions/metrics-finalizer/src/finalize.rs";
const FLOW: &str = "shared/aws/outbox/src/flow.rs";
const GROUP: &str = "shared/aws/ledger/src/group.rs";
const MARKER: &str = "shared/aws/ledger/src/marker.rs";
const PUBLISH: &str = "shared/aws/bus/src/lib.rs";
const RUN: &str = "shared/messaging/batch/src/run.rs";
const STORE: &str = "shared/messaging/lease/src/store.rs";
const TALLY: &str = "shared/messaging/batch/src/tally.rs";
const TOGETHER: &str = "shared/aws/outbox/src/together.rs";
const TRANSITION: &str = "shared/aws/ledger/src/transition.rs";

/// All bugs, by crate.
pub const MUTANTS: [Mutant; 45] = [
    Mutant {
        name: "batch: a message to retry is acknowledged",
        file: TALLY,
        find: "Self::Done | Self::Duplicate | Self::Poison => None,\n            Self::Retry(delay)\n            | Self::Unavailable(delay)",
        replace: "Self::Done | Self::Duplicate | Self::Poison | Self::Retry(_) => None,\n            Self::Unavailable(delay)",
        package: BATCH,
    },
    Mutant {
        name: "batch: a message that was not started is acknowledged",
        file: TALLY,
        find: "            | Self::HandedBack(delay) => Some(delay),",
        replace: "            => Some(delay),\n            Self::HandedBack(_) => None,",
        package: BATCH,
    },
    Mutant {
        name: "batch: poison is acknowledged although the dead-letter queue refused it",
        file: RUN,
        find: "message kept\");\n                again",
        replace: "message kept\");\n                Fate::Poison",
        package: BATCH,
    },
    Mutant {
        name: "batch: a group goes on after its first failure",
        file: RUN,
        find: "stopped |= fate.kept().is_some();",
        replace: "stopped |= false;",
        package: BATCH,
    },
    Mutant {
        name: "batch: a panic is acknowledged",
        file: RUN,
        find: "return self.failed(record, end, &why, Fate::Panic(backoff())).await;",
        replace: "return Fate::Done;",
        package: BATCH,
    },
    Mutant {
        name: "batch: a handler that timed out is acknowledged",
        file: RUN,
        find: "return Fate::TimedOut(self.limits.outage.long_delay(attempt, fastrand::f64()));",
        replace: "return Fate::Done;",
        package: BATCH,
    },
    Mutant {
        name: "batch: a service that hangs makes messages poison",
        file: RUN,
        find: "return Fate::TimedOut(self.limits.outage.long_delay(attempt, fastrand::f64()));",
        replace: "return self.failed(record, end, \"late\", Fate::TimedOut(backoff())).await;",
        package: BATCH,
    },
    Mutant {
        name: "batch: the delay that the handler asked for is ignored",
        file: RUN,
        find: "Some(after) => Fate::Retry(after),",
        replace: "Some(_) => Fate::Retry(backoff()),",
        package: BATCH,
    },
    Mutant {
        name: "batch: an outage makes messages poison",
        file: RUN,
        find: "Fate::Unavailable(self.limits.outage.long_delay(attempt, fastrand::f64()))",
        replace: "self.failed(record, end, &reason, Fate::Unavailable(backoff())).await",
        package: BATCH,
    },
    Mutant {
        name: "batch: what is done before a crash is delivered again and again",
        file: RUN,
        find: "                self.acknowledge(last, end).await;\n",
        replace: "                let _ = last;\n",
        package: BATCH,
    },
    Mutant {
        name: "batch: a message that always fails is never poison",
        file: RUN,
        find: "record.receive_count < self.limits.attempts ||",
        replace: "record.receive_count < 2 * self.limits.attempts ||",
        package: BATCH,
    },
    Mutant {
        name: "lease: a former owner may still write",
        file: STORE,
        find: "\"#owner = :owner AND attempt = :attempt AND #state = :in_progress{and}\"",
        replace: "\"#state = :in_progress{and}\"",
        package: LEASE,
    },
    Mutant {
        name: "lease: anybody may take a lease that is in progress",
        file: STORE,
        find: "\"attribute_not_exists(pk) OR expires_at <= :now OR \\",
        replace: "\"attribute_not_exists(pk) OR attribute_exists(pk) OR \\",
        package: LEASE,
    },
    Mutant {
        name: "lease: an effect that may have happened is repeated",
        file: STORE,
        find: "OnTimeout::Quarantine => (\"\", \"\", \"preparing, \"),",
        replace: "OnTimeout::Quarantine => (\" OR (#state = :in_progress AND lease_until <= :now)\", \"\", \"preparing, \"),",
        package: LEASE,
    },
    Mutant {
        name: "lease: an effect begins after the lease has ended",
        file: STORE,
        find: "\" AND lease_until > :now\"",
        replace: "\"\"",
        package: LEASE,
    },
    Mutant {
        name: "lease: the result of an effect is not saved",
        file: "shared/messaging/lease/src/run.rs",
        find: "self.complete(request, &held, saved).await?;",
        replace: "drop(saved);",
        package: LEASE,
    },
    Mutant {
        name: "outbox: an outage of a service counts as a failure of the message",
        file: "shared/aws/outbox/src/handled.rs",
        find: "Self::Retry(error) if is_about_the_message(&*error) =>",
        replace: "Self::Retry(error) if !is_about_the_message(&*error) =>",
        package: OUTBOX,
    },
    Mutant {
        name: "ledger: an event that nobody has published is deleted after a while",
        file: MARKER,
        find: "    if published {\n",
        replace: "    if !published {\n",
        package: LEDGER,
    },
    Mutant {
        name: "ledger: nobody finds an outbox that is not published",
        file: MARKER,
        find: "(!published).then(",
        replace: "published.then(",
        package: LEDGER,
    },
    Mutant {
        name: "ledger: a published outbox stays on the list of unpublished ones",
        file: MARKER,
        find: " REMOVE listing_pk, listing_sk",
        replace: "",
        package: SWEEPER,
    },
    Mutant {
        name: "sweeper: an outbox that fails hides those behind it",
        file: "functions/outbox-sweeper/src/sweep.rs",
        find: "        after = next;\n",
        replace: "        after = next.filter(|_| swept.failed == 0);\n",
        package: SWEEPER,
    },
    Mutant {
        name: "gate: a workflow starts again while nobody knows what is running",
        file: "functions/approval-gate/src/sweep.rs",
        find: "running.is_some_and(|names| !names.contains(&name))",
        replace: "running.is_none_or(|names| !names.contains(&name))",
        package: "headgate-approval-gate",
    },
    Mutant {
        name: "outbox: events are published before the commit",
        file: FLOW,
        find: "let result = self.ledger.commit(transition).await?;",
        replace: "if let Some(marker) = transition.marker() {\n            self.publish(marker, transition.outbox()).await?;\n        }\n        let result = self.ledger.commit(transition).await?;",
        package: OUTBOX,
    },
    Mutant {
        name: "outbox: events are marked as published before they are",
        file: FLOW,
        find: "self.bus.publish_kept(outbox.iter().map(|event| (event, &origin))).await?;\n        reach!(\"outbox.published\");\n        self.ledger.mark_published(marker, (self.clock)()).await?;",
        replace: "self.ledger.mark_published(marker, (self.clock)()).await?;\n        self.bus.publish_kept(outbox.iter().map(|event| (event, &origin))).await?;",
        package: OUTBOX,
    },
    Mutant {
        name: "outbox: what an earlier delivery did not publish stays unpublished",
        file: FLOW,
        find: "if !published {",
        replace: "if published {",
        package: OUTBOX,
    },
    Mutant {
        name: "outbox: after a lost race, the winner's events stay unpublished",
        file: FLOW,
        find: "(Commit::Duplicate, Some(marker)) => {\n                self.heal(marker).await?;",
        replace: "(Commit::Duplicate, Some(_)) => {",
        package: OUTBOX,
    },
    Mutant {
        name: "outbox: an event is processed without a marker",
        file: FLOW,
        find: "Ok::<_, E>(decide().await?.marked(marker.clone(), (self.clock)()))",
        replace: "Ok::<_, E>(decide().await?)",
        package: OUTBOX,
    },
    Mutant {
        name: "outbox: a conflict counts as written",
        file: FLOW,
        find: "Commit::Conflict => attempts.again().await?,",
        replace: "Commit::Conflict if attempts.0 < ATTEMPTS => return Ok(true),\n                Commit::Conflict => attempts.again().await?,",
        package: OUTBOX,
    },
    Mutant {
        name: "ledger: a write does not check the version that was read",
        file: TRANSITION,
        find: "Follows::Version(version) => put\n            .condition_expression(\"#v = :v\")",
        replace: "Follows::Version(version) => put\n            .condition_expression(\"attribute_exists(pk)\")",
        package: LEDGER,
    },
    Mutant {
        name: "ledger: a new item may replace one that exists",
        file: TRANSITION,
        find: "Follows::Nothing => put.condition_expression(\"attribute_not_exists(pk)\"),",
        replace: "Follows::Nothing => put,",
        package: LEDGER,
    },
    Mutant {
        name: "ledger: a duplicate is taken for a conflict",
        file: TRANSITION,
        find: "return Ok(Commit::Duplicate);",
        replace: "return Ok(Commit::Conflict);",
        package: LEDGER,
    },
    Mutant {
        name: "ledger: a conflict counts as written",
        file: TRANSITION,
        find: "return Ok(Commit::Conflict);",
        replace: "return Ok(Commit::Applied);",
        package: LEDGER,
    },
    Mutant {
        name: "ledger: a version that must not change is not checked",
        file: TRANSITION,
        find: "writes.push(check(&self.table, key, *version)?);",
        replace: "drop(check(&self.table, key, *version)?);",
        package: LEDGER,
    },
    Mutant {
        name: "ledger: an outbox that the bus refuses is committed",
        file: TRANSITION,
        find: "limits::outbox(&transition.outbox)?;",
        replace: "drop(limits::outbox(&transition.outbox));",
        package: LEDGER,
    },
    Mutant {
        name: "bus: rejected entries count as published",
        file: PUBLISH,
        find: "if counted == 0 && named == 0 && results.len() == entries.len() {",
        replace: "if counted < usize::MAX && named < usize::MAX && results.len() == entries.len() {",
        package: BUS,
    },
    Mutant {
        name: "bus: entries that stay rejected count as published",
        file: PUBLISH,
        find: "return Err(PublishError::Failed { failed: entries.len(), id, code });",
        replace: "drop((id, code));\n                return Ok(());",
        package: BUS,
    },
    Mutant {
        name: "finalizer: an apply without a permit counts as permitted",
        file: FINALIZE,
        find: "permitted: permit.is_some(), after",
        replace: "permitted: true, after",
        package: FINALIZER,
    },
    Mutant {
        name: "group: a decision does not see what the one before it writes",
        file: GROUP,
        find: "Some(put.item.clone()),\n            );",
        replace: "view.seen(&ledger.table, &put.key).flatten(),\n            );",
        package: FINALIZER,
    },
    Mutant {
        name: "group: an event is processed without a marker",
        file: GROUP,
        find: "for marked in &group.markers {",
        replace: "for marked in group.markers.iter().skip(1) {",
        package: LEDGER,
    },
    Mutant {
        name: "group: an item replaces a version that was never stored",
        file: GROUP,
        find: "Some(before) => before.item = put.item,",
        replace: "Some(before) => *before = put,",
        package: LEDGER,
    },
    Mutant {
        name: "group: a conflict counts as written",
        file: GROUP,
        find: "return Ok(false);",
        replace: "return Ok(true);",
        package: LEDGER,
    },
    Mutant {
        name: "group: a copy in the same batch is recorded twice",
        file: TOGETHER,
        find: "!markers.insert(id.clone()) || ",
        replace: "(markers.insert(id.clone()) && id.is_empty()) || ",
        package: FINALIZER,
    },
    Mutant {
        name: "group: what a conflict left open is acknowledged",
        file: TOGETHER,
        find: "if !committed? {",
        replace: "if !committed? && members.is_empty() {",
        package: FINALIZER,
    },
    Mutant {
        name: "group: events that are not published are acknowledged",
        file: TOGETHER,
        find: "all.partition(|(_, (_, outbox))| !outbox.is_empty());",
        replace: "all.partition(|(_, (_, outbox))| outbox.len() == usize::MAX);",
        package: FINALIZER,
    },
    Mutant {
        name: "group: a message that may have ended the process takes others with it",
        file: "shared/aws/outbox/src/consume_together.rs",
        find: "if self.runner.suspects(&record) && record.receive_count % 2 == 1 {",
        replace: "if self.runner.suspects(&record) && record.body.is_empty() {",
        package: OUTBOX,
    },
];
