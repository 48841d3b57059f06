//! The read side: what it shows, and to whom.

use axum::Router;
use headgate_artifacts::Artifacts;
use headgate_domain::change::Status;
use headgate_domain::figures::Scorecard;
use headgate_domain::timeline::Head;
use headgate_http::Cursor;
use headgate_ledger::Key;
use headgate_test_support::*;
use insta::assert_json_snapshot;

use crate::over;

fn api(aws: &Aws) -> Router {
    let none = aws_smithy_mocks::mock_client!(aws_sdk_s3, []);
    over(aws, Artifacts::new(none, "artifacts"))
}

/// An evaluation, as it is stored.
const RUN: &str = include_str!("../run.json");

fn vic() -> Caller {
    Caller::new("vic", &["reader"])
}

#[tokio::test]
async fn a_change_is_shown_with_its_review_and_approval() {
    let aws = Aws::new()
        .with(&Key::change(&CHANGE.into()), &head(Status::AwaitingDecision))
        .with(&Key::revision(&CHANGE.into(), 1), &revision())
        .with(&Key::review(&CHANGE.into(), 1), &report())
        .with(&Key::approval(&CHANGE.into(), 1), &approval());
    let answer = vic().get(api(&aws), "/v1/changes/chg-orders-queue").await;
    assert_eq!((answer.status, aws.writes()), (200, 0));
    assert_json_snapshot!("change", answer.body);
}

const PLAN_JSON: &[u8] = include_bytes!("../../../../policies/tests/containers-pass/plan.json");

/// A change whose plan is stored as these bytes.
fn with_plan(bytes: &'static [u8], declared: &[u8]) -> (Aws, Router) {
    let mut revision = revision();
    let plan = &mut revision.proposed.dossier.plan;
    plan.sha256 = headgate_domain::canonical::sha256_hex(declared);
    plan.uri = format!("s3://artifacts/sha256/{}", plan.sha256);
    plan.bytes = declared.len() as u64;
    let aws = Aws::new()
        .with(&Key::change(&CHANGE.into()), &head(Status::AwaitingDecision))
        .with(&Key::revision(&CHANGE.into(), 1), &revision);
    let router = over(&aws, bucket(bytes));
    (aws, router)
}

#[tokio::test]
async fn a_plan_is_shown_resource_by_resource_and_page_by_page() {
    let plan = headgate_domain::plan::Plan::parse(PLAN_JSON).unwrap();
    let all = plan.changed();
    let (mut seen, mut after) = (Vec::new(), 0);
    loop {
        let (_, api) = with_plan(PLAN_JSON, PLAN_JSON);
        let path = format!("/v1/changes/{CHANGE}/plan?limit=3&after={after}");
        let answer = vic().get(api, &path).await;
        assert_eq!(answer.status, 200);
        let page = answer.body["resources"].as_array().unwrap().clone();
        assert!((1..=3).contains(&page.len()));
        seen.extend(page.iter().map(|r| r["address"].as_str().unwrap().to_owned()));
        match answer.body["next_after"].as_u64() {
            Some(next) => after = next,
            None => break,
        }
    }
    assert_eq!(seen, all.iter().map(|r| r.address.clone()).collect::<Vec<_>>());
    let (_, api) = with_plan(PLAN_JSON, PLAN_JSON);
    let beyond = vic().get(api, &format!("/v1/changes/{CHANGE}/plan?after=4000000000")).await;
    assert_eq!((beyond.status, beyond.body["resources"].as_array().unwrap().len()), (200, 0));
}

/// People see the plan that their decision is bound to, or no plan.
#[tokio::test]
async fn a_plan_of_other_bytes_or_no_plan_is_not_shown() {
    const NO_PLAN: &[u8] = b"[]";
    for (bytes, declared) in [(NO_PLAN, PLAN_JSON), (NO_PLAN, NO_PLAN)] {
        let (_, api) = with_plan(bytes, declared);
        let answer = vic().get(api, &format!("/v1/changes/{CHANGE}/plan")).await;
        assert_eq!(answer.error(), (422, "plan_unreadable"), "{}", answer.said());
    }
    let none = vic().get(api(&Aws::new()), "/v1/changes/none/plan").await;
    assert_eq!(none.error(), (404, "not_found"));
}

