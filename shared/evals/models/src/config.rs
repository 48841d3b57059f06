//! The models of a deployment.

use std::collections::BTreeMap;
use std::str::FromStr;

use headgate_suites::{Price, is_model};
use serde::Deserialize;

/// A model: its provider, price and limits.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// The provider of the model.
    pub served_by: ModelProvider,
    /// Price in US dollars per million tokens. Required: without a price, the spending ceiling has no effect.
    pub price: Price,
    /// Limits for concurrency and rate.
    #[serde(default)]
    pub limits: RateLimits,
}

/// The provider of a model.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ModelProvider {
    /// Amazon Bedrock, called with the function's own IAM role.
    Bedrock {
        /// Id of the model or inference profile.
        model_id: String,
    },
    /// A server that speaks the OpenAI protocol.
    Openai {
        /// Base URL, without `/chat/completions`.
        base_url: String,
        /// Name of the model on that server.
        model: String,
        /// ARN of the secret with the API key. If it is not set, no key is sent.
        #[serde(default)]
        secret: Option<String>,
    },
    /// No provider: the cases run outside this deployment and are reported on the bus.
    External {
        /// Source on the bus that reports the cases.
        reporter: String,
    },
}

/// The limits of a model, for all functions together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateLimits {
    /// Maximum number of calls at the same time.
    pub concurrency: u32,
    /// Maximum number of calls that start per minute.
    pub per_minute: u32,
}

impl Default for RateLimits {
    fn default() -> Self {
        Self { concurrency: 4, per_minute: 60 }
    }
}

/// The models of a deployment, by the names that requests use.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Models(BTreeMap<String, Model>);

/// The configuration of the models is not valid.
#[derive(Debug, thiserror::Error)]
pub enum ModelsError {
    /// Not JSON, or not of the expected form.
    #[error("the models are not a valid JSON object of models by name")]
    Json(#[from] serde_json::Error),
    /// A model name is not valid.
    #[error("`{0}` is not a model name: use 1 to 64 lowercase letters, digits, `.`, `-` and `_`")]
    Name(String),
    /// A base URL is not safe for a key.
    #[error("model `{0}` has an unsafe base URL; use https, or http on this machine")]
    Address(String),
    /// A limit is 0, so that no call could ever start.
    #[error("model `{0}` has a limit of 0; use at least 1")]
    Limit(String),
    /// A price is negative or not a number.
    #[error("model `{0}` has a price below 0; use 0 or more")]
    Price(String),
}

impl Models {
    /// The model with this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Model> {
        self.0.get(name)
    }

    /// The names of all models.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

impl FromStr for Models {
    type Err = ModelsError;

    fn from_str(text: &str) -> Result<Self, ModelsError> {
        let models: BTreeMap<String, Model> = serde_json::from_str(text)?;
        for (name, model) in &models {
            let wrong = |error: fn(String) -> ModelsError| Err(error(name.clone()));
            if !is_model(name) {
                return wrong(ModelsError::Name);
            }
            if let ModelProvider::Openai { base_url, .. } = &model.served_by
                && !is_safe(base_url)
            {
                return wrong(ModelsError::Address);
            }
            if model.limits.concurrency == 0 || model.limits.per_minute == 0 {
                return wrong(ModelsError::Limit);
            }
            if !(model.price.input >= 0.0 && model.price.output >= 0.0) {
                return wrong(ModelsError::Price);
            }
        }
        Ok(Self(models))
    }
}

/// Whether a key may be sent to this URL: it uses TLS, or it is on this machine.
fn is_safe(url: &str) -> bool {
    let Ok(url) = url.parse::<http::Uri>() else { return false };
    match url.scheme_str() {
        Some("https") => url.host().is_some(),
        Some("http") => matches!(url.host(), Some("127.0.0.1" | "localhost" | "[::1]")),
        _ => false,
    }
}
