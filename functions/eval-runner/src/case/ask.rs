//! The calls of a case, and the grading of its answer. A failure before the first call is retried. After the
//! first call has begun, every failure ends the case.

use std::time::Duration;

use headgate_domain::text::one_line;
use headgate_events::Event;
use headgate_events::latest::EvalCaseRequested;
use headgate_lease::{Lease, LeaseError, LeaseRequest};
use headgate_ledger::{Commit, Key, Stored, Transition};
use headgate_models::{Asked, CallError, Model, ModelProvider};
use headgate_outbox::Attempts;
use headgate_suites::grade::grade;
use headgate_suites::prompt::{Ask, Judgement, Verification, said};
use headgate_suites::suite::{Answer, Check, Suite, Task};
use headgate_suites::{
    Budget, Candidate, CaseOutcome, Grade, Hold, Reply, Skip, Text, Usage, graded, usd,
};
use tokio::time::Instant;

use jiff::Timestamp;

use super::{Again, Ended, Runner, cost, slot};
use headgate_suites::{Evidence, Exchange};

/// Most time at the end of an invocation that is kept for grading, saving and reporting: more than the 15 seconds after which
/// one slow call of the AWS SDK ends. A runner that has no time left to save a result loses it, although it is paid.
const MARGIN: Duration = Duration::from_secs(20);
/// Maximum length of a failure reason, in bytes. Part of it may be text from a model.
const MAX_REASON: usize = 1_000;
/// Pause between checks of a budget that other cases have reserved.
const PAUSE: Duration = Duration::from_secs(1);

