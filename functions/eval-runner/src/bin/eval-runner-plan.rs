//! Lambda: SQS ← `eval.requested.v*`, `eval.case.completed.v*`, `eval.sweep.requested.v*`.

use aws_lambda_events::event::sqs::SqsEvent;
use headgate_eval_runner::collect::collect;
use headgate_eval_runner::plan::{Planner, plan};
use headgate_eval_runner::sweep::sweep;
use headgate_eval_runner::{PlanConfig, Suites};
use headgate_events::{Fact, FunctionName};
use headgate_outbox::Handled;
use headgate_runtime::{aws, remaining, telemetry};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};

const FUNCTION: FunctionName = FunctionName::new("eval-runner-plan");

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    telemetry::init(FUNCTION.as_str());
    let config = PlanConfig::from_env()?;
    let sdk = aws::config().await;
    let consumer =
        config.common.connect(&sdk, FUNCTION, config.outboxes.origins(&sdk).and_others());
    let flow = consumer.flow.clone();
    let suites = Suites::new(config.common.artifacts(&sdk));
    let models = config.common.models;
    let PlanConfig { max_usd, case_timeout, requesters, .. } = config;
    let planner = Planner { flow, suites, models, max_usd, case_timeout, requesters };
    run(service_fn(async |event: LambdaEvent<SqsEvent>| {
        let left = remaining(event.context.deadline);
        let handle = async |delivery: headgate_events::Delivery| match &delivery.fact {
            Fact::EvalRequested(event) => plan(&planner, &delivery.sender, event).await,
            Fact::EvalCaseCompleted(event) => collect(&planner, &delivery.sender, event).await,
            Fact::EvalSweepRequested(event) => sweep(&planner, &delivery.sender, event).await,
            other => Err(Handled::unexpected(other.kind())),
        };
        Ok::<_, Error>(consumer.run(event.payload, left, handle).await)
    }))
    .await
}
