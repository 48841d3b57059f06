//! The models of a deployment.

use std::collections::BTreeMap;
use std::str::FromStr;

use headgate_suites::{Price, is_model};
use serde::Deserialize;

/// Where a model is, what it costs, and how much of it may be used at a time.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// Who serves it.
    pub served_by: ModelProvider,
    /// US dollars for a million tokens. Not optional: a price that is forgotten is a ceiling that is none.
    pub price: Price,
    /// How much of it at a time.
    #[serde(default)]
    pub limits: RateLimits,
}

/// Who serves a model.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ModelProvider {
    /// Amazon Bedrock, with the function's own role.
    Bedrock {
        /// Model or inference profile.
        model_id: String,
    },
    /// A server that speaks the OpenAI protocol.
    Openai {
        /// Address up to, and without, `/chat/completions`.
        base_url: String,
        /// Its name there.
        model: String,
        /// ARN of the secret that holds the key; without one, no key is sent.
        #[serde(default)]
        secret: Option<String>,
    },
    /// Nobody here: somebody else runs the cases and reports them.
    External {
        /// Source of the reports on the bus.
        reporter: String,
    },
}

/// How much of a model may be used at a time, by all functions together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateLimits {
    /// Calls at a time.
    pub concurrency: u32,
    /// Calls that begin in a minute.
    pub per_minute: u32,
}

impl Default for RateLimits {
    fn default() -> Self {
        Self { concurrency: 4, per_minute: 60 }
    }
}

/// All models, by the name that requests use.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Models(BTreeMap<String, Model>);

/// Models that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ModelsError {
    /// No JSON, or not of that shape.
    #[error("they are no JSON of models by name")]
    Json(#[from] serde_json::Error),
    /// A name that is none.
    #[error("`{0}` is no name of a model: small letters, digits, `.`, `-`, `_`")]
    Name(String),
    /// An address that a key must not be sent to.
    #[error("model `{0}` has an address without TLS that is not of this machine")]
    Address(String),
    /// Nothing could ever be called.
    #[error("model `{0}` has a limit of 0")]
    Limit(String),
    /// A price that is none.
    #[error("model `{0}` has a price below 0")]
    Price(String),
}

impl Models {
    /// The model of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Model> {
        self.0.get(name)
    }

    /// Their names.
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

/// TLS, or the machine itself.
fn is_safe(url: &str) -> bool {
    let Ok(url) = url.parse::<http::Uri>() else { return false };
    match url.scheme_str() {
        Some("https") => url.host().is_some(),
        Some("http") => matches!(url.host(), Some("127.0.0.1" | "localhost" | "[::1]")),
        _ => false,
    }
}
