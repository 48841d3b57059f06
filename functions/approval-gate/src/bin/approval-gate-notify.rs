//! Lambda: SQS ← `approval.requested.v*`, `approval.reminded.v*`, `approval.decided.v*`, `lock.broken.v*`.

use aws_lambda_events::event::sqs::SqsEvent;
use headgate_approval_gate::{Notifier, NotifyConfig, endpoints, notify};
use headgate_clients::Secrets;
use headgate_clients::Topic;
use headgate_events::FunctionName;
use headgate_lease::Leases;
use headgate_runtime::{aws, remaining, telemetry};
use headgate_webhook::Sender;
use lambda_runtime::{Error, LambdaEvent, run, service_fn};

const FUNCTION: FunctionName = FunctionName::new("approval-gate-notify");

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    telemetry::init(FUNCTION.as_str());
    let config = NotifyConfig::from_env()?;
    let sdk = aws::config().await;
    let consumer = config.consumer.connect(&sdk, FUNCTION);
    let notifier = Notifier {
        flow: consumer.flow.clone(),
        leases: Leases::connect(&sdk, config.leases_table, config.bucket),
        topic: Topic::connect(&sdk, config.topic_arn),
        secrets: Secrets::connect(&sdk),
        webhook_secret: config.webhook_secret,
        sender: Sender::default(),
        link: config.link,
    };
    run(service_fn(async |event: LambdaEvent<SqsEvent>| {
        let endpoints = endpoints(&notifier).await;
        let left = remaining(event.context.deadline);
        let handle = async |d| notify(&notifier, &endpoints, d, left).await;
        Ok::<_, Error>(consumer.run(event.payload, left, handle).await)
    }))
    .await
}
