//! A queue that answers late, or never.

use std::time::Duration;

use aws_sdk_sqs::config::retry::RetryConfig;
use aws_sdk_sqs::config::timeout::TimeoutConfig;
use aws_sdk_sqs::config::{BehaviorVersion, Credentials, Region, RuntimeComponents};
use aws_sdk_sqs::{Client, Config};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use headgate_batch::Runner;
use tokio::time::Instant;

use crate::{batch, failed, handle};

/// Answers each request after this time.
#[derive(Debug, Clone)]
struct After(Duration);

impl HttpConnector for After {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        let delay = self.0;
        HttpConnectorFuture::new(async move {
            tokio::time::sleep(delay).await;
            Ok(HttpResponse::new(StatusCode::try_from(200).unwrap(), SdkBody::from("{}")))
        })
    }
}

impl HttpClient for After {
    fn http_connector(
        &self,
        _: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

const NEVER: Duration = Duration::from_secs(1_000_000);

fn client(after: Duration) -> Client {
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::for_tests())
        .retry_config(RetryConfig::disabled())
        .timeout_config(TimeoutConfig::disabled())
        .http_client(After(after));
    Client::from_conf(config.build())
}

/// The response takes the last tenth of the margin, and the visibility timeouts the rest of it: two seconds of twenty here.
#[tokio::test(start_paused = true)]
async fn the_response_is_in_time_though_no_timeout_can_be_set() {
    let begun = Instant::now();
    let runner = Runner::new(client(NEVER), "intake", "0.1.0");
    let response = runner.run(batch(&["retry", "ok"]), Duration::from_secs(20), handle).await;
    assert_eq!(failed(response), ["m-0"]);
    assert_eq!(begun.elapsed().as_millis() / 100, 198, "{:?}", begun.elapsed());
}

/// A dead letter that is not sent is no dead letter: the message stays, and there is time for its visibility timeout and the response.
#[tokio::test(start_paused = true)]
async fn a_dead_letter_that_cannot_be_sent_in_time_is_kept() {
    let begun = Instant::now();
    let runner = Runner::new(client(NEVER), "intake", "0.1.0").dead_letters("https://dlq");
    let response = runner.run(batch(&["poison", "ok"]), Duration::from_secs(20), handle).await;
    assert_eq!(failed(response), ["m-0"]);
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
}

/// Half of the margin is for dead letters that are on their way when the time for handlers ends.
#[tokio::test(start_paused = true)]
async fn a_dead_letter_that_is_sent_late_is_sent() {
    let after = Duration::from_millis(18_500);
    let runner = Runner::new(client(after), "intake", "0.1.0").dead_letters("https://dlq");
    let response = runner.run(batch(&["poison"]), Duration::from_secs(20), handle).await;
    assert!(failed(response).is_empty());
}
