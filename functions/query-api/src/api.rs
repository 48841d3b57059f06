//! The routes of the read side. A `GET` never changes anything.

use axum::Router;
use axum::routing::get;

use crate::deps::Api;
use crate::{
    changes, delegations, deliverables, engagements, environments, evaluations, evidence, files,
    plan, quarantine, record, scorecards, standings,
};

/// The routes. Reading needs a role; who only proposes, evaluates or is an agent reads what they have a part in; the quarantine needs the role `operator`, and cases of evaluations are not for agents. Everybody may see
/// their own delegations.
pub fn router(api: Api) -> Router {
    Router::new()
        .route("/v1/changes", get(changes::changes))
        .route("/v1/changes/{id}", get(changes::change))
        .route("/v1/changes/{id}/evidence/{sha256}", get(evidence::evidence))
        .route("/v1/changes/{id}/files", get(files::files))
        .route("/v1/changes/{id}/plan", get(plan::plan))
        .route("/v1/delegations", get(delegations::delegations))
        .route("/v1/engagements", get(engagements::engagements))
        .route("/v1/engagements/{id}", get(engagements::engagement))
        .route("/v1/engagements/{id}/deliverables", get(deliverables::deliverables))
        .route("/v1/engagements/{id}/deliverables/{sha256}", get(deliverables::deliverable))
        .route("/v1/engagements/{id}/ledger", get(engagements::ledger))
        .route("/v1/engagements/{id}/messages", get(engagements::messages))
        .route("/v1/engagements/{id}/survey", get(engagements::survey))
        .route("/v1/engagements/{id}/timeline", get(engagements::timeline))
        .route("/v1/engagements/{id}/timeline/{seq}/receipt", get(record::receipt))
        .route("/v1/log", get(record::log))
        .route("/v1/engagements/{id}/metrics", get(engagements::metrics))
        .route("/v1/environments", get(environments::environments))
        .route("/v1/scorecards/{principal}", get(scorecards::scorecard))
        .route("/v1/evaluations", get(evaluations::runs))
        .route("/v1/evaluations/{id}", get(evaluations::run))
        .route("/v1/evaluations/{id}/cases", get(evaluations::cases))
        .route("/v1/evaluations/{id}/case", get(evaluations::case))
        .route("/v1/evaluations/{id}/report", get(evaluations::report))
        .route("/v1/standings/{model}/{family}", get(standings::standing))
        .route("/v1/quarantine", get(quarantine::groups))
        .route("/v1/quarantine/{fingerprint}", get(quarantine::group))
        .route("/v1/quarantine/messages/{id}", get(quarantine::message))
        .with_state(api)
}
