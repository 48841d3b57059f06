//! Runs a router behind API Gateway.

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use headgate_runtime::trace;
use lambda_http::request::RequestContext;
use lambda_http::{Error, RequestExt as _};

use crate::context::{CONTEXT, Context};
use crate::error::ApiError;

/// Runs a router as a Lambda function behind an API Gateway REST proxy integration. Does not return unless
/// the Lambda runtime fails.
///
/// # Errors
/// If the Lambda runtime fails.
pub async fn serve(router: Router) -> Result<(), Error> {
    lambda_http::run(with_context(router)).await
}

/// Adds request and trace ids to a router, and an [`ApiError`] for unknown paths and methods.
pub fn with_context(router: Router) -> Router {
    router
        .fallback(async || ApiError::not_found("path"))
        .method_not_allowed_fallback(async || {
            ApiError::new(
                StatusCode::METHOD_NOT_ALLOWED,
                "method_not_allowed",
                "this path does not support this method",
            )
        })
        .layer(from_fn(context))
}

async fn context(request: Request, next: Next) -> Response {
    let ids = ids(&request);
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    CONTEXT
        .scope(ids.clone(), async move {
            let mut response = next.run(request).await;
            identify(&mut response, &ids);
            tracing::info!(
                http.method = %method,
                http.path = path,
                http.status = response.status().as_u16(),
                request.id = ids.request_id,
                trace.id = ids.trace_id,
                "answered"
            );
            response
        })
        .await
}

/// Every answer, success or error, says which request it belongs to.
fn identify(response: &mut Response, ids: &Context) {
    for (name, value) in [("x-request-id", &ids.request_id), ("traceparent", &ids.traceparent)] {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(HeaderName::from_static(name), value);
        }
    }
}

fn ids(request: &Request) -> Context {
    let gateway_id = match request.request_context_ref() {
        Some(RequestContext::ApiGatewayV1(context)) => context.request_id.clone(),
        _ => None,
    };
    let incoming = request.headers().get("traceparent").and_then(|v| v.to_str().ok());
    let traceparent = trace::child(incoming);
    Context {
        request_id: gateway_id.unwrap_or_else(|| uuid::Uuid::new_v4().to_string()),
        trace_id: trace::trace_id(&traceparent).unwrap_or_default().to_owned(),
        traceparent,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use axum::body::Body;
    use axum::routing::get;
    use lambda_http::Service as _;

    use super::*;

    async fn answer(path: &str, traceparent: Option<&str>) -> Response {
        let mut request = Request::builder().uri(path);
        if let Some(traceparent) = traceparent {
            request = request.header("traceparent", traceparent);
        }
        let router = Router::new().route("/known", get(async || "yes"));
        with_context(router).call(request.body(Body::empty()).unwrap()).await.unwrap()
    }

    #[tokio::test]
    async fn success_and_error_carry_their_ids() {
        let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        for (path, status) in [("/known", 200), ("/unknown", 404)] {
            let response = answer(path, Some(parent)).await;
            assert_eq!(response.status().as_u16(), status);
            let header = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
            assert_eq!(trace::trace_id(&header("traceparent")), trace::trace_id(parent));
            assert_eq!(header("x-request-id").len(), 36);
        }
    }

    #[tokio::test]
    async fn an_error_has_the_same_ids_in_body_and_headers() {
        let response = answer("/unknown", None).await;
        let id = response.headers()["x-request-id"].to_str().unwrap().to_owned();
        let body = axum::body::to_bytes(response.into_body(), 10_000).await.unwrap();
        let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
        assert_eq!((&body["request_id"], &body["error"]), (&id.into(), &"not_found".into()));
    }
}
