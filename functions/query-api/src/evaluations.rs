//! `GET /v1/evaluations`: evaluation runs, their cases and their reports.

use axum::extract::State;
use headgate_api_types::evaluations::{Case, Cases, Evaluations, Progress, Reported};
use headgate_http::{ApiError, Cursor, Json, PageQuery, Path, Query, Reader};
use headgate_ledger::{CASE, Key, Ledger, Stored};
use headgate_suites::report::{Report, Run};
use headgate_suites::{CaseId, CaseRecord, CaseResult, RunHead};
use serde::Deserialize;

use crate::deps::{Answer, Api, read};

use crate::reader::Examiner;

/// Largest evidence that is returned, in bytes. A Lambda response is limited to 6 MB.
const MAX_EVIDENCE: u64 = 4 * 1024 * 1024;
/// Longest names of a candidate and a task together, in bytes. They are parts of a key.
const MAX_NAMES: usize = 900;

pub(crate) async fn runs(
    State(api): State<Api>,
    Reader(_): Reader,
    Query(page): Query<PageQuery>,
) -> Answer<Evaluations> {
    let found = api.metrics.runs::<RunHead>(page.limit()?, page.position()?);
    let found = found.await?;
    let evaluations = found.items.into_iter().map(|s| s.value).collect();
    let next_cursor = found.next.map(|n| Cursor(n).encode());
    Ok(Json(Evaluations { evaluations, next_cursor }))
}

async fn head(api: &Api, run: &str) -> Result<RunHead, ApiError> {
    let head = read::<RunHead>(&api.metrics, &Key::run(run)).await?;
    head.ok_or_else(|| ApiError::not_found("evaluation"))
}

pub(crate) async fn run(
    State(api): State<Api>,
    Reader(_): Reader,
    Path(run): Path<String>,
) -> Answer<Progress> {
    let evaluation = head(&api, &run).await?;
    let cases = evaluation.cases();
    Ok(Json(Progress { evaluation, cases }))
}

pub(crate) async fn cases(
    State(api): State<Api>,
    _: Examiner,
    Path(run): Path<String>,
    Query(page): Query<PageQuery>,
) -> Answer<Cases> {
    head(&api, &run).await?;
    let found = api.metrics.cases::<CaseRecord>(&run, page.limit()?, page.position_below(CASE)?);
    let found = found.await?;
    let cases = found.items.into_iter().map(|s| s.value).collect();
    let next_cursor = found.next.map(|n| Cursor(n).encode());
    Ok(Json(Cases { cases, next_cursor }))
}

/// Identifies a case. These are query parameters because a candidate may contain `+`, which is unreadable in
/// a path.
#[derive(Deserialize)]
pub(crate) struct Named {
    candidate: String,
    task: String,
    paraphrase: u32,
    repeat: u32,
}

pub(crate) async fn case(
    State(api): State<Api>,
    _: Examiner,
    Path(run): Path<String>,
    Query(named): Query<Named>,
) -> Answer<Case> {
    let Named { candidate, task, paraphrase, repeat } = named;
    if candidate.len() + task.len() > MAX_NAMES {
        return Err(ApiError::not_found("completed case"));
    }
    let case = CaseId { candidate, task, paraphrase, repeat };
    let record = read::<CaseRecord>(&api.metrics, &Key::case(&run, &case)).await?;
    let record = record.ok_or_else(|| ApiError::not_found("completed case"))?;
    let evidence = match &record.evidence {
        Some(artifact) if artifact.bytes <= MAX_EVIDENCE => {
            match api.artifacts.get(artifact).await {
                Ok(bytes) => serde_json::from_slice(&bytes).ok(),
                // It has expired, or is not what was stored: the case itself is still shown.
                Err(error) if error.refusal().is_some() => None,
                Err(error) => return Err(error.into()),
            }
        }
        _ => None,
    };
    Ok(Json(Case { case: record, evidence }))
}

pub(crate) async fn report(
    State(api): State<Api>,
    Reader(_): Reader,
    Path(run): Path<String>,
) -> Answer<Reported> {
    let head = head(&api, &run).await?;
    let own = results(&api.metrics, &run).await?;
    let before = match &head.baseline_run {
        Some(earlier) => results(&api.metrics, earlier).await?,
        None => Vec::new(),
    };
    let report = Report::of(&Run {
        candidates: &head.candidates,
        baseline: head.baseline.as_deref(),
        planned: head.planned,
        rule: head.rule,
        judges: &head.judges,
        results: &own,
        over: head.ended_at.is_some(),
        before: &before,
    })?;
    Ok(Json(Reported { evaluation: head, report }))
}

async fn results(metrics: &Ledger, run: &str) -> Result<Vec<CaseResult>, ApiError> {
    let cases: Vec<Stored<CaseRecord>> = metrics.all_cases(run).await?;
    Ok(cases.into_iter().map(|c| c.value.result).collect())
}
