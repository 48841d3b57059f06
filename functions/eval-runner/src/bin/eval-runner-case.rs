//! Lambda: SQS ← `eval.case.requested.v*`.

use aws_lambda_events::event::sqs::SqsEvent;
use headgate_clients::Secrets;
use headgate_eval_runner::{CaseConfig, Suites, case, case::Runner};
use headgate_events::{Fact, FunctionName};
use headgate_lease::Leases;
use headgate_models::Caller;
use headgate_outbox::Handled;
use headgate_runtime::{aws, remaining, telemetry};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};

const FUNCTION: FunctionName = FunctionName::new("eval-runner-case");

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    telemetry::init(FUNCTION.as_str());
    let config = CaseConfig::from_env()?;
    let sdk = aws::config().await;
    let consumer = config.connect(&sdk, FUNCTION);
    let artifacts = config.common.artifacts(&sdk);
    let runner = Runner {
        flow: consumer.flow.clone(),
        leases: Leases::connect(&sdk, config.leases_table, &config.common.bucket),
        suites: Suites::new(artifacts.clone()),
        artifacts,
        models: config.common.models,
        caller: Caller::connect(&sdk),
        secrets: Secrets::connect(&sdk),
    };
    run(service_fn(async |event: LambdaEvent<SqsEvent>| {
        let left = remaining(event.context.deadline);
        let handle = async |delivery: headgate_events::Delivery| match &delivery.fact {
            Fact::EvalCaseRequested(event) => case::run(&runner, event, left).await,
            other => Err(Handled::unexpected(other.kind())),
        };
        Ok::<_, Error>(consumer.run(event.payload, left, handle).await)
    }))
    .await
}
