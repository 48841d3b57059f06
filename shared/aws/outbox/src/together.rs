//! Processes several events in one transaction.

use std::collections::BTreeSet;
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use futures::future::{LocalBoxFuture, join, join_all};
use futures::stream::FuturesUnordered;
use futures::{FutureExt as _, StreamExt as _};
use headgate_failpoint::reach;
use headgate_ledger::{Group, Joined, Key, Ledger, LedgerError, Transition, View};
use tokio::task::yield_now;

use crate::flow::{Attempts, Flow, FlowError, Once};
use crate::handled::Handled;

/// Events of a batch that are still to be decided.
struct Deciding<I> {
    view: View,
    ledger: Ledger,
    all: I,
    markers: BTreeSet<String>,
}

/// A group that is decided, and the transition that did not fit any more.
struct Decided {
    group: Group,
    members: Vec<usize>,
    next: Option<(usize, Transition)>,
}

impl Flow {
    /// Does the same as [`Flow::once`] for each event, but commits as many of them as fit in one transaction. `prepare`
    /// may prefetch what `decide` will read; both must read through the given view.
    ///
    /// The result has one member for each event. It is `None` for an event that must be processed alone, with
    /// [`Flow::once`]: it was processed before, its decision failed, or other writers were faster again and
    /// again. So this needs no error, and the caller needs no second way to tell errors apart.
    pub async fn once_together<T, P, D>(
        &self,
        events: &[(String, T)],
        prepare: P,
        decide: D,
    ) -> Vec<Option<Once>>
    where
        P: AsyncFn(&View, &[&T]) -> Result<(), LedgerError>,
        D: AsyncFn(&View, &T) -> Result<Transition, Handled>,
    {
        let mut open: BTreeSet<usize> = (0..events.len()).collect();
        let mut settled = vec![None; events.len()];
        let mut attempts = Attempts::default();
        loop {
            let before = open.len();
            let tried = self.try_together(events, &mut open, &mut settled, &prepare, &decide);
            let tried = tried.boxed_local().await;
            if open.len() < before {
                attempts = Attempts::default();
            }
            // To go on one by one right after a conflict would only cause more of them.
            let again = match tried {
                Ok(true) => return settled,
                Ok(false) => attempts.again().await,
                Err(error) => Err(error),
            };
            if let Err(error) = again {
                tracing::warn!(error = ?error, "events are processed one by one");
                return settled;
            }
        }
    }

    /// Tries once. Returns `false` after a conflict, with the events in `open` that are left.
    async fn try_together<T, P, D>(
        &self,
        events: &[(String, T)],
        open: &mut BTreeSet<usize>,
        settled: &mut [Option<Once>],
        prepare: &P,
        decide: &D,
    ) -> Result<bool, FlowError>
    where
        P: AsyncFn(&View, &[&T]) -> Result<(), LedgerError>,
        D: AsyncFn(&View, &T) -> Result<Transition, Handled>,
    {
        let mut publishing = Publishing::default();
        let tried = self.try_groups(events, open, &mut publishing, prepare, decide).await;
        publishing.end().await;
        for n in publishing.done {
            if let Some(settled) = settled.get_mut(n) {
                *settled = Some(Once::Processed);
            }
        }
        tried
    }

