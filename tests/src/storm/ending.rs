//! The end of a storm: every change is decided, every event is on its timeline, and every queue is empty.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use headgate_domain::timeline::Entry;

use super::engage::Carried;
use super::letters::Letters;
use super::{Shared, progress};
use crate::world::World;

/// Waits for the end of a storm.
pub(crate) struct Ending<'a> {
    pub(crate) world: &'a World,
    pub(crate) letters: &'a Letters,
    pub(crate) engaged: &'a [Carried],
    pub(crate) shared: &'a Shared,
}

impl Ending<'_> {
    /// Waits until the storm is over. If a consumer was killed too often, its messages are in quarantine
    /// although they are valid, so their groups are redriven. Returns the number of redrive runs.
    pub(crate) fn wait(&self, end: Instant) -> Result<u64, String> {
        let mut redriven = 0;
        let mut calm = 0;
        loop {
            let decided = self.decided();
            let queued = self.world.queued();
            redriven += self.redrive();
            progress::say(&format!(
                "{decided} of {} decided, {} to apply, {} engagements to end, {queued} messages in queues, {redriven} redrive runs",
                self.letters.changes.len(),
                self.unfinished(),
                self.unended()
            ));
            // Must hold twice in a row: a message on its way between two queues is in neither.
            let over = decided == self.letters.changes.len()
                && self.unfinished() == 0
                && self.unended() == 0
                && queued == 0
                && self.exhausted().is_empty()
                && self.missing_on_timelines().is_empty();
            calm = if over { calm + 1 } else { 0 };
            if calm == 2 {
                return Ok(redriven);
            }
            if Instant::now() > end {
                return Err(format!(
                    "the storm timed out: {decided} decided, {queued} messages in queues, \
                     groups with exhausted retries {:?}, incomplete timelines {:?}",
                    self.exhausted(),
                    self.missing_on_timelines().iter().take(5).collect::<Vec<_>>()
                ));
            }
            std::thread::sleep(Duration::from_secs(2));
        }
    }

    /// Number of this storm's changes that are decided.
    pub(crate) fn decided(&self) -> usize {
        let heard = self.shared.heard.lock().unwrap();
        let decided = |c: &&String| heard.count(c, "approval.decided") > 0;
        self.letters.changes.keys().filter(decided).count()
    }

    /// Number of changes that are to be applied and are not finalized.
    fn unfinished(&self) -> usize {
        let heard = self.shared.heard.lock().unwrap();
        let open = |c: &&String| heard.count(c, "change.finalized") == 0;
        self.letters.applied().values().flatten().filter(open).count()
    }

    /// Number of engagements that have not ended.
    fn unended(&self) -> usize {
        let heard = self.shared.heard.lock().unwrap();
        let open = |e: &&Carried| heard.count(&e.id, "engagement.completed") == 0;
        self.engaged.iter().filter(open).count()
    }

    /// Fingerprints of the groups whose messages ran out of retries.
    fn exhausted(&self) -> Vec<String> {
        let groups = self.world.groups_if_it_answers();
        let exhausted = groups.iter().filter(|g| {
            g["group"]["error_type"] == "retries_exhausted" && g["open"].as_u64() > Some(0)
        });
        exhausted.map(|g| g["group"]["fingerprint"].as_str().unwrap().to_owned()).collect()
    }

    fn redrive(&self) -> u64 {
        let mut sent = 0;
        for fingerprint in self.exhausted() {
            let action = serde_json::json!({
                "execute": true, "force": true, "reason": "its consumer was killed by the storm",
            });
            let answer = self.world.redrive("olga", &fingerprint, &action);
            // Fails while another run is active or if the function is killed; the next round tries again.
            if answer.status == 200 {
                sent += 1;
            }
        }
        sent
    }

    /// Engagements whose timeline has fewer entries than there were events on the bus.
    pub(crate) fn missing_on_timelines(&self) -> Vec<String> {
        let engaged = self.engaged.iter().map(|carried| &carried.id);
        let mine: BTreeSet<_> = self.letters.changes.values().chain(engaged).collect();
        let heads = self.world.timeline_lengths(mine.iter().map(|e| e.as_str()));
        let heard = self.shared.heard.lock().unwrap();
        let missing = |e: &&&String| {
            let said = heard.by_engagement.get(**e).map_or(0, BTreeSet::len) as u64;
            heads.get(e.as_str()).copied().unwrap_or_default() < said.max(1)
        };
        mine.iter().filter(missing).map(|e| (**e).clone()).collect()
    }

    /// The timeline of an engagement, read from the table because the API's functions are killed.
    pub(crate) fn timeline(&self, engagement: &str) -> Vec<Entry> {
        self.world.stored_timeline(engagement)
    }
}
