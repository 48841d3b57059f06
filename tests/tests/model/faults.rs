//! An HTTP client between the SDK and the emulator. It injects the failures that AWS can return, and records
//! the requests that succeeded.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use serde_json::{Value, json};

/// A failure to inject into a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The request is throttled and has no effect.
    Throttled,
    /// The request returns 500 and has no effect.
    ServerError,
    /// The request takes effect, but the response is lost.
    AnswerLost,
    /// The first entry of a `PutEvents` request is rejected. Any other request is throttled.
    EntryTurnedAway,
}

/// Injects `fault` into `count` requests, starting with request number `from` (from 0).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    pub from: usize,
    pub count: usize,
    pub fault: Fault,
}

/// The requests that succeeded, and the failures still to inject.
#[derive(Debug, Default)]
pub struct Wire {
    /// Ids of the events that the bus accepted.
    pub published: BTreeSet<String>,
    /// Bodies that the dead-letter queue accepted.
    pub dead: BTreeSet<String>,
    plan: Option<Plan>,
    requests: usize,
}

impl Wire {
    /// Resets the request counter and sets the next failures to inject.
    pub fn arm(&mut self, plan: Option<Plan>) {
        self.plan = plan;
        self.requests = 0;
    }

    fn next(&mut self) -> Option<Fault> {
        let n = self.requests;
        self.requests += 1;
        self.plan.filter(|p| (p.from..p.from + p.count).contains(&n)).map(|p| p.fault)
    }

    /// Records the contents of a request that succeeded.
    fn record(&mut self, target: &str, body: &Value) {
        match target {
            "AWSEvents.PutEvents" => {
                for entry in body["Entries"].as_array().into_iter().flatten() {
                    let detail: Value =
                        serde_json::from_str(entry["Detail"].as_str().unwrap()).unwrap();
                    self.published.insert(detail["id"].as_str().unwrap().to_owned());
                }
            }
            "AmazonSQS.SendMessage" => {
                self.dead.insert(body["MessageBody"].as_str().unwrap().to_owned());
            }
            _ => {}
        }
    }
}

/// The client. It records the requests that succeeded in `wire`.
#[derive(Debug, Clone)]
pub struct FaultyClient {
    pub inner: SharedHttpClient,
    pub wire: Arc<Mutex<Wire>>,
}

#[derive(Debug)]
struct Faulty {
    inner: SharedHttpConnector,
    wire: Arc<Mutex<Wire>>,
}

impl HttpClient for FaultyClient {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let inner = self.inner.http_connector(settings, components);
        SharedHttpConnector::new(Faulty { inner, wire: Arc::clone(&self.wire) })
    }
}

fn answer(status: u16, body: &Value) -> HttpResponse {
    let mut response =
        HttpResponse::new(status.try_into().unwrap(), SdkBody::from(body.to_string()));
    response.headers_mut().insert("content-type", "application/x-amz-json-1.1");
    response
}

fn throttled() -> HttpResponse {
    answer(400, &json!({ "__type": "ThrottlingException", "message": "Rate exceeded" }))
}

impl HttpConnector for Faulty {
    fn call(&self, mut request: HttpRequest) -> HttpConnectorFuture {
        let target = request.headers().get("x-amz-target").unwrap_or_default().to_owned();
        let body: Value =
            serde_json::from_slice(request.body().bytes().unwrap_or_default()).unwrap_or_default();
        let fault = self.wire.lock().unwrap().next();
        let (inner, wire) = (self.inner.clone(), Arc::clone(&self.wire));
        HttpConnectorFuture::new(async move {
            match fault {
                Some(Fault::Throttled) => return Ok(throttled()),
                Some(Fault::ServerError) => {
                    return Ok(answer(500, &json!({ "__type": "InternalServerError" })));
                }
                Some(Fault::EntryTurnedAway) => {
                    let mut rest = body["Entries"].as_array().cloned().unwrap_or_default();
                    if target != "AWSEvents.PutEvents" || rest.is_empty() {
                        return Ok(throttled());
                    }
                    rest.remove(0);
                    let refused = json!({ "ErrorCode": "InternalFailure", "ErrorMessage": "no" });
                    let mut entries = vec![refused];
                    entries.extend(rest.iter().map(|_| json!({ "EventId": "e" })));
                    if !rest.is_empty() {
                        let rest = json!({ "Entries": rest });
                        *request.body_mut() = SdkBody::from(rest.to_string());
                        request.headers_mut().remove("content-length");
                        let length = rest.to_string().len().to_string();
                        request.headers_mut().insert("content-length", length);
                        inner.call(request).await?;
                        wire.lock().unwrap().record(&target, &rest);
                    }
                    return Ok(answer(200, &json!({ "FailedEntryCount": 1, "Entries": entries })));
                }
                Some(Fault::AnswerLost) | None => {}
            }
            let response = inner.call(request).await?;
            if response.status().is_success() {
                wire.lock().unwrap().record(&target, &body);
            }
            if fault == Some(Fault::AnswerLost) {
                return Err(ConnectorError::timeout("injected fault: response lost".into()));
            }
            Ok(response)
        })
    }
}
