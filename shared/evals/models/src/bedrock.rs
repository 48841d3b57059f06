//! Calls models on Amazon Bedrock with the Converse API.

use aws_sdk_bedrockruntime::config::retry::RetryConfig;
use aws_sdk_bedrockruntime::config::timeout::TimeoutConfig;
use aws_sdk_bedrockruntime::error::{ProvideErrorMetadata as _, SdkError};
use aws_sdk_bedrockruntime::types::{
    ContentBlock, ConversationRole, InferenceConfiguration, Message, SystemContentBlock,
};
use aws_sdk_bedrockruntime::{Client, Config};
use headgate_suites::Text;
use headgate_suites::prompt::{Role, Turn};

use crate::asked::{Asked, CallError, Reply, never_connected};

pub(crate) async fn call(
    client: &Client,
    model_id: &str,
    asked: &Asked<'_>,
) -> Result<Reply, CallError> {
    let messages = asked.ask.turns.iter().map(message).collect::<Option<Vec<_>>>();
    let messages = messages.ok_or(CallError::Unaskable)?;
    let tokens = i32::try_from(asked.output_tokens).unwrap_or(i32::MAX);
    #[allow(clippy::cast_possible_truncation)] // 0 to 2
    let temperature = asked.temperature.map(|t| t as f32);
    let inference =
        InferenceConfiguration::builder().max_tokens(tokens).set_temperature(temperature).build();
    let system = asked.ask.system.iter().map(|text| SystemContentBlock::Text(text.clone()));
    let answer = client
        .converse()
        .model_id(model_id)
        .set_system(Some(system.collect()))
        .set_messages(Some(messages))
        .inference_config(inference)
        .customize()
        // `Caller` does the retries, and a model takes longer than other AWS services.
        .config_override(
            Config::builder().retry_config(RetryConfig::disabled()).timeout_config(
                TimeoutConfig::builder()
                    .operation_timeout(asked.timeout)
                    .operation_attempt_timeout(asked.timeout)
                    .read_timeout(asked.timeout)
                    .build(),
            ),
        )
        .send()
        .await
        .map_err(|e| failed(&e))?;
    let message = answer.output.as_ref().and_then(|o| o.as_message().ok());
    let texts = message.into_iter().flat_map(|m| m.content()).filter_map(|c| c.as_text().ok());
    let text: String = texts.map(String::as_str).collect();
    if text.is_empty() {
        return Err(CallError::Malformed("it has no text"));
    }
    let tokens = |n: i32| u64::try_from(n).unwrap_or_default();
    let tokens = answer.usage.as_ref().map(|u| (tokens(u.input_tokens), tokens(u.output_tokens)));
    Ok(Reply { text: Text::cut(text), tokens })
}

fn message(turn: &Turn) -> Option<Message> {
    let role = match turn.role {
        Role::User => ConversationRole::User,
        Role::Assistant => ConversationRole::Assistant,
    };
    let text = ContentBlock::Text(turn.text.clone());
    Message::builder().role(role).content(text).build().ok()
}

/// Keeps only the error code, because the service's messages may repeat the prompt.
fn failed<E: std::fmt::Debug, R>(error: &SdkError<E, R>) -> CallError
where
    SdkError<E, R>: aws_sdk_bedrockruntime::error::ProvideErrorMetadata,
{
    match (error, error.code()) {
        (_, Some("ThrottlingException" | "ServiceQuotaExceededException")) => {
            CallError::Throttled { after: None }
        }
        (_, Some(code @ ("ServiceUnavailableException" | "ModelNotReadyException"))) => {
            CallError::Unavailable(format!("it answered {code}"))
        }
        (_, Some(code @ ("InternalServerException" | "ModelErrorException"))) => {
            CallError::Broken(format!("it answered {code}"))
        }
        // The model had started to work when the time ran out.
        (_, Some("ModelTimeoutException")) | (SdkError::TimeoutError(_), _) => CallError::TimedOut,
        (SdkError::DispatchFailure(failure), _) => {
            match failure.as_connector_error().is_some_and(|e| never_connected(e)) {
                true => CallError::Unavailable("no connection".to_owned()),
                false => CallError::Broken("the connection broke".to_owned()),
            }
        }
        (SdkError::ResponseError(_), None) => CallError::Malformed("it is not a Bedrock response"),
        (_, code) => CallError::Refused { answered: code.unwrap_or("an error").to_owned() },
    }
}