    async fn try_groups<'a, T, P, D>(
        &'a self,
        events: &[(String, T)],
        open: &mut BTreeSet<usize>,
        publishing: &mut Publishing<'a>,
        prepare: &P,
        decide: &D,
    ) -> Result<bool, FlowError>
    where
        P: AsyncFn(&View, &[&T]) -> Result<(), LedgerError>,
        D: AsyncFn(&View, &T) -> Result<Transition, Handled>,
    {
        let view = View::new();
        let ledger = self.ledger.through(&view);
        let left = open.clone();
        let of = |n: &usize| events.get(*n);
        let marker = |id: &str| Key::marker(self.function.as_str(), id);
        ledger.prefetch(left.iter().filter_map(of).map(|(id, _)| marker(id)).collect()).await?;
        let facts: Vec<_> = left.iter().filter_map(of).map(|(_, event)| event).collect();
        prepare(&view, &facts).await?;
        let all = left.iter().filter_map(|n| Some((*n, of(n)?)));
        let mut deciding = Deciding { view, ledger, all, markers: BTreeSet::new() };
        let mut decided = self.decide_group(&mut deciding, None, decide).await?;
        loop {
            let Decided { group, members, next } = decided;
            let first = next.as_ref().map(|(n, _)| *n);
            let after = async {
                match next {
                    Some(next) => {
                        self.decide_group(&mut deciding, Some(next), decide).await.map(Some)
                    }
                    None => Ok(None),
                }
            };
            // While this group is committed, the next one is decided, on what this one will have written, and those before are published.
            let commit = self.ledger.commit_group(&group);
            let (committed, after) = publishing.meanwhile(join(commit, after)).await;
            if !committed? {
                let later = first.iter().flat_map(|first| left.range(first..));
                *open = members.iter().chain(later).copied().collect();
                return Ok(false);
            }
            reach!("outbox.committed");
            publishing.add(self.publish_group(group, members));
            match after? {
                Some(after) => decided = after,
                None => return Ok(true),
            }
        }
    }

    /// Decides as many events as fit in a transaction.
    async fn decide_group<'a, T: 'a, D>(
        &self,
        deciding: &mut Deciding<impl Iterator<Item = (usize, &'a (String, T))>>,
        first: Option<(usize, Transition)>,
        decide: &D,
    ) -> Result<Decided, FlowError>
    where
        D: AsyncFn(&View, &T) -> Result<Transition, Handled>,
    {
        let Deciding { view, ledger, all, markers } = deciding;
        let (mut group, mut members) = (Group::new(), Vec::new());
        if let Some((n, transition)) = first
            && matches!(group.join(ledger, view, transition)?, Joined::Yes)
        {
            members.push(n);
        }
        for (n, (id, event)) in all {
            // What is committed and published meanwhile goes on only when this waits, and it may find all that it reads in the view.
            yield_now().await;
            // Unless it joins, the event is processed alone.
            let marker = Key::marker(self.function.as_str(), id);
            // A marker that cannot be read concerns only its own event.
            if !markers.insert(id.clone()) || !matches!(ledger.marker(&marker).await, Ok(None)) {
                continue;
            }
            let Ok(transition) = decide(view, event).await else { continue };
            let transition = transition.marked(marker, (self.clock)());
            reach!("outbox.decided");
            match group.join(ledger, view, transition)? {
                Joined::Yes => members.push(n),
                Joined::Full(next) => return Ok(Decided { group, members, next: Some((n, next)) }),
                Joined::Never => {}
            }
        }
        Ok(Decided { group, members, next: None })
    }

    /// Publishes the outboxes of a group that is committed. Returns its events, without those that could not be published.
    async fn publish_group(&self, group: Group, members: Vec<usize>) -> Vec<usize> {
        let all = members.iter().copied().zip(group.outboxes());
        let (unpublished, silent): (Vec<_>, Vec<_>) =
            all.partition(|(_, (_, outbox))| !outbox.is_empty());
        let mut done: Vec<_> = silent.into_iter().map(|(n, _)| n).collect();
        if unpublished.is_empty() {
            return done;
        }
        let origins: Vec<_> =
            unpublished.iter().map(|(_, (marker, _))| self.ledger.origin(marker)).collect();
        let events = unpublished.iter().zip(&origins);
        let events = events
            .flat_map(|((_, (_, outbox)), origin)| outbox.iter().map(move |event| (event, origin)));
        if let Err(error) = self.bus.publish_kept(events).await {
            tracing::warn!(error = ?error, "committed events are published one by one");
            return done;
        }
        reach!("outbox.published");
        let marks = unpublished.iter().map(async |(n, (marker, _))| {
            (*n, self.ledger.mark_published(marker, (self.clock)()).await)
        });
        let marked = join_all(marks).await.into_iter();
        done.extend(marked.filter_map(|(n, marked)| marked.is_ok().then_some(n)));
        reach!("outbox.marked");
        done
    }
}

/// Outboxes that are being published while later groups are decided and committed.
#[derive(Default)]
struct Publishing<'a> {
    open: FuturesUnordered<LocalBoxFuture<'a, Vec<usize>>>,
    /// Events that are published.
    done: Vec<usize>,
}

impl<'a> Publishing<'a> {
    fn add(&mut self, publishing: impl Future<Output = Vec<usize>> + 'a) {
        self.open.push(publishing.boxed_local());
    }

    /// Waits for other work. Publishing goes on meanwhile.
    async fn meanwhile<T>(&mut self, work: impl Future<Output = T>) -> T {
        let mut work = pin!(work);
        poll_fn(|context| {
            while let Poll::Ready(Some(done)) = self.open.poll_next_unpin(context) {
                self.done.extend(done);
            }
            work.as_mut().poll(context)
        })
        .await
    }

    /// Waits until all is published.
    async fn end(&mut self) {
        while let Some(done) = self.open.next().await {
            self.done.extend(done);
        }
    }
}
