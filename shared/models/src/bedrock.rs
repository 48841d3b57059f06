//! Amazon Bedrock, Converse.

use aws_sdk_bedrockruntime::config::retry::RetryConfig;
use aws_sdk_bedrockruntime::error::{ProvideErrorMetadata as _, SdkError};
use aws_sdk_bedrockruntime::types::{
    ContentBlock, ConversationRole, InferenceConfiguration, Message, SystemContentBlock,
};
use aws_sdk_bedrockruntime::{Client, Config};
use headgate_evals::Text;
use headgate_evals::prompt::{Role, Turn};

use crate::call::{Asked, CallError, Reply};

pub(crate) async fn call(
    client: &Client,
    model_id: &str,
    asked: &Asked<'_>,
) -> Result<Reply, CallError> {
    let messages = asked.ask.turns.iter().map(message).collect::<Option<Vec<_>>>();
    let messages = messages.ok_or(CallError::Malformed("the request cannot be made"))?;
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
        // Tries are counted by us.
        .config_override(Config::builder().retry_config(RetryConfig::disabled()))
        .send()
        .await
        .map_err(|e| failed(&e))?;
    let message = answer.output.as_ref().and_then(|o| o.as_message().ok());
    let texts = message.into_iter().flat_map(|m| m.content()).filter_map(|c| c.as_text().ok());
    let text: String = texts.map(String::as_str).collect();
    if text.is_empty() {
        return Err(CallError::Malformed("it has no text"));
    }
    let tokens = |n: Option<i32>| n.and_then(|n| u64::try_from(n).ok()).unwrap_or_default();
    Ok(Reply {
        text: Text::cut(text),
        input_tokens: tokens(answer.usage.as_ref().map(|u| u.input_tokens)),
        output_tokens: tokens(answer.usage.as_ref().map(|u| u.output_tokens)),
    })
}

fn message(turn: &Turn) -> Option<Message> {
    let role = match turn.role {
        Role::User => ConversationRole::User,
        Role::Assistant => ConversationRole::Assistant,
    };
    let text = ContentBlock::Text(turn.text.clone());
    Message::builder().role(role).content(text).build().ok()
}

/// The service's messages may repeat what was sent, so only the code is kept.
fn failed<E: std::fmt::Debug, R>(error: &SdkError<E, R>) -> CallError
where
    SdkError<E, R>: aws_sdk_bedrockruntime::error::ProvideErrorMetadata,
{
    match (error, error.code()) {
        (_, Some("ThrottlingException" | "ServiceQuotaExceededException")) => {
            CallError::Throttled { after: None }
        }
        (
            _,
            Some(
                code @ ("ServiceUnavailableException"
                | "InternalServerException"
                | "ModelNotReadyException"),
            ),
        ) => CallError::Unavailable(format!("it answered {code}")),
        // The model was at it when its time was over.
        (_, Some("ModelTimeoutException")) | (SdkError::TimeoutError(_), _) => CallError::TimedOut,
        (SdkError::DispatchFailure(_), _) => CallError::Unavailable("no connection".to_owned()),
        (SdkError::ResponseError(_), None) => CallError::Malformed("it is no answer of Bedrock's"),
        (_, code) => CallError::Refused { answered: code.unwrap_or("an error").to_owned() },
    }
}
