//! Lambda: SQS ← `phase.reviewed.v*`, `phase.decided.v*`.

use aws_lambda_events::event::sqs::SqsEvent;
use headgate_engagement::{ConsumeConfig, handle};
use headgate_events::FunctionName;
use headgate_runtime::{aws, remaining, telemetry};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};

const FUNCTION: FunctionName = FunctionName::new("engagement");

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    telemetry::init(FUNCTION.as_str());
    let config = ConsumeConfig::from_env()?;
    let sdk = aws::config().await;
    let consumer = config.consumer.connect(&sdk, FUNCTION);
    run(service_fn(async |event: LambdaEvent<SqsEvent>| {
        let remaining = remaining(event.context.deadline);
        let handle = async |d| handle(&consumer.flow, d).await;
        Ok::<_, Error>(consumer.run(event.payload, remaining, handle).await)
    }))
    .await
}
