//! A history that was rewritten, truncated, forked or reordered is found and named, by somebody who has the public key and one old
//! checkpoint.
#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::BTreeMap;

use headgate_domain::timeline::{Entry, Head};
use headgate_events::EngagementId;
use headgate_log::{Audit, Checkpoint, Finding, Hash, Leaf, Proof, Receipt, Signer, Tree};
use serde_json::json;

const TRIALS: u64 = 500;

/// The timelines of a fleet, and the log that its writer kept.
#[derive(Clone, Default)]
struct Fleet {
    timelines: BTreeMap<EngagementId, Vec<Entry>>,
    leaves: Vec<Vec<u8>>,
}

impl Fleet {
    fn append(&mut self, engagement: &EngagementId, what: u64) {
        let entries = self.timelines.entry(engagement.clone()).or_default();
        let head = entries.last().map(|e| Head { seq: e.seq, hash: e.hash.clone() });
        let event = json!({ "type": "change.accepted.v1", "data": { "n": what } });
        let entry = head.unwrap_or_default().append(engagement, event, None).unwrap();
        self.leaves.push(Leaf::of(&entry).to_bytes());
        entries.push(entry);
    }

    fn grow(&mut self, random: &mut fastrand::Rng, count: usize) {
        for _ in 0..count {
            let engagement = format!("e{}", random.u8(0..4)).as_str().into();
            self.append(&engagement, random.u64(..));
        }
    }

    fn checkpoint(&self) -> Checkpoint {
        let mut tree = Tree::default();
        self.leaves.iter().for_each(|leaf| tree.push(Hash::of_leaf(leaf)));
        Checkpoint { size: tree.size(), root: tree.root() }
    }

    /// What an auditor with this old checkpoint finds.
    fn audited(&self, old: &Checkpoint, newest: &Checkpoint) -> Vec<Finding> {
        let mut audit = Audit::new(&[*old]);
        self.leaves.iter().for_each(|leaf| audit.push(leaf));
        let audited = audit.end(newest);
        let of_timelines = self.timelines.iter().flat_map(|(e, all)| audited.timeline(e, all));
        audited.findings.iter().cloned().chain(of_timelines).collect()
    }

    /// Writes the whole log again, as somebody with the signing key could: from the timelines as they are now.
    fn log_again(&mut self) {
        let mut next: BTreeMap<_, std::vec::IntoIter<Entry>> =
            self.timelines.iter().map(|(e, all)| (e.clone(), all.clone().into_iter())).collect();
        let order: Vec<EngagementId> =
            self.leaves.iter().map(|l| Leaf::parse(l).unwrap().engagement().clone()).collect();
        let leaves = order.iter().filter_map(|e| next.get_mut(e)?.next());
        self.leaves = leaves.map(|entry| Leaf::of(&entry).to_bytes()).collect();
    }

    /// Chains the entries of a timeline again, after the attacker changed some.
    fn chain(&mut self, engagement: &EngagementId) {
        let entries = self.timelines.get_mut(engagement).unwrap();
        let mut head = Head::default();
        for entry in entries {
            *entry = head.append(engagement, entry.event.clone(), None).unwrap();
            head = Head { seq: entry.seq, hash: entry.hash.clone() };
        }
    }
}

/// What the attacker does to the ledger, and perhaps to the log, too.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Attack {
    Rewrite,
    Remove,
    Insert,
    Reorder,
    Truncate,
}

const ATTACKS: [Attack; 5] =
    [Attack::Rewrite, Attack::Remove, Attack::Insert, Attack::Reorder, Attack::Truncate];

/// Changes entries that the old checkpoint covers. The hashes are computed again, so that the chain itself is whole.
fn attack(fleet: &mut Fleet, attack: Attack, random: &mut fastrand::Rng, covered: &Fleet) {
    let long = covered.timelines.iter().filter(|(_, all)| all.len() > 2);
    let all: Vec<_> = long.map(|(e, all)| (e.clone(), all.len())).collect();
    let (engagement, length) = all[random.usize(..all.len())].clone();
    let at = random.usize(..length - 1);
    let entries = fleet.timelines.get_mut(&engagement).unwrap();
    match attack {
        Attack::Rewrite => entries[at].event = json!({ "type": "approval.decided.v1" }),
        Attack::Remove => drop(entries.remove(at)),
        Attack::Insert => entries.insert(at, entries[at].clone()),
        Attack::Reorder => entries.swap(at, at + 1),
        Attack::Truncate => entries.truncate(at + 1),
    }
    fleet.chain(&engagement);
}

