//! Lambda: SQS ← `redrive.requested.v*`, `message.redriven.v*`.

use aws_lambda_events::event::sqs::SqsEvent;
use headgate_artifacts::Artifacts;
use headgate_dlq_handler::{RedriveConfig, Redriver, redrive};
use headgate_events::FunctionName;
use headgate_outbox::Consumer;
use headgate_runtime::{aws, remaining, telemetry};
use lambda_runtime::{Error, LambdaEvent, run, service_fn};

const FUNCTION: FunctionName = FunctionName::new("dlq-redrive");

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    telemetry::init(FUNCTION.as_str());
    let config = RedriveConfig::from_env()?;
    let sdk = aws::config().await;
    let flow = config.common.connect(&sdk, FUNCTION);
    let consumer = Consumer {
        flow: flow.clone(),
        runner: config.runner.connect(&sdk, FUNCTION),
        origins: config.outboxes.origins(&sdk),
    };
    let redriver = Redriver {
        flow,
        bodies: Artifacts::connect(&sdk, config.bucket),
        resend: headgate_batch::Resend::connect(&sdk),
        consumers: config.common.consumers,
        cap: config.cap,
    };
    run(service_fn(async |event: LambdaEvent<SqsEvent>| {
        let left = remaining(event.context.deadline);
        let handle = async |d| redrive(&redriver, d).await;
        Ok::<_, Error>(consumer.run(event.payload, left, handle).await)
    }))
    .await
}
