//! What votes tell those who are not asked, and that delegates are no strangers.

use headgate_test_support::*;
use serde_json::{Value, json};

use super::decide::{PATH, api, delegated, vote, voted, waiting};

/// Who is not asked, and has no part in the change, does not learn that there is something to decide on.
#[tokio::test]
async fn a_strangers_vote_tells_nothing() {
    let mallory = Caller::new("mallory", &["proposer"]);
    let edited = |edit: &dyn Fn(&mut Value)| {
        let mut body = vote("approve");
        edit(&mut body);
        body
    };
    let withdrawals = PATH.replace("decisions", "withdrawals");
    let requests = [
        (PATH, vote("approve")),
        (PATH, edited(&|b| b["content_hash"] = "other".into())),
        (PATH, edited(&|b| b["on_behalf_of"] = "alice".into())),
        (withdrawals.as_str(), json!({ "revision": 1, "ballot": "first" })),
    ];
    for (path, body) in requests {
        let refused = mallory.post(api(&waiting(&voted("alice"))), path, &body).await;
        let missing = mallory.post(api(&Aws::new()), path, &body).await;
        assert_eq!(refused.error(), (404, "not_found"), "{path} {body}");
        assert_eq!(refused.body["message"], missing.body["message"]);
    }
}

/// A delegate without the role votes for who has it, and withdraws that vote after the delegation is over.
#[tokio::test]
async fn a_delegate_without_a_role_is_no_stranger() {
    let alice = Caller::new("alice", &["proposer"]);
    let mut body = vote("approve");
    body["on_behalf_of"] = "erin".into();
    assert_eq!(alice.post(api(&delegated()), PATH, &body).await.status, 200);
    let path = PATH.replace("decisions", "withdrawals");
    let withdrawal = json!({ "revision": 1, "ballot": "first" });
    let answer = alice.post(api(&waiting(&voted("alice"))), &path, &withdrawal).await;
    assert_eq!(answer.status, 200, "{}", answer.said());
}
