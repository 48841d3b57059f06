//! The issuer's public keys: given in the configuration, or fetched from the JWKS URL and cached.

use std::time::{Duration, Instant};

use aws_smithy_runtime_api::client::http::{HttpConnector as _, SharedHttpConnector};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::byte_stream::ByteStream;
use jsonwebtoken::jwk::{Jwk, JwkSet};
use tokio::sync::Mutex;

/// How long fetched keys are trusted.
const FRESH: Duration = Duration::from_secs(3600);
/// Shortest time between fetches for unknown key ids, so that invented ids do not flood the issuer with
/// requests.
const AGAIN: Duration = Duration::from_secs(60);

/// Source of the issuer's keys.
pub(crate) enum Jwks {
    Given(JwkSet),
    Fetched { url: String, http: SharedHttpConnector, cache: Mutex<Option<(JwkSet, Instant)>> },
}

impl Jwks {
    /// Reads `source`: a JWKS document, or its `https://` URL. Plain HTTP is allowed only to `127.0.0.1`.
    pub(crate) fn new(source: &str) -> Result<Self, String> {
        if source.starts_with("https://") || source.starts_with("http://127.0.0.1:") {
            let http = SharedHttpConnector::new(headgate_runtime::aws::connector());
            return Ok(Self::Fetched { url: source.to_owned(), http, cache: Mutex::new(None) });
        }
        serde_json::from_str(source)
            .map(Self::Given)
            .map_err(|e| format!("neither a JWKS document nor an https:// URL ({e})"))
    }

    /// The key with this id. Without an id, the issuer must have exactly one key.
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::io::{Read as _, Write as _};
    use std::net::TcpListener;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    const KEYS: &str = r#"{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"k-1",
        "x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}"#;

    /// An issuer on loopback that counts the requests it gets.
    fn issuer(status: &'static str) -> (String, Arc<AtomicUsize>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/jwks.json", listener.local_addr().unwrap());
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut request = [0u8; 4096];
                assert!(stream.read(&mut request).unwrap() > 0);
                count.fetch_add(1, Ordering::SeqCst);
                let length = KEYS.len();
                write!(
                    stream,
                    "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{KEYS}"
                )
                .unwrap();
            }
        });
        (url, asked)
    }

    #[tokio::test]
    async fn keys_are_fetched_once_and_kept() {
        let (url, asked) = issuer("200 OK");
        let jwks = Jwks::new(&url).unwrap();
        assert!(jwks.key(Some("k-1")).await.unwrap().is_some());
        assert!(jwks.key(Some("k-1")).await.unwrap().is_some());
        // Invented key ids do not cause new requests.
        assert!(jwks.key(Some("made-up")).await.unwrap().is_none());
        assert!(jwks.key(Some("made-up")).await.unwrap().is_none());
        assert_eq!(asked.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn an_issuer_that_fails_is_an_error_and_not_an_empty_list() {
        let (url, _) = issuer("500 Internal Server Error");
        let jwks = Jwks::new(&url).unwrap();
        assert_eq!(jwks.key(Some("k-1")).await.unwrap_err(), "the issuer answered 500");
        let nobody = Jwks::new("http://127.0.0.1:1/jwks.json").unwrap();
        assert!(nobody.key(None).await.is_err());
    }

    #[test]
    fn plain_http_to_another_machine_is_no_source_of_keys() {
        let error = Jwks::new("http://issuer.example.com/jwks.json").err().unwrap();
        assert!(error.starts_with("neither a JWKS document nor an https:// URL"), "{error}");
    }

    #[tokio::test]
    async fn without_an_id_only_a_single_key_will_do() {
        let one = Jwks::new(KEYS).unwrap();
        assert!(one.key(None).await.unwrap().is_some());
        let none = Jwks::new(r#"{"keys":[]}"#).unwrap();
        assert!(none.key(None).await.unwrap().is_none());
    }
}
