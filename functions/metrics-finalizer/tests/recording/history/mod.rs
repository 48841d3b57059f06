//! A ledger in which everything has happened, and the facts about it.

use headgate_domain::change::Status;
use headgate_domain::records::{ChangeHead, PermitRecord, Revision};
use headgate_events::{Actor, ActorKind, Verdict};
use headgate_ledger::Key;
use headgate_review::Report;
use headgate_test_support::*;
use jiff::SignedDuration;
use serde_json::{Value, json};

/// Whether an item belongs to the table of metrics.
pub fn is_figure(key: &str) -> bool {
    let sk = key.split('/').nth(1).unwrap();
    let figures = ["SUMMARY", "PHASE#", "PROGRESS", "SCORECARD", "OUTCOMES", "APPLIES"];
    figures.iter().any(|figure| sk.starts_with(figure))
}

const CHANGES: u32 = 30;

/// How the last revision of a change ends.
#[derive(Clone, Copy, PartialEq)]
enum End {
    Blocked,
    Rejected,
    Expired,
    Succeeded,
    Failed,
    /// It expired, and a newer revision was admitted and executed.
    ExpiredThenExecuted,
}

/// The ledger once everything has happened, and every fact that was published meanwhile.
pub struct History {
    pub aws: Aws,
    pub facts: Vec<Value>,
}

impl History {
    pub fn new(random: &mut fastrand::Rng) -> Self {
        let mut history = Self { aws: Aws::new().storing(), facts: Vec::new() };
        for n in 0..CHANGES {
            history.change(n, random);
        }
        history
    }

    fn fact(&mut self, kind: &str, source: &str, change: &str, n: u32, data: Value) {
        let minute = i64::try_from(self.facts.len()).unwrap();
        let id = format!("{kind}/{change}/{}/{}", data["revision"], self.facts.len());
        let edit = |d: &mut Value| {
            d["id"] = id.into();
            d["subject"] = change.into();
            d["source"] = source.into();
            d["correlationid"] = format!("eng-{}", n % 3).into();
            d["time"] = json!(
                now() - SignedDuration::from_hours(6) + SignedDuration::from_secs(37 * minute)
            );
            for (member, value) in data.as_object().unwrap() {
                d["data"][member] = value.clone();
            }
        };
        let path = format!("{}/../../events/fixtures/{kind}.json", env!("CARGO_MANIFEST_DIR"));
        let mut detail = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        edit(&mut detail);
        self.facts.push(json!({ "detail-type": kind, "source": source, "detail": detail }));
    }

    fn change(&mut self, n: u32, random: &mut fastrand::Rng) {
        let change = format!("chg-{n}");
        let ends = [
            End::Blocked,
            End::Rejected,
            End::Expired,
            End::Succeeded,
            End::Failed,
            End::ExpiredThenExecuted,
        ];
        let end = ends[n as usize % ends.len()];
        let sent_back = random.u32(0..3);
        let mut revision = 0;
        for _ in 0..sent_back {
            revision += 1;
            self.admitted(&change, n, revision, Verdict::Revise);
        }
        revision += 1;
        match end {
            End::Blocked => self.admitted(&change, n, revision, Verdict::Block),
            End::Rejected => self.decided(&change, n, revision, "rejected"),
            End::Expired => self.decided(&change, n, revision, "expired"),
            End::Succeeded => self.executed(&change, n, revision, "succeeded"),
            End::Failed => self.executed(&change, n, revision, "failed"),
            End::ExpiredThenExecuted => {
                self.decided(&change, n, revision, "expired");
                revision += 1;
                self.executed(&change, n, revision, "succeeded");
            }
        }
        let status = match end {
            End::Blocked => Status::Blocked,
            End::Rejected => Status::Rejected,
            End::Expired => Status::Expired,
            End::Succeeded | End::Failed | End::ExpiredThenExecuted => Status::Applying,
        };
        let id = change.as_str().into();
        let head = ChangeHead {
            change_id: change.as_str().into(),
            engagement_id: format!("eng-{}", n % 3).as_str().into(),
            revision,
            // The newest revision's proposer, who is not the proposer of every revision.
            proposer: proposer(n, revision),
            ..head(status)
        };
        self.aws = self.aws.clone().with(&Key::change(&id), &head);
    }

    fn admitted(&mut self, change: &str, n: u32, revision: u32, verdict: Verdict) {
        let id = change.into();
        let mut stored =
            Revision { proposer: proposer(n, revision), ..headgate_test_support::revision() };
        // Otherwise nothing would speak for or against a model.
        stored.proposed.agent.as_mut().unwrap().id = stored.proposer.id.clone();
        let review = Report { verdict, ..report() };
        self.aws = self
            .aws
            .clone()
            .with(&Key::revision(&id, revision), &stored)
            .with(&Key::review(&id, revision), &review);
        let accepted = json!({ "revision": revision });
        self.fact("change.accepted.v1", "headgate.intake", change, n, accepted);
        let reviewed = json!({ "revision": revision, "verdict": verdict, "content_hash": CONTENT });
        self.fact("review.completed.v2", "headgate.pm-review", change, n, reviewed);
    }

    fn decided(&mut self, change: &str, n: u32, revision: u32, outcome: &str) {
        self.admitted(change, n, revision, Verdict::Pass);
        let decided = json!({ "revision": revision, "outcome": outcome, "content_hash": CONTENT });
        self.fact("approval.decided.v2", "headgate.approval-gate-decide", change, n, decided);
    }

    fn executed(&mut self, change: &str, n: u32, revision: u32, outcome: &str) {
        self.decided(change, n, revision, "approved");
        let permit = format!("p-{change}");
        let record = PermitRecord {
            permit_id: permit.clone(),
            change_id: change.into(),
            revision,
            used_at: Some(now()),
            reported_at: Some(now()),
            ..headgate_test_support::permit()
        };
        self.aws = self.aws.clone().with(&Key::permit(&change.into(), &permit), &record);
        let executed = json!({
            "revision": revision, "permit_id": permit, "content_hash": CONTENT, "outcome": outcome,
        });
        self.fact("change.executed.v1", "headgate.permits-api", change, n, executed);
    }
}

fn proposer(change: u32, revision: u32) -> Actor {
    let id = format!("bot-{}", (change + revision) % 4);
    Actor { kind: ActorKind::Agent, id: id.as_str().into(), on_behalf_of: None }
}
