//! The next transaction is decided while one is committed. A client sends a request from a task of its own, so it is on its way only when the decision
//! waits once.

use std::sync::{Arc, Mutex};

use aws_sdk_dynamodb::config::{BehaviorVersion, Credentials, Region};
use aws_smithy_mocks::{RuleMode, mock_client};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use headgate_bus::Bus;
use headgate_domain::timeline::Head;
use headgate_events::FunctionName;
use headgate_ledger::{Key, Ledger, Transition, View};
use headgate_outbox::{Flow, Once};

/// What happened, in order.
type Log = Arc<Mutex<Vec<String>>>;

/// Sends each request from a task, as hyper does, and answers that all is well.
#[derive(Debug, Clone)]
struct Sending(Log);

impl HttpClient for Sending {
    fn http_connector(
        &self,
        _: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Sending {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let target = request.headers().get("x-amz-target").unwrap_or_default().to_owned();
        let log = Arc::clone(&self.0);
        let (answer, answered) = tokio::sync::oneshot::channel();
        tokio::spawn(async move {
            log.lock().unwrap().push(target);
            let body = SdkBody::from(r#"{"Responses":{},"UnprocessedKeys":{}}"#);
            drop(answer.send(HttpResponse::new(200.try_into().unwrap(), body)));
        });
        HttpConnectorFuture::new(async move { Ok(answered.await.unwrap()) })
    }
}

#[tokio::test]
async fn a_transaction_is_sent_before_the_next_one_is_decided() {
    let log = Log::default();
    let config = aws_sdk_dynamodb::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("us-east-1"))
        .credentials_provider(Credentials::for_tests())
        .http_client(Sending(Arc::clone(&log)))
        .build();
    let events = mock_client!(aws_sdk_eventbridge, RuleMode::MatchAny, []);
    let flow = Flow {
        ledger: Ledger::new(aws_sdk_dynamodb::Client::from_conf(config), "ledger"),
        bus: Bus::new(events, "bus"),
        function: FunctionName::new("metrics-finalizer"),
        clock: jiff::Timestamp::now,
    };
    // A transaction has up to a hundred items: a marker and one more for each of fifty events.
    let events: Vec<_> = (0..150).map(|n| (format!("e-{n}"), n)).collect();
    let decide = async |_: &View, n: &i32| {
        log.lock().unwrap().push(format!("decided {n}"));
        Ok(Transition::new()
            .create(&Key::named(format!("CHANGE#{n}"), "HEAD"), &Head::default())?)
    };
    let settled = flow.once_together(&events, async |_, _| Ok(()), decide).await;
    assert_eq!(settled, vec![Some(Once::Processed); 150]);
    let log = log.lock().unwrap();
    let at = |what: &str| log.iter().position(|entry| entry == what).unwrap();
    let sent = log.iter().enumerate().filter(|(_, e)| e.ends_with("TransactWriteItems"));
    let sent: Vec<_> = sent.map(|(n, _)| n).collect();
    assert_eq!(sent.len(), 3);
    // The first event that does not fit is decided before; of the others at most one.
    assert!(at("decided 50") < sent[0] && sent[0] < at("decided 52"), "{log:?}");
    assert!(at("decided 100") < sent[1] && sent[1] < at("decided 102"), "{log:?}");
}
