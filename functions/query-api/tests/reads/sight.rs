//! Who may read which engagement and which change.

use axum::Router;
use headgate_artifacts::Artifacts;
use headgate_domain::approval::Delegation;
use headgate_domain::change::Status;
use headgate_domain::figures::Summary;
use headgate_domain::records::ChangeHead;
use headgate_domain::timeline::Head;
use headgate_engagements::HandedIn;
use headgate_events::{Actor, ActorKind};
use headgate_ledger::{Key, Transition};
use headgate_test_support::*;

use crate::over;

const ENGAGEMENT: &str = "eng-orders";

/// Everything that there is to read of an engagement with a change, in which `dana`, the agent of `terraform-bot` and `erin` have a part.
fn stored() -> Aws {
    let mut engagement = phased();
    engagement.readers = vec!["erin".into()];
    let (id, change) = (ENGAGEMENT.into(), CHANGE.into());
    let handed_in = HandedIn {
        phase: "build".to_owned(),
        attempt: 1,
        submission: submission(revision().proposed.dossier.plan),
        by: worker(),
    };
    Aws::new()
        .with(&Key::engagement(&id), &engagement)
        .with(&Key::course(&id), &working())
        .with(&Key::submission(&id, "build", 1), &handed_in)
        .with(&Key::timeline(&id), &Head { seq: 0, hash: String::new() })
        .with(&Key::summary(&id), &Summary::default())
        .with(&Key::change(&change), &of_frank())
        .with(&Key::revision(&change, 1), &revision())
        .with(&Key::review(&change, 1), &report())
        .with(&Key::approval(&change, 1), &approval())
}

/// Somebody else than who has a part in the engagement proposed the change.
fn of_frank() -> ChangeHead {
    let proposer = Actor { kind: ActorKind::Human, id: "frank".into(), on_behalf_of: None };
    ChangeHead { proposer, owner: "frank".into(), ..head(Status::AwaitingDecision) }
}

fn api(aws: &Aws) -> Router {
    let none = aws_smithy_mocks::mock_client!(aws_sdk_s3, []);
    over(aws, Artifacts::new(none, "artifacts"))
}

/// Every route that shows something of an engagement.
const OF_ENGAGEMENT: [&str; 9] = [
    "",
    "/deliverables",
    "/deliverables/00?phase=build&attempt=1",
    "/ledger",
    "/messages",
    "/survey",
    "/timeline",
    "/timeline/1/receipt",
    "/metrics",
];
/// Every route that shows something of a change.
const OF_CHANGE: [&str; 4] = ["", "/evidence/00", "/files", "/plan"];

fn paths() -> (Vec<String>, Vec<String>) {
    let engagement = |p: &&str| format!("/v1/engagements/{ENGAGEMENT}{p}");
    let mut engagements: Vec<_> = OF_ENGAGEMENT.iter().map(engagement).collect();
    engagements.push(format!("/v1/changes?engagement={ENGAGEMENT}"));
    (engagements, OF_CHANGE.iter().map(|p| format!("/v1/changes/{CHANGE}{p}")).collect())
}

/// What somebody may not read looks like what does not exist, to the letter.
#[tokio::test]
async fn who_has_no_part_learns_nothing() {
    let (engagements, changes) = paths();
    let limited: [&[&str]; 4] =
        [&["proposer"], &["agent"], &["evaluator", "proposer"], &["agent", "operator", "security"]];
    for roles in limited {
        for path in engagements.iter().chain(&changes) {
            let stranger = Caller::new("mallory", roles);
            let refused = stranger.get(api(&stored()), path).await;
            assert_eq!(refused.error(), (404, "not_found"), "{path} {roles:?}");
            let missing = stranger.get(api(&Aws::new()), path).await;
            assert_eq!(refused.body["message"], missing.body["message"], "{path}");
        }
    }
}

