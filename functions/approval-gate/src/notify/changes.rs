//! Notifications about changes.

use headgate_domain::approval::in_words;
use headgate_domain::records::ChangeHead;
use headgate_domain::text::one_line;
use headgate_events::PrincipalId;
use headgate_events::latest::{ApprovalDecided, ApprovalReminded, ApprovalRequested, LockBroken};
use serde_json::json;

use super::notice::{Notice, members, minute};

impl Notice {
    pub(super) fn requested(head: &ChangeHead, asked: &ApprovalRequested) -> Self {
        let mut notice = Self::about(head, asked.revision, "approval.requested");
        notice.subject = format!("Approval requested: {} for {}", head.change_id, head.environment);
        let gate = in_words(&asked.gate);
        notice.lines.push(format!("This change {gate}.\nExpires {}", minute(asked.expires_at)));
        notice.set("gate", json!(asked.gate));
        notice.set("gate_in_words", json!(gate));
        notice.set("content_hash", json!(asked.content_hash));
        notice.set("expires_at", json!(asked.expires_at));
        notice
    }

    pub(super) fn reminded(head: &ChangeHead, asked: &ApprovalReminded) -> Self {
        let mut notice = Self::about(head, asked.revision, "approval.reminded");
        notice.subject = format!("Approval reminder: {} for {}", head.change_id, head.environment);
        let seats = match asked.missing_roles.as_slice() {
            [] => String::new(),
            roles => format!("; roles missing: {}", roles.join(", ")),
        };
        let until = minute(asked.expires_at);
        notice.lines.push(format!("Approvals missing: {}{seats}\nExpires {until}", asked.missing));
        if !asked.escalated_to.is_empty() {
            notice
                .lines
                .push(format!("Escalated: {} may vote now", asked.escalated_to.join(" and ")));
        }
        notice.set("slice", json!(asked.slice));
        notice.set("missing", json!(asked.missing));
        notice.set("missing_roles", json!(asked.missing_roles));
        notice.set("escalated_to", json!(asked.escalated_to));
        notice.set("expires_at", json!(asked.expires_at));
        notice
    }

    pub(super) fn decided(head: &ChangeHead, decided: &ApprovalDecided) -> Self {
        let mut notice = Self::about(head, decided.revision, "approval.decided");
        let outcome = json!(decided.outcome);
        let word = outcome.as_str().unwrap_or_default();
        notice.subject = format!("Decision: {} for {}: {word}", head.change_id, head.environment);
        for vote in &decided.votes {
            let stead = vote.on_behalf_of.as_ref();
            let stead = stead.map(|p| format!(" (for {p})")).unwrap_or_default();
            let kind = json!(vote.vote);
            let kind = kind.as_str().unwrap_or_default();
            notice.lines.push(format!("{}{stead}: {kind}", vote.principal));
        }
        notice.set("outcome", outcome);
        notice.set("content_hash", json!(decided.content_hash));
        notice.set("voters", json!(decided.votes.iter().map(|v| &v.principal).collect::<Vec<_>>()));
        notice
    }

    pub(super) fn broken(head: &ChangeHead, broken: &LockBroken, by: &PrincipalId) -> Self {
        let mut notice = Self::about(head, broken.revision, "lock.broken");
        let LockBroken { environment, holder, reason, ends_at, .. } = broken;
        notice.subject = format!("Break-glass: {by} ends an apply to {environment}");
        notice.lines.push(format!(
            "{holder} applies this change, and {by} breaks its lock: {}\nThe apply may end until {}",
            one_line(reason, 1_000),
            minute(*ends_at),
        ));
        notice.set("broken_by", json!(by));
        notice.set("holder", json!(holder));
        notice.set("reason", json!(reason));
        notice.set("ends_at", json!(ends_at));
        notice
    }

    fn about(head: &ChangeHead, revision: u32, kind: &'static str) -> Self {
        let lane = json!(head.lane);
        let lines = vec![
            one_line(&head.why, 200),
            format!(
                "change      {}, revision {revision}, lane {}",
                head.change_id,
                lane.as_str().unwrap_or_default()
            ),
            format!("environment {}", head.environment),
            format!("proposed by {}, owner {}", head.proposer.id, head.owner),
        ];
        let data = json!({
            "change_id": head.change_id,
            "revision": revision,
            "engagement_id": head.engagement_id,
            "environment": head.environment,
            "lane": lane,
            "why": head.why,
            "proposed_by": head.proposer.id,
            "owner": head.owner,
        });
        Self { kind, subject: String::new(), lines, data: members(data) }
    }

