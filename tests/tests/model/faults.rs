//! An HTTP client between the SDK and the emulator. It injects the failures that AWS can return, and records
//! the requests that succeeded.

use std::collections::{BTreeMap, BTreeSet};
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
    /// A transaction is canceled, because another one writes the same item. Any other request is throttled.
    Conflict,
    /// A transaction is canceled, because a partition is too busy. Any other request is throttled.
    Busy,
    /// DynamoDB refuses the request as invalid; any other service says that access is denied. It has no effect.
    Refused,
}

/// Injects `fault` into `count` requests, starting with request number `from` (from 0).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    pub from: usize,
    pub count: usize,
    pub fault: Fault,
    /// Counts only requests of this operation, so that one step fails again and again.
    pub only: Option<&'static str>,
}

/// A step on the way of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happened {
    /// The marker of this event was committed, with all that belongs to it.
    Committed(String),
    /// The bus accepted the event with this id.
    Published(String),
    /// The dead-letter queue accepted the message with this body.
    Dead(String),
    /// The message of this event was acknowledged.
    Acknowledged(String),
}

/// The requests that succeeded, and the failures still to inject.
#[derive(Debug, Default)]
pub struct Wire {
    /// The events that the bus accepted: every content that was published under an id.
    pub published: BTreeMap<String, BTreeSet<String>>,
    /// Bodies that the dead-letter queue accepted.
    pub dead: BTreeSet<String>,
    /// What happened, in order.
    pub trace: Vec<Happened>,
    /// What no request or answer may ever look like. The consumer catches panics, so they would not end the test.
    pub broken: Vec<String>,
    /// The events in the outbox of each marker that was committed.
    outboxes: BTreeMap<String, BTreeSet<String>>,
    plan: Option<Plan>,
    requests: usize,
}

impl Wire {
    /// Resets the request counter and sets the next failures to inject.
    pub fn arm(&mut self, plan: Option<Plan>) {
        self.plan = plan;
        self.requests = 0;
    }

    fn next(&mut self, target: &str) -> Option<(Fault, usize)> {
        let plan = self.plan?;
        if plan.only.is_some_and(|only| !target.ends_with(only)) {
            return None;
        }
        let n = self.requests;
        self.requests += 1;
        (plan.from..plan.from + plan.count).contains(&n).then_some((plan.fault, n))
    }

    /// Records the contents of a request that succeeded.
    pub fn record(&mut self, target: &str, body: &Value) {
        match target {
            "AWSEvents.PutEvents" => {
                for entry in body["Entries"].as_array().into_iter().flatten() {
                    let detail: Value =
                        serde_json::from_str(entry["Detail"].as_str().unwrap()).unwrap();
                    let id = detail["id"].as_str().unwrap().to_owned();
                    // Consumers believe an event only if the outbox that it names contains it.
                    let origin = entry["Resources"][0].as_str().unwrap_or_default();
                    let marker = origin.split_once(":MARKER#").map_or("", |(_, marker)| marker);
                    if !self.outboxes.get(marker).is_some_and(|outbox| outbox.contains(&id)) {
                        self.broken.push(format!("{id} names the outbox {origin}"));
                    }
                    let contents = self.published.entry(id.clone()).or_default();
                    contents.insert(detail.to_string());
                    self.trace.push(Happened::Published(id));
                }
            }
            "AmazonSQS.SendMessage" => {
                let body = body["MessageBody"].as_str().unwrap().to_owned();
                self.dead.insert(body.clone());
                self.trace.push(Happened::Dead(body));
            }
            "AmazonSQS.DeleteMessageBatch" => {
                for entry in body["Entries"].as_array().unwrap() {
                    let receipt = entry["ReceiptHandle"].as_str().unwrap();
                    match receipt.split_once('|') {
                        Some((event, _)) => {
                            self.trace.push(Happened::Acknowledged(event.to_owned()));
                        }
                        None => self.broken.push(format!("{receipt} is no receipt handle")),
                    }
                }
            }
            "DynamoDB_20120810.TransactWriteItems" => {
                for write in body["TransactItems"].as_array().into_iter().flatten() {
                    let marker = write["Put"]["Item"]["pk"]["S"].as_str().unwrap_or_default();
                    if let Some(event) = marker.strip_prefix("MARKER#model#") {
                        let body = write["Put"]["Item"]["body"]["S"].as_str().unwrap_or("{}");
                        let body: Value = serde_json::from_str(body).unwrap();
                        let outbox = body["outbox"].as_array().into_iter().flatten();
                        let ids = outbox.filter_map(|e| e["id"].as_str().map(str::to_owned));
                        self.outboxes.insert(format!("model#{event}"), ids.collect());
                        self.trace.push(Happened::Committed(event.to_owned()));
                    }
                }
            }
            _ => {}
        }
    }
}

