//! `POST /v1/standings/{model}/{family}/promotions`: a person raises a model's lane, up to the lane it has
//! earned.

use axum::extract::State as Deps;
use headgate_api_types::standings::{Promoted, PromotionRequest};
use headgate_domain::standing::StandingRecord;
use headgate_domain::text::one_line;
use headgate_events::evaluation::ENGAGEMENT;
use headgate_http::{ApiError, Authenticated, Json, Path, Principal};
use headgate_ledger::{Commit, Key, Transition};
use headgate_outbox::{Attempts, Emit};

use crate::GATE;
use crate::deps::Api;

/// Role that may promote.
const SECURITY: &str = "security";
/// Longest reason that is stored, in bytes.
const MAX_REASON: usize = 1_000;

pub(super) async fn promote(
    Deps(api): Deps<Api>,
    Authenticated(principal): Authenticated,
    Path((model, family)): Path<(String, String)>,
    Json(promotion): Json<PromotionRequest>,
) -> Result<Json<Promoted>, ApiError> {
    principal.require_human()?;
    principal.require(SECURITY)?;
    if promotion.reason.trim().is_empty() {
        return Err(ApiError::bad_request(
            "reason_required",
            "`reason` is empty; say why, for the record",
        ));
    }
    let standing = promoted(&api, &principal, (&model, &family), &promotion).await?;
    Ok(Json(Promoted { standing }))
}

async fn promoted(
    api: &Api,
    principal: &Principal,
    (model, family): (&str, &str),
    promotion: &PromotionRequest,
) -> Result<StandingRecord, ApiError> {
    let flow = &api.flow;
    let key = Key::standing(model, family);
    let mut attempts = Attempts::default();
    loop {
        let now = (flow.clock)();
        let Some(stored) = flow.ledger.get::<StandingRecord>(&key).await? else {
            return Err(ApiError::not_found("standing"));
        };
        let before = stored.value;
        if promotion.lane > before.earned {
            let message =
                "the model has not earned this lane; evaluate it again, or choose a lower lane";
            return Err(ApiError::conflict("not_earned", message));
        }
        if promotion.lane <= before.lane {
            // If this repeats a promotion that died before it was published, its marker follows the version before.
            let once = format!("{} {}", stored.version.saturating_sub(1), before.lane as u8);
            flow.heal(&marker(&before.subject(), &once)).await?;
            let message = "the model already has this lane or a higher one";
            return Err(ApiError::conflict("no_promotion", message));
        }
        let next = StandingRecord {
            lane: promotion.lane,
            reason: one_line(&promotion.reason, MAX_REASON),
            updated_at: now,
            promoted_at: Some(now),
            ..before.clone()
        };
        let changed = next.changed(Some(before.lane));
        let subject = next.subject();
        let once = format!("{} {}", stored.version, next.lane as u8);
        let emit =
            Emit::new(flow.function, now, &ENGAGEMENT.into()).traced(headgate_http::traceparent());
        let out = emit.by(principal.actor()).event((&subject, 0), &once, changed)?;
        let transition = Transition::new()
            .put(&key, &next, Some(stored.version), None)?
            .publishing(out)
            .marked(marker(&subject, &once), now);
        if flow.apply(&transition).await? == Commit::Applied {
            return Ok(next);
        }
        attempts.again().await?;
    }
}

fn marker(subject: &str, once: &str) -> Key {
    Key::marker(GATE, &format!("standing/{subject}/{once}"))
}
