//! A router behind API Gateway.

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use headgate_runtime::trace;
use lambda_http::request::RequestContext;
use lambda_http::{Error, RequestExt as _};

use crate::context::{CONTEXT, Context};
use crate::error::ApiError;

/// Runs a router as a Lambda function behind an API Gateway REST proxy integration, for ever.
///
/// # Errors
/// When the Lambda runtime fails.
pub async fn serve(router: Router) -> Result<(), Error> {
    lambda_http::run(with_context(router)).await
}

/// Adds what every router has: request and trace ids, our error shape for unknown paths and methods.
pub fn with_context(router: Router) -> Router {
    router
        .fallback(async || ApiError::not_found("path"))
        .method_not_allowed_fallback(async || {
            ApiError::new(
                StatusCode::METHOD_NOT_ALLOWED,
                "method_not_allowed",
                "this path does not take that method",
            )
        })
        .layer(from_fn(context))
}

async fn context(request: Request, next: Next) -> Response {
    let ids = ids(&request);
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    CONTEXT
        .scope(ids.clone(), async move {
            let response = next.run(request).await;
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

fn ids(request: &Request) -> Context {
    let gateway_id = match request.request_context_ref() {
        Some(RequestContext::ApiGatewayV1(context)) => context.request_id.clone(),
        _ => None,
    };
    let incoming = request.headers().get("traceparent").and_then(|v| v.to_str().ok());
    let traceparent = trace::child(incoming);
    Context {
        request_id: gateway_id.unwrap_or_default(),
        trace_id: trace::trace_id(&traceparent).unwrap_or_default().to_owned(),
        traceparent,
    }
}
