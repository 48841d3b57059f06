//! Valid and invalid configurations of models.
#![allow(clippy::unwrap_used)]

use headgate_models::{ModelProvider, Models, RateLimits};
use serde_json::json;

fn read(name: &str, base_url: &str, concurrency: u32, input: f64) -> Result<Models, String> {
    let models = json!({ name: {
        "served_by": { "openai": { "base_url": base_url, "model": "tiny" } },
        "price": { "input": input, "output": 1.0 },
        "limits": { "concurrency": concurrency, "per_minute": 60 },
    }});
    models.to_string().parse::<Models>().map_err(|e| e.to_string())
}

#[test]
fn models_are_read() {
    let models = read("tiny-1.5", "https://models.example/v1", 4, 0.5).unwrap();
    assert_eq!(models.names().collect::<Vec<_>>(), ["tiny-1.5"]);
    let bedrock = r#"{"nova": {"served_by": {"bedrock": {"model_id": "amazon.nova-lite-v1:0"}}, "price": {"input": 0.06, "output": 0.24}}}"#;
    let models: Models = bedrock.parse().unwrap();
    let nova = models.get("nova").unwrap();
    assert!(matches!(nova.served_by, ModelProvider::Bedrock { .. }));
    assert_eq!(nova.limits, RateLimits { concurrency: 4, per_minute: 60 });
    assert!(models.get("other").is_none());
}

#[test]
fn what_cannot_be_used_is_said() {
    let said = |name, url, concurrency, input| read(name, url, concurrency, input).unwrap_err();
    let good = "https://models.example";
    assert_eq!(
        said("Tiny+", good, 1, 1.0),
        "`Tiny+` is not a model name: use 1 to 64 lowercase letters, digits, `.`, `-` and `_`"
    );
    for url in ["http://models.example", "http://127.0.0.1.models.example", "ftp://x", "https://"] {
        assert_eq!(
            said("tiny", url, 1, 1.0),
            "model `tiny` has an unsafe base URL; use https, or http on this machine",
            "{url}"
        );
    }
    assert!(read("tiny", "http://127.0.0.1:8080/v1", 1, 1.0).is_ok());
    assert_eq!(said("tiny", good, 0, 1.0), "model `tiny` has a limit of 0; use at least 1");
    assert_eq!(said("tiny", good, 1, -1.0), "model `tiny` has a price below 0; use 0 or more");
    let unpriced = r#"{"tiny": {"served_by": {"bedrock": {"model_id": "x"}}}}"#;
    assert_eq!(
        unpriced.parse::<Models>().unwrap_err().to_string(),
        "the models are not a valid JSON object of models by name"
    );
}
