//! HTTP surface: axum on lambda_http, verified tokens, one error shape, cursors.
