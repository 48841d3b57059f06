//! AWS in memory, below the SDK: an interpreter of the requests of one consumer. Each request takes effect at one moment, which the
//! schedule chooses, so invocations can overlap in every way; and thousands of schedules take seconds.

mod expression;
mod tables;

use std::sync::{Arc, Mutex};

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_sqs::config::{Credentials, SharedCredentialsProvider};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use serde_json::{Value, json};

use crate::faults::{FaultyClient, Wire, answer};
use crate::interleave::may_switch;
use tables::Tables;

/// The HTTP client of an SDK configuration.
#[derive(Debug, Clone)]
pub struct Memory {
    tables: Arc<Mutex<Tables>>,
    /// Records what takes effect.
    wire: Arc<Mutex<Wire>>,
}

impl Memory {
    /// Nothing is stored.
    pub fn new(wire: Arc<Mutex<Wire>>) -> Self {
        Self { tables: Arc::default(), wire }
    }

    /// Deletes everything.
    pub fn forget(&self) {
        *self.tables.lock().unwrap() = Tables::default();
    }
}

/// An SDK configuration whose requests go to a new memory, unless `wire` injects a fault.
pub fn sdk(wire: &Arc<Mutex<Wire>>) -> (SdkConfig, Memory) {
    let memory = Memory::new(Arc::clone(wire));
    let inner = SharedHttpClient::new(memory.clone());
    let sdk = SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("us-east-1"))
        .endpoint_url("http://aws.invalid")
        .credentials_provider(SharedCredentialsProvider::new(Credentials::for_tests()))
        .retry_config(headgate_e2e::retries())
        .http_client(FaultyClient { inner, wire: Arc::clone(wire), records: false })
        .build();
    (sdk, memory)
}

impl HttpClient for Memory {
    fn http_connector(
        &self,
        _: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

/// Notes a request that the interpreter does not know.
fn unknown(wire: &Mutex<Wire>, target: &str) -> (u16, Value) {
    wire.lock().unwrap().broken.push(format!("{target} is not known here"));
    (500, json!({ "__type": "InternalServerError" }))
}

impl HttpConnector for Memory {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let target = request.headers().get("x-amz-target").unwrap_or_default().to_owned();
        let body: Value =
            serde_json::from_slice(request.body().bytes().unwrap_or_default()).unwrap_or_default();
        let Self { tables, wire } = self.clone();
        HttpConnectorFuture::new(async move {
            // On its way there, and back: others may act meanwhile.
            may_switch().await;
            let (service, operation) = target.split_once('.').unwrap_or_default();
            let (status, answered) = match service {
                "DynamoDB_20120810" => {
                    let known = tables.lock().unwrap().answer(operation, &body);
                    known.unwrap_or_else(|| unknown(&wire, &target))
                }
                "AWSEvents" => {
                    let entries = body["Entries"].as_array().map_or(0, Vec::len);
                    let entries = vec![json!({ "EventId": "e" }); entries];
                    (200, json!({ "FailedEntryCount": 0, "Entries": entries }))
                }
                "AmazonSQS" if operation == "SendMessage" => (200, json!({ "MessageId": "m" })),
                "AmazonSQS" => (200, json!({ "Successful": [], "Failed": [] })),
                _ => unknown(&wire, &target),
            };
            if status == 200 {
                wire.lock().unwrap().record(&target, &body);
            }
            may_switch().await;
            Ok(answer(status, &answered))
        })
    }
}