#[tokio::test]
async fn who_has_a_part_or_oversees_reads_everything_of_it() {
    let (engagements, changes) = paths();
    let part =
        [("dana", "proposer"), ("DANA", "proposer"), (WORKER, "agent"), ("erin", "evaluator")];
    let all = ["reader", "approver", "executor", "operator", "security"].map(|role| ("vic", role));
    for (who, role) in part.into_iter().chain(all) {
        for path in engagements.iter().chain(&changes) {
            let answer = Caller::new(who, &[role]).get(api(&stored()), path).await;
            let told = answer.body["message"].as_str().unwrap_or_default();
            assert_ne!(told, no_part("engagement"), "{who} {path}");
            assert_ne!(told, no_part("change"), "{who} {path}");
            let bare = path.ends_with(ENGAGEMENT) || path.ends_with(CHANGE);
            assert!(!bare || answer.status == 200, "{who} {path}: {}", answer.said());
        }
    }
}

fn no_part(what: &str) -> String {
    format!(
        "there is no such {what} that you have a part in; its owner, or who has the role reader, can tell you more"
    )
}

/// Who proposes a change in somebody else's engagement reads the change, and nothing else.
#[tokio::test]
async fn a_proposer_reads_the_change_and_not_its_engagement() {
    let (engagements, _) = paths();
    let frank = Caller::new("frank", &["proposer"]);
    assert_eq!(frank.get(api(&stored()), &format!("/v1/changes/{CHANGE}")).await.status, 200);
    for path in engagements {
        assert_eq!(frank.get(api(&stored()), &path).await.status, 404, "{path}");
    }
}

/// Who may vote reads what they vote on: in a role that only the gate names, for somebody who delegated a role to them, and as who proposed
/// an earlier revision. A delegation that is over, or is for another environment, says nothing.
#[tokio::test]
async fn who_decides_and_who_proposed_before_reads_the_change() {
    let path = format!("/v1/changes/{CHANGE}");
    let status = async |aws: Aws, who: &str| {
        Caller::new(who, &["proposer"]).get(api(&aws), &path).await.status
    };
    assert_eq!(status(stored(), "bob").await, 404);
    let now = jiff::Timestamp::now();
    let hour = jiff::SignedDuration::from_hours(1);
    let delegation = |edit: &dyn Fn(&mut Delegation)| {
        let mut delegation = Delegation {
            id: "d-1".to_owned(),
            from: "alice".into(),
            to: "bob".into(),
            roles: vec!["approver".to_owned()],
            environments: Vec::new(),
            reason: "holiday".to_owned(),
            created_at: now - hour,
            until: now + hour,
            revoked_at: None,
        };
        edit(&mut delegation);
        delegation
    };
    let under = async |edit: &dyn Fn(&mut Delegation)| {
        let aws = stored().storing();
        let given = Transition::new().delegation(&delegation(edit), None).unwrap();
        aws.ledger("ledger").commit(&given).await.unwrap();
        status(aws, "bob").await
    };
    assert_eq!(under(&|_| ()).await, 200);
    assert_eq!(under(&|d| d.until = now - hour / 2).await, 404);
    assert_eq!(under(&|d| d.revoked_at = Some(now - hour / 2)).await, 404);
    assert_eq!(under(&|d| d.environments = vec!["prod".to_owned()]).await, 404);
    assert_eq!(under(&|d| d.roles = vec!["dba".to_owned()]).await, 404);
    // A role that only the gate names.
    let mut asked = approval();
    asked.gate.roles = vec!["dba".to_owned()];
    asked.barred.clear();
    let aws = || stored().with(&Key::approval(&CHANGE.into(), 1), &asked);
    let with = async |role: &str| {
        Caller::new("bob", &["proposer", role]).get(api(&aws()), &path).await.status
    };
    assert_eq!((with("dba").await, with("dbo").await), (200, 404));
    let mut revision = revision();
    revision.proposers.push("gwen".into());
    let aws = stored().with(&Key::revision(&CHANGE.into(), 1), &revision);
    assert_eq!(status(aws, "gwen").await, 200);
}