pub(super) async fn case(
    runner: &Runner,
    (event, deadline): (&Event<EvalCaseRequested>, Timestamp),
    held: (&LeaseRequest<'_>, &Lease),
    until: Instant,
) -> Result<Ended, Again> {
    let EvalCaseRequested { case, suite, .. } = &event.data;
    let suite = runner.suites.get(suite).await?;
    if (runner.flow.clock)() >= deadline {
        return Ok(Ended::skipped(Skip::Deadline));
    }
    // Checked before anything is paid: a request could name a wording that the task does not have.
    let worded = usize::try_from(case.paraphrase);
    let task = suite.task(&case.task).filter(|task| worded.is_ok_and(|n| n < task.prompts.len()));
    let (Some(task), Ok(candidate)) = (task, case.candidate.parse()) else {
        return Ok(Ended::failed(
            "case_unknown",
            "the suite has no such task or wording, or the candidate is not valid",
        ));
    };
    let at_most = cost::at_most(&suite, task, case.paraphrase, &candidate, &runner.models);
    let left = until.saturating_duration_since(Instant::now());
    let until = until.checked_sub(MARGIN.min(left / 3)).unwrap_or(until);
    let timeout = Duration::from_secs(suite.timeout_seconds.into());
    let whole = until.saturating_duration_since(Instant::now());
    let before = |time: Duration| until.checked_sub(timeout.min(time)).unwrap_or(until);
    let (turn_by, further_by) = (before(whole / 3), before(whole / 10));
    if !hold(runner, (&event.subject, &case.to_string()), at_most, turn_by).await? {
        return Ok(Ended::skipped(Skip::Ceiling));
    }
    let mut calls = Calls {
        runner,
        suite: &suite,
        held,
        who: format!("{}/{case}", event.subject),
        until,
        turn_by,
        further_by,
        usage: Usage::default(),
        exchanges: Vec::new(),
        cut: false,
    };
    let result = match calls.result(task, case.paraphrase, &candidate).await {
        Ok(result) => result,
        Err(Stop::Again(again)) if calls.exchanges.is_empty() => return Err(again),
        Err(stop) => stop.failed(),
    };
    let evidence = Evidence {
        run_id: event.subject.clone(),
        case: case.clone(),
        suite: suite.digest.clone(),
        result: result.clone(),
        exchanges: calls.exchanges,
    };
    let evidence = match serde_json::to_vec(&evidence) {
        Ok(page) => runner.artifacts.put(page, "application/json").await.ok(),
        Err(_) => None,
    };
    if evidence.is_none() {
        tracing::warn!(%case, "the evidence could not be saved; the result is kept");
    }
    Ok(Ended { result, usage: calls.usage, cut: calls.cut, evidence })
}

/// Reserves the maximum cost of the case, and waits if other cases have reserved the budget. Returns `false`
/// if the budget can never cover the case, or the run has no budget.
async fn hold(
    runner: &Runner,
    (run, case): (&str, &str),
    at_most: u64,
    until: Instant,
) -> Result<bool, Again> {
    let flow = &runner.flow;
    let key = Key::budget(run);
    let mut attempts = Attempts::default();
    loop {
        let found = flow.ledger.get::<Budget>(&key).await?;
        let Some(Stored { value: mut budget, version }) = found else { return Ok(false) };
        match budget.hold(case, at_most) {
            Hold::Never => return Ok(false),
            Hold::Later if Instant::now() + PAUSE >= until => return Err(Again::Full),
            Hold::Later => tokio::time::sleep(PAUSE).await,
            Hold::Held => {
                let transition = Transition::new().put(&key, &budget, Some(version), None)?;
                if flow.apply(&transition).await? == Commit::Applied {
                    return Ok(true);
                }
                attempts.again().await?;
            }
        }
    }
}

/// Why there is no result.
enum Stop {
    /// The limits are reached, or another part of the fleet failed.
    Again(Again),
    /// The call failed.
    Call { part: String, error: CallError },
    /// The answer could not be graded.
    Grader(String),
}

impl From<Again> for Stop {
    fn from(again: Again) -> Self {
        Self::Again(again)
    }
}

impl Stop {
    fn failed(self) -> CaseOutcome {
        let (code, reason) = match self {
            Self::Again(again) => ("interrupted".to_owned(), again.to_string()),
            Self::Call { part, error } => (error.code().to_owned(), format!("{part}: {error}")),
            Self::Grader(problem) => ("grader_failed".to_owned(), problem),
        };
        CaseOutcome::Failed { code, reason: one_line(&reason, MAX_REASON) }
    }
}

/// The calls of one case.
struct Calls<'a> {
    runner: &'a Runner,
    suite: &'a Suite,
    held: (&'a LeaseRequest<'a>, &'a Lease),
    who: String,
    until: Instant,
    /// Latest start of the first call. A later call would be billed but not answered in time.
    turn_by: Instant,
    /// Latest start of a further call. It may start with less time left, because the earlier calls are
    /// already billed.
    further_by: Instant,
    usage: Usage,
    exchanges: Vec<Exchange>,
    cut: bool,
}

impl Calls<'_> {
    async fn result(
        &mut self,
        task: &Task,
        paraphrase: u32,
        candidate: &Candidate,
    ) -> Result<CaseOutcome, Stop> {
        let reply = match candidate {
            Candidate::Model(model) => {
                self.call("generator", model, Ask::task(self.suite, task, paraphrase)).await?
            }
            Candidate::Pair { generator, verifier } => {
                self.pair(task, paraphrase, generator, verifier).await?
            }
        };
        let answer = reply.answer(self.suite.answer);
        let Usage { seconds, micro_usd, .. } = self.usage;
        let seen = Reply { answer, seconds, usd: usd(micro_usd) };
        let mut grades = grade(task, &seen).map_err(|e| Stop::Grader(e.to_string()))?;
        grades.extend(self.judges(task, paraphrase, answer).await?);
        Ok(graded(&task.graders, grades))
    }

    /// The generator answers. The verifier accepts the answer or sends it back once.
    async fn pair(
        &mut self,
        task: &Task,
        paraphrase: u32,
        generator: &str,
        verifier: &str,
    ) -> Result<Text, Stop> {
        let ask = Ask::task(self.suite, task, paraphrase);
        let first = self.call("generator", generator, ask.clone()).await?;
        let prompt = self.suite.verifier.as_deref().unwrap_or_default();
        let answer = first.answer(self.suite.answer);
        let verify = Ask::verify(prompt, task, paraphrase, answer);
        let verdict = self.call("verifier", verifier, verify).await?;
        match said(verdict.answer(Answer::Fence)) {
            Ok(Verification::Revise { reasons }) => {
                let again = ask.revise(&first.text, &reasons);
                self.call("revision", generator, again).await
            }
            // If the verifier's reply does not parse, the answer is accepted.
            Ok(Verification::Accept) | Err(_) => Ok(first),
        }
    }

    async fn judges(
        &mut self,
        task: &Task,
        paraphrase: u32,
        answer: &str,
    ) -> Result<Vec<Grade>, Stop> {
        let mut grades = Vec::new();
        for grader in &task.graders {
            let Check::Judge { model, rubric } = &grader.check else { continue };
            let ask = Ask::judge(rubric, task, paraphrase, answer);
            let reply = self.call(&grader.name, model, ask).await?;
            let wrong =
                |problem: &str| Stop::Grader(format!("grader `{}`: {problem}", grader.name));
            let Judgement { score, reason } =
                said(reply.answer(Answer::Fence)).map_err(|e| wrong(&e))?;
            if !(0.0..=1.0).contains(&score) {
                return Err(wrong("its score is not from 0 to 1"));
            }
            grades.push(grader.grade(score, &reason));
        }
        Ok(grades)
    }

    async fn call(&mut self, part: &str, name: &str, ask: Ask) -> Result<Text, Stop> {
        let failed = |error| Stop::Call { part: part.to_owned(), error };
        let Some(model) = self.runner.models.get(name) else {
            let answered = "this deployment has no such model".to_owned();
            return Err(failed(CallError::Refused { answered }));
        };
        let key = self.key(name, model).await?;
        let timeout = || {
            let whole = Duration::from_secs(self.suite.timeout_seconds.into());
            whole.min(self.until.saturating_duration_since(Instant::now()))
        };
        let turn = (name, model.limits);
        let first = self.exchanges.is_empty();
        let by = if first { self.turn_by } else { self.further_by };
        // No call outlives the invocation, so the slot of a runner that died need not either.
        slot::enter(&self.runner.flow, turn, &self.who, timeout(), by).await?;
        if first {
            // Until `begin`, another runner may be working on the same case.
            if let Err(again) = self.begin().await {
                // If another runner has taken over, the slot is now that runner's.
                if !matches!(again, Again::Lease(LeaseError::Lost { .. })) {
                    slot::leave(&self.runner.flow, turn, &self.who, None).await;
                }
                return Err(again.into());
            }
        }
        let asked = Asked {
            ask: &ask,
            output_tokens: self.suite.output_tokens,
            temperature: self.suite.temperature,
            timeout: timeout(),
        };
        let called = self.runner.caller.call(model, key.as_deref(), &asked).await;
        let pause = match &called {
            Err(CallError::Throttled { after }) => *after,
            _ => None,
        };
        slot::leave(&self.runner.flow, turn, &self.who, pause).await;
        if called.as_ref().is_err_and(CallError::may_be_paid) {
            self.usage += Usage { calls: 1, micro_usd: asked.at_most(model), ..Usage::default() };
        }
        let exchange = Exchange {
            part: part.to_owned(),
            model: name.to_owned(),
            asked: ask,
            replied: called.as_ref().ok().map(|c| c.text.clone()),
            error: called.as_ref().err().map(ToString::to_string),
        };
        self.exchanges.push(exchange);
        let called = called.map_err(failed)?;
        self.usage += called.usage;
        self.cut |= called.text.cut_from.is_some();
        Ok(called.text)
    }

    /// Marks the case as begun: from now on, it is not retried. Fails if it is too late to start the first
    /// call.
    async fn begin(&self) -> Result<(), Again> {
        let (request, held) = self.held;
        self.runner.leases.begin(request, held).await?;
        if Instant::now() >= self.turn_by { Err(Again::Full) } else { Ok(()) }
    }

    async fn key(&self, name: &str, model: &Model) -> Result<Option<String>, Again> {
        let ModelProvider::Openai { secret: Some(secret), .. } = &model.served_by else {
            return Ok(None);
        };
        let key = self.runner.secrets.get(secret).await;
        key.map(Some).map_err(|problem| Again::Secret { model: name.to_owned(), problem })
    }
}