/// The client.
#[derive(Debug, Clone)]
pub struct FaultyClient {
    pub inner: SharedHttpClient,
    pub wire: Arc<Mutex<Wire>>,
    /// Whether this client records the requests that succeeded. An interpreter does so itself, at the moment when they take effect: the
    /// caller may die before it has the answer.
    pub records: bool,
}

#[derive(Debug)]
struct Faulty {
    inner: SharedHttpConnector,
    wire: Arc<Mutex<Wire>>,
    records: bool,
}

impl HttpClient for FaultyClient {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let inner = self.inner.http_connector(settings, components);
        let wire = Arc::clone(&self.wire);
        SharedHttpConnector::new(Faulty { inner, wire, records: self.records })
    }
}

pub fn answer(status: u16, body: &Value) -> HttpResponse {
    let mut response =
        HttpResponse::new(status.try_into().unwrap(), SdkBody::from(body.to_string()));
    response.headers_mut().insert("content-type", "application/x-amz-json-1.1");
    response
}

/// Cancels the transaction in `request` for `code`, because of one of its writes: the marker is the first.
fn canceled(request: &Value, code: &str, which: usize) -> HttpResponse {
    let writes = request["TransactItems"].as_array().map_or(0, Vec::len);
    let hit = which % writes.max(1);
    let reason = |n: usize| json!({ "Code": if n == hit { code } else { "None" } });
    let reasons: Vec<_> = (0..writes).map(reason).collect();
    let kind = "TransactionCanceledException";
    answer(400, &json!({ "__type": kind, "CancellationReasons": reasons }))
}

fn throttled() -> HttpResponse {
    answer(400, &json!({ "__type": "ThrottlingException", "message": "Rate exceeded" }))
}

impl HttpConnector for Faulty {
    fn call(&self, mut request: HttpRequest) -> HttpConnectorFuture {
        let target = request.headers().get("x-amz-target").unwrap_or_default().to_owned();
        let body: Value =
            serde_json::from_slice(request.body().bytes().unwrap_or_default()).unwrap_or_default();
        let next = self.wire.lock().unwrap().next(&target);
        let (fault, n) = next.map_or((None, 0), |(fault, n)| (Some(fault), n));
        let (inner, wire, records) = (self.inner.clone(), Arc::clone(&self.wire), self.records);
        HttpConnectorFuture::new(async move {
            match fault {
                Some(Fault::Throttled) => return Ok(throttled()),
                Some(Fault::ServerError) => {
                    return Ok(answer(500, &json!({ "__type": "InternalServerError" })));
                }
                Some(Fault::Conflict) if target.ends_with("UpdateItem") => {
                    return Ok(answer(400, &json!({ "__type": "TransactionConflictException" })));
                }
                Some(Fault::Conflict | Fault::Busy) if !target.ends_with("TransactWriteItems") => {
                    return Ok(throttled());
                }
                Some(Fault::Conflict) => return Ok(canceled(&body, "TransactionConflict", n)),
                Some(Fault::Busy) => return Ok(canceled(&body, "ThrottlingError", n)),
                Some(Fault::Refused) => {
                    let kind = match target.starts_with("DynamoDB") {
                        true => "ValidationException",
                        false => "AccessDeniedException",
                    };
                    return Ok(answer(400, &json!({ "__type": kind, "message": "no" })));
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
                        if records {
                            wire.lock().unwrap().record(&target, &rest);
                        }
                    }
                    return Ok(answer(200, &json!({ "FailedEntryCount": 1, "Entries": entries })));
                }
                Some(Fault::AnswerLost) | None => {}
            }
            let response = inner.call(request).await?;
            if records && response.status().is_success() {
                wire.lock().unwrap().record(&target, &body);
            }
            if fault == Some(Fault::AnswerLost) {
                return Err(ConnectorError::timeout("injected fault: response lost".into()));
            }
            Ok(response)
        })
    }
}