#[tokio::test]
async fn reading_needs_a_role() {
    let paths =
        ["/v1/changes", "/v1/changes/none", "/v1/engagements/none/timeline", "/v1/evaluations"];
    for path in paths {
        for roles in [&[][..], &["offline_access", "default-roles"]] {
            let answer = Caller::new("intern", roles).get(api(&Aws::new()), path).await;
            assert_eq!(answer.error(), (403, "role_missing"), "{path} {roles:?}");
        }
    }
    let answer = Caller::new("intern", &[]).get(api(&Aws::new()), "/v1/delegations").await;
    assert_eq!(answer.status, 200, "their own");
}

/// A model that reads the tasks before it is measured shows what it remembers.
#[tokio::test]
async fn agents_do_not_see_what_models_are_asked() {
    let bot = || Caller::new("terraform-bot", &["agent", "evaluator"]);
    let case = "/v1/evaluations/run-1/case?candidate=a&task=b&paraphrase=0&repeat=0";
    for path in ["/v1/evaluations/run-1/cases", case] {
        let answer = bot().get(api(&Aws::new()), path).await;
        assert_eq!(answer.error(), (403, "agent_forbidden"), "{path}");
    }
    assert_eq!(bot().get(api(&Aws::new()), "/v1/changes").await.status, 200);
}

#[tokio::test]
async fn what_is_missing_is_not_found() {
    for path in [
        "/v1/changes/none",
        "/v1/engagements/none",
        "/v1/engagements/none/timeline",
        "/v1/engagements/none/metrics",
        "/v1/scorecards/none",
        "/v1/evaluations/none",
        "/v1/evaluations/none/report",
        "/v1/standings/none/terraform",
    ] {
        assert_eq!(vic().get(api(&Aws::new()), path).await.error(), (404, "not_found"), "{path}");
    }
}

/// DynamoDB refuses long and empty keys. Such a request must not look like an outage of the service.
#[tokio::test]
async fn parameters_that_cannot_be_keys_are_refused() {
    let long = "x".repeat(1_100);
    let cursor = |position: &str| {
        let cursor = Cursor(position.to_owned()).encode();
        format!("/v1/changes?cursor={cursor}")
    };
    for (path, code) in [
        (format!("/v1/changes/{long}"), "path_invalid"),
        (format!("/v1/scorecards/{}", "%C3%A9".repeat(257)), "path_invalid"),
        ("/v1/changes/%FF".to_owned(), "path_invalid"),
        (format!("/v1/changes?cursor={}", "x".repeat(5_000)), "query_malformed"),
        ("/v1/changes?cursor=%".to_owned(), "cursor_invalid"),
        (cursor(""), "cursor_invalid"),
        (cursor("a||b"), "cursor_invalid"),
        (cursor("a|b"), "cursor_invalid"),
        (cursor(&format!("a|b|{long}")), "cursor_invalid"),
        (cursor(&format!("a|b|{}|{}", &long[..1_000], &long[..1_000])), "cursor_invalid"),
        ("/v1/changes?limit=0".to_owned(), "limit_invalid"),
        ("/v1/changes?limit=x".to_owned(), "query_malformed"),
        ("/v1/engagements/e/timeline?after=-1".to_owned(), "query_malformed"),
    ] {
        let answer = vic().get(api(&Aws::new()), &path).await;
        assert_eq!(answer.error(), (400, code), "{path}");
    }
    let run = Key::run("r");
    let head: serde_json::Value = serde_json::from_str(RUN).unwrap();
    let aws = Aws::new().with(&run, &head);
    for position in ["a|b|c", "CASE", &format!("CASE#{long}")] {
        let path =
            format!("/v1/evaluations/r/cases?cursor={}", Cursor(position.to_owned()).encode());
        assert_eq!(vic().get(api(&aws), &path).await.error(), (400, "cursor_invalid"), "{path}");
    }
    let path = format!("/v1/evaluations/r/case?candidate={long}&task=t&paraphrase=0&repeat=0");
    assert_eq!(vic().get(api(&aws), &path).await.error(), (404, "not_found"));
}