#[test]
fn a_rewritten_history_is_found_in_every_trial() {
    let mut found = BTreeMap::<String, u64>::new();
    for trial in 0..TRIALS {
        let mut random = fastrand::Rng::with_seed(trial);
        let mut fleet = Fleet::default();
        let count = random.usize(12..120);
        fleet.grow(&mut random, count);
        let (covered, old) = (fleet.clone(), fleet.checkpoint());
        let count = random.usize(0..60);
        fleet.grow(&mut random, count);
        assert_eq!(fleet.audited(&old, &fleet.checkpoint()), [], "trial {trial}: a false alarm");
        let kind = ATTACKS[usize::try_from(trial).unwrap() % ATTACKS.len()];
        attack(&mut fleet, kind, &mut random, &covered);
        // Half of the attackers hold the signing key, too: they write the log again and sign it.
        let signs = random.bool();
        if signs {
            fleet.log_again();
        }
        let findings = fleet.audited(&old, &fleet.checkpoint());
        let named = findings.iter().any(|finding| match (signs, kind) {
            // A new log, which does not begin with the old one.
            (true, _) => matches!(finding, Finding::Forked { .. } | Finding::Truncated { .. }),
            (false, Attack::Truncate) => matches!(finding, Finding::Removed { .. }),
            (false, _) => matches!(finding, Finding::Rewritten { .. }),
        });
        assert!(named, "trial {trial}: {kind:?}, signed again: {signs}: {findings:?}");
        *found.entry(format!("{kind:?}, signed again: {signs}")).or_default() += 1;
    }
    assert_eq!(found.values().sum::<u64>(), TRIALS);
    assert_eq!(found.len(), 2 * ATTACKS.len(), "{found:?}");
}

#[test]
fn leaves_that_are_changed_but_not_signed_are_found() {
    for trial in 0..TRIALS {
        let mut random = fastrand::Rng::with_seed(trial);
        let mut fleet = Fleet::default();
        fleet.grow(&mut random, 60);
        let old = fleet.checkpoint();
        fleet.grow(&mut random, 20);
        let newest = fleet.checkpoint();
        let at = random.usize(..fleet.leaves.len() - 1);
        match trial % 4 {
            0 => drop(fleet.leaves.remove(at)),
            1 => fleet.leaves.swap(at, at + 1),
            2 => fleet.leaves.insert(at, fleet.leaves[at].clone()),
            _ => *fleet.leaves[at].last_mut().unwrap() ^= 1,
        }
        let findings = fleet.audited(&old, &newest);
        assert!(findings.contains(&Finding::Root { size: 80 }), "{trial}: {findings:?}");
    }
}

/// The log itself must not have two histories of a timeline.
#[test]
fn a_second_history_in_one_log_is_found() {
    let mut random = fastrand::Rng::with_seed(1);
    let mut fleet = Fleet::default();
    fleet.grow(&mut random, 40);
    let old = fleet.checkpoint();
    let again = fleet.leaves[3].clone();
    fleet.leaves.push(again);
    let findings = fleet.audited(&old, &fleet.checkpoint());
    assert!(matches!(findings.as_slice(), [Finding::Order { index: 40, .. }]), "{findings:?}");
    *fleet.leaves.last_mut().unwrap() = b"{\"kind\":\"entry.v2\"}".to_vec();
    let findings = fleet.audited(&old, &fleet.checkpoint());
    assert!(findings.contains(&Finding::Unknown { index: 40 }), "{findings:?}");
}

