//! The issuer's public keys: given, or fetched from its JWKS URL and kept for a while.

use std::time::{Duration, Instant};

use aws_smithy_runtime_api::client::http::{HttpConnector as _, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::byte_stream::ByteStream;
use jsonwebtoken::jwk::{Jwk, JwkSet};
use tokio::sync::Mutex;

/// How long fetched keys are believed.
const FRESH: Duration = Duration::from_secs(3600);
/// Soonest that keys are fetched again for the sake of an unknown key id: a caller who invents ids
/// must not make us hammer the issuer.
const AGAIN: Duration = Duration::from_secs(60);

/// Where keys come from.
pub(crate) enum Jwks {
    Given(JwkSet),
    Fetched { url: String, http: SharedHttpConnector, cache: Mutex<Option<(JwkSet, Instant)>> },
}

impl Jwks {
    /// From a JWKS document or the `https://` URL of one.
    pub(crate) fn new(source: &str) -> Result<Self, String> {
        if source.starts_with("https://") {
            let http = SharedHttpConnector::new(headgate_runtime::aws::connector());
            return Ok(Self::Fetched { url: source.to_owned(), http, cache: Mutex::new(None) });
        }
        serde_json::from_str(source)
            .map(Self::Given)
            .map_err(|e| format!("neither a JWKS document nor an https:// URL ({e})"))
    }

    /// The key of that id; without an id, the only key there is.
    pub(crate) async fn key(&self, kid: Option<&str>) -> Result<Option<Jwk>, String> {
        match self {
            Self::Given(set) => Ok(find(set, kid)),
            Self::Fetched { url, http, cache } => {
                let mut cache = cache.lock().await;
                if let Some((set, at)) = &*cache {
                    let found = find(set, kid);
                    let limit = if found.is_some() { FRESH } else { AGAIN };
                    if at.elapsed() < limit {
                        return Ok(found);
                    }
                }
                let set = fetch(http, url).await?;
                let found = find(&set, kid);
                *cache = Some((set, Instant::now()));
                Ok(found)
            }
        }
    }
}

fn find(set: &JwkSet, kid: Option<&str>) -> Option<Jwk> {
    match (kid, &*set.keys) {
        (Some(kid), _) => set.find(kid).cloned(),
        (None, [only]) => Some(only.clone()),
        (None, _) => None,
    }
}

async fn fetch(http: &SharedHttpConnector, url: &str) -> Result<JwkSet, String> {
    let request = HttpRequest::get(url).map_err(|e| e.to_string())?;
    let call = tokio::time::timeout(Duration::from_secs(5), http.call(request)).await;
    let response = call.map_err(|_| "timed out".to_owned())?.map_err(|e| e.to_string())?;
    if !response.status().is_success() {
        return Err(format!("the issuer answered {}", response.status().as_u16()));
    }
    let body = ByteStream::new(response.into_body()).collect().await.map_err(|e| e.to_string())?;
    serde_json::from_slice(&body.into_bytes()).map_err(|e| e.to_string())
}
