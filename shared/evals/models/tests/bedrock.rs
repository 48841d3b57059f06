//! Tests the Bedrock calls with the SDK's mocks.
#![allow(clippy::unwrap_used)]

use std::time::Duration;

use aws_sdk_bedrockruntime::Client;
use aws_sdk_bedrockruntime::config::timeout::TimeoutConfig;
use aws_sdk_bedrockruntime::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_bedrockruntime::error::ErrorMetadata;
use aws_sdk_bedrockruntime::operation::converse::{ConverseError, ConverseOutput};
use aws_sdk_bedrockruntime::types::error::{AccessDeniedException, ThrottlingException};
use aws_sdk_bedrockruntime::types::{
    ContentBlock, ConversationRole, ConverseOutput as Output, Message, StopReason, TokenUsage,
};
use aws_smithy_mocks::{Rule, RuleMode, mock, mock_client};
use headgate_models::{Asked, CallError, Called, Caller, Model, ModelProvider, RateLimits};
use headgate_suites::Price;
use headgate_suites::prompt::{Ask, Role, Turn};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

fn answer(text: &str) -> ConverseOutput {
    let content = ContentBlock::Text(text.to_owned());
    let message = Message::builder().role(ConversationRole::Assistant).content(content);
    let usage = TokenUsage::builder().input_tokens(40).output_tokens(7).total_tokens(47);
    ConverseOutput::builder()
        .output(Output::Message(message.build().unwrap()))
        .stop_reason(StopReason::EndTurn)
        .usage(usage.build().unwrap())
        .build()
        .unwrap()
}

async fn call(client: Client) -> Result<Called, CallError> {
    let model = Model {
        served_by: ModelProvider::Bedrock { model_id: "nova".to_owned() },
        price: Price { input: 1.0, output: 2.0 },
        limits: RateLimits::default(),
    };
    let turn = |role, text: &str| Turn { role, text: text.to_owned() };
    let ask = Ask {
        system: Some("Be brief.".to_owned()),
        turns: vec![
            turn(Role::User, "One?"),
            turn(Role::Assistant, "Two."),
            turn(Role::User, "Three?"),
        ],
    };
    let timeout = Duration::from_secs(20);
    let asked = Asked { ask: &ask, output_tokens: 64, temperature: None, timeout };
    Caller::new(client).call(&model, None, &asked).await
}

fn good() -> Rule {
    mock!(Client::converse)
        .match_requests(|r| {
            let limit = r.inference_config().and_then(|c| c.max_tokens());
            r.model_id() == Some("nova")
                && r.messages().len() == 3
                && r.system().len() == 1
                && limit == Some(64)
        })
        .then_output(|| answer("Four."))
}

#[tokio::test]
async fn a_conversation_is_sent_and_accounted_for() {
    let rule = good();
    let called = call(mock_client!(aws_sdk_bedrockruntime, [&rule])).await.unwrap();
    assert_eq!(called.text.text, "Four.");
    assert_eq!((called.usage.input_tokens, called.usage.output_tokens), (40, 7));
    assert_eq!((called.usage.micro_usd, rule.num_calls()), (54, 1));
}

#[tokio::test(start_paused = true)]
async fn throttling_is_waited_out() {
    let throttled = mock!(Client::converse).then_error(|| {
        let code = ErrorMetadata::builder().code("ThrottlingException").build();
        ConverseError::ThrottlingException(ThrottlingException::builder().meta(code).build())
    });
    let good = good();
    let client = mock_client!(aws_sdk_bedrockruntime, RuleMode::Sequential, [&throttled, &good]);
    assert_eq!(call(client).await.unwrap().text.text, "Four.");
    assert_eq!((throttled.num_calls(), good.num_calls()), (1, 1));
}

#[tokio::test]
async fn a_refusal_is_told_by_its_code_only() {
    let denied = mock!(Client::converse).then_error(|| {
        let code = ErrorMetadata::builder().code("AccessDeniedException").build();
        let denied =
            AccessDeniedException::builder().message("Be brief. is not allowed").meta(code);
        ConverseError::AccessDeniedException(denied.build())
    });
    let error = call(mock_client!(aws_sdk_bedrockruntime, [&denied])).await.unwrap_err();
    let said = "the provider refused the call: it answered AccessDeniedException";
    assert_eq!((error.to_string().as_str(), denied.num_calls()), (said, 1));
}

/// A model may need a minute where other AWS services need milliseconds, so the timeouts of the process do
/// not apply.
#[tokio::test]
async fn a_model_may_take_longer_than_other_services() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let served = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = [0; 16 * 1024];
        assert!(stream.read(&mut request).await.unwrap() > 0);
        tokio::time::sleep(Duration::from_millis(600)).await;
        let body = r#"{"output": {"message": {"role": "assistant", "content": [{"text": "Four."}]}},
            "stopReason": "end_turn", "usage": {"inputTokens": 40, "outputTokens": 7, "totalTokens": 47},
            "metrics": {"latencyMs": 600}}"#;
        let length = body.len();
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(body.as_bytes()).await.unwrap();
    });
    let brief = Duration::from_millis(100);
    let timeouts = TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(2))
        .operation_attempt_timeout(brief)
        .operation_timeout(brief)
        .build();
    let config = aws_sdk_bedrockruntime::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(Credentials::for_tests())
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .endpoint_url(url)
        .timeout_config(timeouts)
        .build();
    let called = call(Client::from_conf(config)).await.unwrap();
    assert_eq!((called.text.text.as_str(), called.usage.micro_usd), ("Four.", 54));
    served.await.unwrap();
}
