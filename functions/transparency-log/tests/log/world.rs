//! A fleet's ledger and log, over mocked DynamoDB and S3.

use std::time::Duration;

use headgate_domain::timeline::{Entry, Head};
use headgate_events::EngagementId;
use headgate_ledger::{Key, Ledger, Transition};
use headgate_log::tiles::{self, Kind, Tile};
use headgate_log::{Audit, Audited, Checkpoint, Signer};
use headgate_log_store::{LogBucket, find, receipt};
use headgate_test_support::{Aws, LogFiles, now};
use headgate_transparency_log::{Log, LogError, Ran, run};
use serde_json::json;

pub const MINUTE: Duration = Duration::from_secs(60);

/// A fleet's ledger, the log's own table, and its bucket.
#[derive(Clone)]
pub struct World {
    pub ledger: Aws,
    pub table: Aws,
    pub files: LogFiles,
    /// Checkpoints that an auditor saw.
    pub seen: Vec<Checkpoint>,
}

pub fn signer() -> Signer {
    Signer::from_seed("log.example.com/headgate", &[9; 32]).unwrap()
}

impl World {
    pub fn new() -> Self {
        let (ledger, table) = (Aws::new().storing(), Aws::new().storing());
        Self { ledger, table, files: LogFiles::default(), seen: Vec::new() }
    }

    /// The same, from now on apart.
    pub fn copy(&self) -> Self {
        let files = LogFiles::default();
        files.files().clone_from(&self.files.files());
        Self {
            ledger: self.ledger.copy(),
            table: self.table.copy(),
            files,
            seen: self.seen.clone(),
        }
    }

    pub fn bucket(&self) -> LogBucket {
        LogBucket::new(self.files.client(), "log")
    }

    pub fn log_of(&self, table: &str) -> Log {
        Log {
            ledger: self.ledger.ledger("ledger"),
            ledger_table: table.to_owned(),
            table: self.table.ledger("log"),
            bucket: self.bucket(),
            signer: signer(),
            clock: later,
        }
    }

    pub async fn run(&self) -> Result<Ran, LogError> {
        run(&self.log_of("ledger"), MINUTE).await
    }

    /// Appends entries as the finalizer does.
    pub async fn append(&self, engagement: &str, count: u64) {
        let ledger: Ledger = self.ledger.ledger("ledger");
        let engagement: EngagementId = engagement.into();
        let key = Key::timeline(&engagement);
        for n in 0..count {
            let stored = ledger.get::<Head>(&key).await.unwrap();
            let version = stored.as_ref().map(|s| s.version);
            let head = stored.map(|s| s.value).unwrap_or_default();
            let entry = head.append(&engagement, json!({ "n": n, "type": "x.v1" }), None).unwrap();
            let next = Head { seq: entry.seq, hash: entry.hash.clone() };
            let transition = Transition::new().put(&key, &next, version, None).unwrap();
            let transition =
                transition.create(&Key::entry(&engagement, entry.seq), &entry).unwrap();
            let transition = transition.unlogged(&engagement, entry.seq, now()).unwrap();
            ledger.commit(&transition).await.unwrap();
        }
    }

    pub async fn entries(&self, engagement: &str) -> Vec<Entry> {
        let ledger = self.ledger.ledger("ledger");
        let found = ledger.timeline::<Entry>(&engagement.into(), 0, 10_000).await.unwrap();
        found.into_iter().map(|s| s.value).collect()
    }

    pub fn newest(&self) -> Checkpoint {
        let note = String::from_utf8(self.files.files()["checkpoint"].clone()).unwrap();
        Checkpoint::open(&note, &signer().verifier()).unwrap()
    }

    /// Reads the bucket as an auditor does, who knows all checkpoints so far.
    pub fn audit(&mut self) -> Audited {
        let newest = self.newest();
        let mut audit = Audit::new(&self.seen);
        for tile in Tile::of(Kind::Leaves, 0, newest.size) {
            let bytes = self.files.files()[&tile.path()].clone();
            tiles::leaves(&tile, &bytes).unwrap().iter().for_each(|leaf| audit.push(leaf));
        }
        self.seen.push(newest);
        audit.end(&newest)
    }

    pub fn listed(&self) -> usize {
        self.ledger.stored().keys().filter(|key| key.starts_with("UNLOGGED#")).count()
    }
}

/// A minute after the tests' time, because the list is read up to the present.
pub fn later() -> jiff::Timestamp {
    now() + jiff::SignedDuration::from_secs(60)
}

/// Everything that should hold after a run: every entry is logged once, and can be proven.
pub async fn whole(world: &mut World, engagements: &[(&str, u64)]) {
    let audited = world.audit();
    assert_eq!(audited.findings, []);
    let table = world.table.ledger("log");
    for (engagement, count) in engagements {
        let id: EngagementId = (*engagement).into();
        let entries = world.entries(engagement).await;
        assert_eq!(entries.len() as u64, *count, "{engagement}");
        assert_eq!(audited.timeline(&id, &entries), []);
        assert_eq!(audited.timelines[&id].hashes.len() as u64, *count, "{engagement}");
        for entry in [entries.first(), entries.last()].into_iter().flatten().cloned() {
            let index = find(&table, &id, entry.seq).await.unwrap().unwrap();
            let log = signer().verifier();
            let receipt = receipt(&world.bucket(), &log, entry, index).await.unwrap();
            assert_eq!(receipt.verify(&log).unwrap().index, index);
        }
        assert_eq!(find(&table, &id, count + 1).await.unwrap(), None);
    }
    assert_eq!(world.listed(), 0);
}
