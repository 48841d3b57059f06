//! Configuration of AWS clients: one shared HTTP client, explicit timeouts and retries.

use std::time::Duration;

use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, SdkConfig};
use aws_smithy_http_client::{Builder, tls};

/// Timeout of one attempt of a call.
const ATTEMPT: Duration = Duration::from_secs(5);
/// Timeout of a call including its retries.
const OPERATION: Duration = Duration::from_secs(15);

/// Loads the SDK configuration from the environment. All clients that use it share one connection pool, and
/// parse the system's root certificates only once.
pub async fn config() -> SdkConfig {
    let http = Builder::new()
        .tls_provider(tls::Provider::Rustls(tls::rustls_provider::CryptoMode::Ring))
        .build_https();
    aws_config::defaults(BehaviorVersion::latest())
        .http_client(http)
        .retry_config(RetryConfig::standard().with_max_attempts(3))
        .timeout_config(
            TimeoutConfig::builder()
                .connect_timeout(Duration::from_secs(2))
                .operation_attempt_timeout(ATTEMPT)
                .operation_timeout(OPERATION)
                .build(),
        )
        .load()
        .await
}

/// A plain HTTPS connector for servers other than AWS, such as token issuers and webhook endpoints.
#[must_use]
pub fn connector() -> aws_smithy_http_client::Connector {
    aws_smithy_http_client::Connector::builder()
        .tls_provider(tls::Provider::Rustls(tls::rustls_provider::CryptoMode::Ring))
        .build()
}