/// A restore is in the log, so it needs no silence and causes no alarm: but everybody can see it.
#[test]
fn a_restored_timeline_begins_again_where_everybody_sees_it() {
    let mut random = fastrand::Rng::with_seed(2);
    let mut fleet = Fleet::default();
    fleet.grow(&mut random, 40);
    let old = fleet.checkpoint();
    let engagement: EngagementId = "e1".into();
    let kept = fleet.timelines[&engagement].len() - 2;
    fleet.timelines.get_mut(&engagement).unwrap().truncate(kept);
    let table = "ledger-r1".to_owned();
    let restored = Leaf::Restored { engagement_id: engagement.clone(), table };
    fleet.leaves.push(restored.to_bytes());
    let again: Vec<_> =
        fleet.timelines[&engagement].iter().map(|e| Leaf::of(e).to_bytes()).collect();
    fleet.leaves.extend(again);
    let findings = fleet.audited(&old, &fleet.checkpoint());
    let [Finding::Restored { index: 40, from, logged, .. }] = findings.as_slice() else {
        panic!("{findings:?}")
    };
    let (kept, before) = (kept as u64, kept as u64 + 2);
    assert_eq!((*from, *logged), (kept + 1, before), "names the first lost entry");
    let mut audit = Audit::new(&[old]);
    fleet.leaves.iter().for_each(|leaf| audit.push(leaf));
    let audited = audit.end(&fleet.checkpoint());
    assert_eq!(audited.timelines[&engagement].restored[0].index, 40);
    // A restore must not launder a history: every entry that is another one than before is named.
    let entries = fleet.timelines.get_mut(&engagement).unwrap();
    entries[0].event = json!({ "forged": true });
    fleet.chain(&engagement);
    fleet.leaves.push(restored.to_bytes());
    let again: Vec<_> =
        fleet.timelines[&engagement].iter().map(|e| Leaf::of(e).to_bytes()).collect();
    fleet.leaves.extend(again);
    let findings = fleet.audited(&old, &fleet.checkpoint());
    assert_eq!(findings.len(), 2, "{findings:?}");
    assert!(
        findings.iter().all(|f| matches!(f, Finding::Restored { from: 1, .. })),
        "{findings:?}"
    );
}

#[test]
fn a_receipt_proves_its_entry_and_nothing_else() {
    let signer = Signer::from_seed("log.example.com/headgate", &[3; 32]).unwrap();
    let mut random = fastrand::Rng::with_seed(4);
    let mut fleet = Fleet::default();
    fleet.grow(&mut random, 300);
    let checkpoint = fleet.checkpoint();
    let note = checkpoint.sign(&signer);
    let mut edge = headgate_log::Edge::empty();
    let files = edge.grow(&fleet.leaves).unwrap();
    let tiles = files
        .iter()
        .filter_map(|(tile, bytes)| Some((*tile, headgate_log::tiles::hashes(tile, bytes)?)));
    let tiles = tiles.collect();
    let engagement: EngagementId = "e2".into();
    let entry = fleet.timelines[&engagement][4].clone();
    let leaf = Leaf::of(&entry).to_bytes();
    let index = fleet.leaves.iter().position(|l| *l == leaf).unwrap() as u64;
    let hashes = Proof::of_inclusion(index, 300).unwrap().hashes(&tiles).unwrap();
    let receipt = Receipt::new(entry, index, &hashes, &note);
    let key = signer.verifier();
    assert_eq!(receipt.verify(&key).unwrap().index, index);
    let text = serde_json::to_string(&receipt).unwrap();
    assert_eq!(serde_json::from_str::<Receipt>(&text).unwrap(), receipt);

    let other = Signer::from_seed("log.example.com/headgate", &[4; 32]).unwrap().verifier();
    assert!(receipt.verify(&other).is_err());
    let refused = |change: &dyn Fn(&mut Receipt)| {
        let mut changed = receipt.clone();
        change(&mut changed);
        changed.verify(&key).unwrap_err().to_string()
    };
    assert!(refused(&|r| r.entry.event = json!({})).contains("was changed"));
    assert!(refused(&|r| r.entry.seq += 1).contains("was changed"));
    assert!(
        refused(&|r| r.entry = fleet.timelines[&engagement][5].clone()).contains("is not leaf")
    );
    assert!(refused(&|r| r.proof = r.proof.replacen("index ", "index 0", 1)).contains("no proof"));
    assert!(refused(&|r| r.proof = r.proof.replace("\n300\n", "\n301\n")).contains("invalid"));
    assert!(refused(&|r| r.proof = r.proof.replace("proof@v1", "proof@v2")).contains("no proof"));
    assert!(refused(&|r| r.proof.clear()).contains("no proof"));
}
