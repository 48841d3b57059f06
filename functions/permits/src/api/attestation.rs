//! `GET /v1/changes/{id}/attestation`: a signed statement of the approval, for tools that know nothing of Headgate.

use axum::extract::State as Deps;
use headgate_api_types::permits::Attestation;
use headgate_domain::approval::Approval;
use headgate_domain::attestation::statement;
use headgate_domain::canonical::canonical_json;
use headgate_domain::engagement::Engagement;
use headgate_domain::records::{ChangeHead, Revision};
use headgate_events::{ChangeId, Versioned};
use headgate_http::{ApiError, Json, Path, Reader};
use headgate_ledger::Key;
use headgate_permit_tokens::IN_TOTO;
use headgate_review::Report;

use crate::checks::decided;
use crate::deps::Api;

pub(super) async fn attestation(
    Deps(api): Deps<Api>,
    reader: Reader,
    Path(id): Path<ChangeId>,
) -> Result<Json<Attestation>, ApiError> {
    let head = read::<ChangeHead>(&api, &Key::change(&id)).await?;
    let unknown = || reader.missing("change");
    let head = head.ok_or_else(unknown)?;
    let me = &reader.0.id;
    if !reader.sees_everything() && !head.includes(me) {
        let engagement = read::<Engagement>(&api, &Key::engagement(&head.engagement_id)).await?;
        engagement.filter(|engagement| engagement.includes(me)).ok_or_else(unknown)?;
    }
    let revision = read::<Revision>(&api, &Key::revision(&id, head.revision)).await?;
    let review = read::<Report>(&api, &Key::review(&id, head.revision)).await?;
    let approval = read::<Approval>(&api, &Key::approval(&id, head.revision)).await?;
    let missing = || {
        let message = "the current revision of the change is not approved";
        ApiError::conflict("not_approved", message)
    };
    let ((revision, review), approval) = revision.zip(review).zip(approval).ok_or_else(missing)?;
    let now = (api.flow.clock)();
    let statement = statement(&revision, &approval, &review.plan_hash, now).ok_or_else(missing)?;
    // As strict as a permit: this is believed where nobody asks the fleet again.
    decided(&head, &revision, &review, &approval)?;
    let ring = api.keys.ring(now).await?;
    let unsigned = ring.attestation(IN_TOTO, &canonical_json(&statement)?)?;
    Ok(Json(api.keys.sign(unsigned).await?))
}

async fn read<T: Versioned>(api: &Api, key: &Key) -> Result<Option<T>, ApiError> {
    Ok(api.flow.ledger.get::<T>(key).await?.map(|stored| stored.value))
}