/// A timeline of the fleet itself has no engagement.
#[tokio::test]
async fn timelines_without_an_engagement_are_for_those_who_oversee() {
    let aws = || {
        Aws::new().with(&Key::timeline(&"refused".into()), &Head { seq: 0, hash: String::new() })
    };
    let path = "/v1/engagements/refused/timeline";
    assert_eq!(Caller::new("vic", &["reader"]).get(api(&aws()), path).await.status, 200);
    assert_eq!(Caller::new("dana", &["proposer"]).get(api(&aws()), path).await.status, 404);
}

/// Two engagements with a change each; `dana` owns the first.
async fn two() -> Aws {
    let aws = Aws::new().storing();
    let ledger = aws.ledger("ledger");
    let mut other = phased();
    other.engagement_id = "eng-other".into();
    other.owner = "olga".into();
    other.members.clear();
    let change = |id: &str, engagement: &str| ChangeHead {
        change_id: id.into(),
        engagement_id: engagement.into(),
        ..of_frank()
    };
    let changes = [change("chg-1", ENGAGEMENT), change("chg-2", "eng-other")];
    let mut all = Transition::new().engagement(&phased()).unwrap().engagement(&other).unwrap();
    for head in &changes {
        let listing = headgate_ledger::Listing::change(head.created_at, &head.change_id);
        all = all
            .put(&Key::change(&head.change_id), head, None, Some(&listing))
            .unwrap()
            .change_of(&head.engagement_id, &head.change_id, head.created_at)
            .unwrap()
            .change_by(&head.owner, &head.change_id, head.created_at)
            .unwrap();
    }
    ledger.commit(&all).await.unwrap();
    aws
}

fn ids(answer: &Answer, list: &str, id: &str) -> Vec<String> {
    let all = answer.body[list].as_array().unwrap().iter();
    let mut ids: Vec<_> = all.map(|entry| entry[id].as_str().unwrap().to_owned()).collect();
    ids.sort();
    ids
}

#[tokio::test]
async fn lists_have_what_the_caller_may_read() {
    let aws = two().await;
    let cases = [
        ("vic", "reader", &["eng-orders", "eng-other"][..], &["chg-1", "chg-2"][..]),
        // Changes of engagements are listed by engagement.
        ("Dana", "proposer", &["eng-orders"], &[]),
        ("olga", "proposer", &["eng-other"], &[]),
        (WORKER, "agent", &["eng-orders"], &[]),
        ("FRANK", "proposer", &[], &["chg-1", "chg-2"]),
        ("mallory", "proposer", &[], &[]),
    ];
    for (who, role, engagements, changes) in cases {
        let caller = Caller::new(who, &[role]);
        let answer = caller.get(api(&aws), "/v1/engagements").await;
        assert_eq!(ids(&answer, "engagements", "engagement_id"), engagements, "{who}");
        let answer = caller.get(api(&aws), "/v1/changes").await;
        assert_eq!(ids(&answer, "changes", "change_id"), changes, "{who}");
    }
    let of = "/v1/changes?engagement=eng-orders";
    let dana = Caller::new("dana", &["proposer"]).get(api(&aws), of).await;
    assert_eq!(ids(&dana, "changes", "change_id"), ["chg-1"]);
    let olga = Caller::new("olga", &["proposer"]).get(api(&aws), of).await;
    assert_eq!(olga.status, 404);
}

#[tokio::test]
async fn environments_are_shown_without_the_roles_of_applies() {
    let answer =
        Caller::new("terraform-bot", &["agent"]).get(api(&Aws::new()), "/v1/environments").await;
    assert_eq!(answer.status, 200);
    let shown = &answer.body["environments"][0];
    assert_eq!((&shown["name"], &shown["account"]), (&"local".into(), &ACCOUNT.into()));
    assert!(shown.get("access").is_none());
}