#[tokio::test]
async fn names_in_other_alphabets_may_be_as_long() {
    let path = format!("/v1/scorecards/{}", "%E5%90%8D".repeat(256));
    assert_eq!(vic().get(api(&Aws::new()), &path).await.error(), (404, "not_found"));
}

#[tokio::test]
async fn a_timeline_has_an_end() {
    for after in [999_999_999_999_u64, u64::MAX] {
        let aws =
            Aws::new().with(&Key::timeline(&"e".into()), &Head { seq: 3, hash: "ab".to_owned() });
        let answer =
            vic().get(api(&aws), &format!("/v1/engagements/e/timeline?after={after}")).await;
        assert_eq!((answer.status, answer.body["entries"].as_array().unwrap().len()), (200, 0));
    }
}

#[tokio::test]
async fn nothing_is_read_without_a_token() {
    for path in ["/v1/changes", "/v1/changes/x", "/v1/delegations", "/v1/quarantine"] {
        let answer = Caller::nobody().get(api(&Aws::new()), path).await;
        assert_eq!(answer.error(), (401, "token_missing"), "{path}");
    }
}

#[tokio::test]
async fn the_quarantine_is_for_operators() {
    for path in ["/v1/quarantine", "/v1/quarantine/f", "/v1/quarantine/messages/m"] {
        assert_eq!(
            vic().get(api(&Aws::new()), path).await.error(),
            (403, "role_missing"),
            "{path}"
        );
    }
    let olga = Caller::new("olga", &["operator"]);
    let answer = olga.get(api(&Aws::new()), "/v1/quarantine/messages/m").await;
    assert_eq!(answer.error(), (404, "not_found"));
}

#[tokio::test]
async fn nothing_can_be_posted_here() {
    let answer = vic().post(api(&Aws::new()), "/v1/changes", &serde_json::json!({})).await;
    assert_eq!(answer.error(), (405, "method_not_allowed"));
}

#[tokio::test]
async fn pages_have_limits() {
    for path in ["/v1/changes?limit=0", "/v1/changes?limit=101"] {
        assert_eq!(
            vic().get(api(&Aws::new()), path).await.error(),
            (400, "limit_invalid"),
            "{path}"
        );
    }
    let answer = vic().get(api(&Aws::new()), "/v1/changes?cursor=%FF").await;
    assert_eq!(answer.status, 400);
    let answer = vic().get(api(&Aws::new()), "/v1/changes?limit=many").await;
    assert_eq!(answer.error(), (400, "query_malformed"));
}

#[tokio::test]
async fn a_scorecard_has_trust_and_means() {
    let card = Scorecard { reviewed: 4, passed: 3, rated: 2, quality: 9, ..Scorecard::default() };
    let aws = Aws::new().with(&Key::scorecards(&"terraform-bot".into())[3], &card);
    let answer = vic().get(api(&aws), "/v1/scorecards/terraform-bot").await;
    assert_json_snapshot!("scorecard", answer.body);
}

#[tokio::test]
async fn a_timeline_begins_empty_after_its_head() {
    let head = Head { seq: 3, hash: "ab".repeat(32) };
    let aws = Aws::new().with(&Key::timeline(&"eng-orders".into()), &head);
    let answer = vic().get(api(&aws), "/v1/engagements/eng-orders/timeline?after=3").await;
    assert_eq!((answer.status, &answer.body["head"]["seq"]), (200, &3.into()));
}
