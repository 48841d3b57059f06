//! The routes. What somebody may do depends on the engagement: its members work on it, its owner and operators decide how it goes on.

mod ask;
mod create;
mod document;
mod journal;
mod party;
mod perform;
mod stop;
mod work;

use axum::Router;
use axum::routing::post;

use crate::deps::Api;

/// The routes.
pub fn router(api: Api) -> Router {
    Router::new()
        .route("/v1/engagements", post(create::create))
        .route("/v1/engagements/{id}/cancel", post(stop::cancel))
        .route("/v1/engagements/{id}/interrupts/{interrupt}/answer", post(ask::answer))
        .route("/v1/engagements/{id}/ledger", post(journal::note))
        .route("/v1/engagements/{id}/messages", post(journal::message))
        .route("/v1/engagements/{id}/survey", post(journal::survey))
        .route("/v1/engagements/{id}/phases/{phase}/interrupts", post(ask::raise))
        .route("/v1/engagements/{id}/phases/{phase}/report", post(work::report))
        .route("/v1/engagements/{id}/phases/{phase}/resume", post(stop::resume))
        .route("/v1/engagements/{id}/phases/{phase}/skip", post(stop::skip))
        .route("/v1/engagements/{id}/phases/{phase}/usage", post(work::usage))
        .with_state(api)
}
