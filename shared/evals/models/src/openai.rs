//! The OpenAI protocol: `POST {base_url}/chat/completions`.

use std::time::Duration;

use aws_smithy_runtime_api::client::http::{HttpConnector as _, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;
use headgate_suites::Text;
use headgate_suites::prompt::Role;
use http_body_util::{BodyExt as _, Limited};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::asked::{Asked, CallError, Reply, never_connected};

/// Maximum size of a response body, in bytes.
const MAX_BODY: usize = 8 * 1024 * 1024;

/// Maximum pause, even if a provider asks for a longer one.
const LONGEST_PAUSE: Duration = Duration::from_secs(300);

/// The server, the model's name on it, and the API key.
pub(crate) struct Server<'a> {
    pub(crate) base_url: &'a str,
    pub(crate) model: &'a str,
    pub(crate) key: Option<&'a str>,
}

#[derive(Deserialize)]
struct Completion {
    choices: Vec<Choice>,
    usage: Option<Usage>,
}

#[derive(Deserialize)]
struct Choice {
    message: Message,
}

#[derive(Deserialize)]
struct Message {
    /// `None` if the model declines to answer.
    content: Option<String>,
}

#[derive(Deserialize)]
struct Usage {
    prompt_tokens: u64,
    completion_tokens: u64,
}

pub(crate) async fn call(
    http: &SharedHttpConnector,
    server: &Server<'_>,
    asked: &Asked<'_>,
) -> Result<Reply, CallError> {
    let request = request(server, asked).ok_or(CallError::Unaskable)?;
    let answer = http.call(request).await;
    // Do not keep the connector's message: it may contain the address.
    let answer = answer.map_err(|error| match never_connected(&error) {
        true => CallError::Unavailable("no connection".to_owned()),
        false => CallError::Broken("the connection broke".to_owned()),
    })?;
    let status = answer.status().as_u16();
    let retry_after = answer.headers().get("retry-after").and_then(seconds);
    match status {
        200..=299 => read(answer.into_body()).await,
        429 => Err(CallError::Throttled { after: retry_after }),
        503 | 529 => Err(CallError::Unavailable(format!("it answered {status}"))),
        // A gateway may return these while the model behind it is still working.
        500.. => Err(CallError::Broken(format!("it answered {status}"))),
        _ => Err(CallError::Refused { answered: status.to_string() }),
    }
}

/// `Retry-After` in seconds, up to [`LONGEST_PAUSE`]. Ignores dates.
fn seconds(value: &str) -> Option<Duration> {
    value.trim().parse().ok().map(|seconds| Duration::from_secs(seconds).min(LONGEST_PAUSE))
}

async fn read(body: SdkBody) -> Result<Reply, CallError> {
    let bytes = Limited::new(body, MAX_BODY).collect().await;
    let bytes =
        bytes.map_err(|_| CallError::Malformed("it was cut off, or is longer than 8 MiB"))?;
    let completion: Completion = serde_json::from_slice(&bytes.to_bytes())
        .map_err(|_| CallError::Malformed("it is not a completion in the OpenAI protocol"))?;
    let first = completion.choices.into_iter().next();
    let text =
        first.and_then(|c| c.message.content).ok_or(CallError::Malformed("it has no text"))?;
    let tokens = completion.usage.map(|u| (u.prompt_tokens, u.completion_tokens));
    Ok(Reply { text: Text::cut(text), tokens })
}

fn request(server: &Server<'_>, asked: &Asked<'_>) -> Option<HttpRequest> {
    let body = body(server.model, asked).to_string();
    let url = format!("{}/chat/completions", server.base_url.trim_end_matches('/'));
    let mut request = http::Request::post(url)
        .header("content-type", "application/json")
        .header("content-length", body.len())
        .header("user-agent", "headgate");
    if let Some(key) = server.key {
        request = request.header("authorization", format!("Bearer {key}"));
    }
    HttpRequest::try_from(request.body(SdkBody::from(body)).ok()?).ok()
}

fn body(model: &str, asked: &Asked<'_>) -> Value {
    let message = |role: &str, text: &str| json!({ "role": role, "content": text });
    let system = asked.ask.system.iter().map(|text| message("system", text));
    let turns = asked.ask.turns.iter().map(|turn| match turn.role {
        Role::User => message("user", &turn.text),
        Role::Assistant => message("assistant", &turn.text),
    });
    let mut body = json!({
        "model": model,
        "messages": system.chain(turns).collect::<Vec<_>>(),
        "max_tokens": asked.output_tokens,
        "stream": false,
    });
    if let (Some(temperature), Some(body)) = (asked.temperature, body.as_object_mut()) {
        body.insert("temperature".to_owned(), json!(temperature));
    }
    body
}