    /// Adds where to see the change. The link only shows it; a decision needs its own request with the hash.
    pub(super) fn linked(mut self, link: Option<&str>) -> Self {
        let id = self.data["change_id"].as_str().unwrap_or_default().to_owned();
        let place = match link {
            Some(link) => {
                let link = link.replace("{change}", &id);
                self.set("link", json!(link));
                link
            }
            None => format!("headgate change show {id}"),
        };
        self.lines.push(format!("\nSee the change: {place}"));
        self
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use headgate_events::FunctionName;
    use headgate_events::{Actor, Event, Lane, Payload};

    use super::*;
    use jiff::Timestamp;
    use serde_json::Value;

    fn fact<T: Payload + serde::de::DeserializeOwned>(kind: &str) -> T {
        let root = env!("CARGO_MANIFEST_DIR");
        let text = std::fs::read(format!("{root}/../../events/fixtures/{kind}.json")).unwrap();
        serde_json::from_slice::<Event<T>>(&text).unwrap().data
    }

    fn head() -> ChangeHead {
        ChangeHead {
            change_id: "chg-1".into(),
            engagement_id: "eng-1".into(),
            environment: "prod".into(),
            lane: Lane::Execute,
            revision: 1,
            status: headgate_domain::change::Status::AwaitingDecision,
            content_hash: None,
            proposer: Actor::system(FunctionName::new("bot")),
            owner: "erin".into(),
            why: "Orders need a queue.".into(),
            created_at: Timestamp::UNIX_EPOCH,
            updated_at: Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn a_request_says_what_and_who_and_until_when() {
        let notice = Notice::requested(&head(), &fact("approval.requested.v2"));
        assert_eq!(notice.subject, "Approval requested: chg-1 for prod");
        assert_eq!(
            notice.linked(None).text(),
            "Orders need a queue.\n\
             change      chg-1, revision 1, lane execute\n\
             environment prod\n\
             proposed by bot, owner erin\n\
             This change requires 2 approvals: 1 from `security` and 1 from `approver`; also requires \
             1 approval from `operator` (one person can count for both); after 240 minutes, `operator` may vote in place of `security`; to approve, \
             type the environment name: `prod`.\n\
             Expires 2026-11-02 10:30:00 UTC\n\
             \nSee the change: headgate change show chg-1\n"
        );
    }

    #[test]
    fn a_reminder_says_who_is_missing() {
        let notice = Notice::reminded(&head(), &fact("approval.reminded.v2"));
        let text = notice.linked(Some("https://h.example.com/{change}")).text();
        assert!(text.contains(
            "Approvals missing: 2; roles missing: security\nExpires 2026-11-02 10:30:00 UTC"
        ));
        assert!(text.contains("Escalated: operator may vote now"));
        assert!(text.ends_with("See the change: https://h.example.com/chg-1\n"), "{text}");
    }

    #[test]
    fn a_decision_says_who_said_what() {
        let notice = Notice::decided(&head(), &fact("approval.decided.v2"));
        assert_eq!(notice.subject, "Decision: chg-1 for prod: approved");
        assert!(notice.text().contains("alice: approve\nbob (for erin): approve\n"));
        let body: Value = serde_json::from_str(&notice.body(Timestamp::UNIX_EPOCH)).unwrap();
        assert_eq!(body["type"], "approval.decided");
        assert_eq!(body["data"]["voters"], json!(["alice", "bob"]));
    }

    #[test]
    fn a_broken_lock_says_who_and_why() {
        let notice = Notice::broken(&head(), &fact("lock.broken.v1"), &"olga".into());
        assert_eq!(notice.subject, "Break-glass: olga ends an apply to prod");
        let said = "terraform-runner applies this change, and olga breaks its lock: The runner hangs, and its heartbeats go on.\n\
                    The apply may end until 2026-11-02 09:35:00 UTC\n";
        assert!(notice.text().contains(said), "{}", notice.text());
        let body: Value = serde_json::from_str(&notice.body(Timestamp::UNIX_EPOCH)).unwrap();
        assert_eq!(
            (&body["type"], &body["data"]["broken_by"]),
            (&json!("lock.broken"), &json!("olga"))
        );
    }
}
