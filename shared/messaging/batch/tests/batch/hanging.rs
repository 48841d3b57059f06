//! A queue that answers nothing.

use std::time::Duration;

use aws_sdk_sqs::config::retry::RetryConfig;
use aws_sdk_sqs::config::timeout::TimeoutConfig;
use aws_sdk_sqs::config::{BehaviorVersion, Credentials, Region, RuntimeComponents};
use aws_sdk_sqs::{Client, Config};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use headgate_batch::Runner;
use tokio::time::Instant;

use crate::{batch, failed, handle};

#[derive(Debug, Clone)]
struct Hangs;

impl HttpConnector for Hangs {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        HttpConnectorFuture::new(std::future::pending())
    }
}

impl HttpClient for Hangs {
    fn http_connector(
        &self,
        _: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(Hangs)
    }
}

fn client() -> Client {
    let config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::for_tests())
        .retry_config(RetryConfig::disabled())
        .timeout_config(TimeoutConfig::disabled())
        .http_client(Hangs);
    Client::from_conf(config.build())
}

/// The response takes the last tenth of the margin, and the visibility timeouts the rest of it: two seconds of twenty here.
#[tokio::test(start_paused = true)]
async fn the_response_is_in_time_though_no_timeout_can_be_set() {
    let begun = Instant::now();
    let runner = Runner::new(client(), "intake", "0.1.0");
    let response = runner.run(batch(&["retry", "ok"]), Duration::from_secs(20), handle).await;
    assert_eq!(failed(response), ["m-0"]);
    assert_eq!(begun.elapsed().as_millis() / 100, 198, "{:?}", begun.elapsed());
}

/// A dead letter that is not sent is no dead letter: the message stays, and there is time for its visibility timeout and the response.
#[tokio::test(start_paused = true)]
async fn a_dead_letter_that_cannot_be_sent_in_time_is_kept() {
    let begun = Instant::now();
    let runner = Runner::new(client(), "intake", "0.1.0").dead_letters("https://dlq");
    let response = runner.run(batch(&["poison", "ok"]), Duration::from_secs(20), handle).await;
    assert_eq!(failed(response), ["m-0"]);
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
}
