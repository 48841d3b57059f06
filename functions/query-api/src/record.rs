//! `GET /v1/log`, and receipts of timeline entries.

use axum::extract::State;
use headgate_api_types::record::{Log, Receipt};
use headgate_domain::timeline::Entry;
use headgate_events::EngagementId;
use headgate_http::{ApiError, Json, Path, Reader};
use headgate_log::Verifier;
use headgate_log_store::{LogState, NoReceipt, find, receipt as prove};

use crate::deps::{Answer, Api, read};
use crate::sight;

pub(crate) async fn log(State(api): State<Api>, Reader(_): Reader) -> Answer<Log> {
    let state = read::<LogState>(&api.log_table, &LogState::key()).await?;
    let newest = api.log_bucket.newest().await?;
    let (Some(state), Some(newest)) = (state, newest) else {
        return Err(ApiError::not_found(
            "checkpoint yet; the first one is signed within a minute of the first entry",
        ));
    };
    Ok(Json(Log { public_key: state.key, size: state.published, checkpoint: newest.note }))
}

pub(crate) async fn receipt(
    State(api): State<Api>,
    reader: Reader,
    Path((id, seq)): Path<(EngagementId, u64)>,
) -> Answer<Receipt> {
    sight::engagement(&api, &reader, &id).await?;
    let missing = || ApiError::not_found("entry");
    let before = seq.checked_sub(1).ok_or_else(missing)?;
    let found = api.ledger.timeline::<Entry>(&id, before, 1).await?;
    let entry = found.into_iter().map(|stored| stored.value).next();
    let entry = entry.filter(|entry| entry.seq == seq).ok_or_else(missing)?;
    let state = read::<LogState>(&api.log_table, &LogState::key()).await?;
    let index = find(&api.log_table, &id, seq).await?;
    let (Some(state), Some(index)) = (state, index) else { return Err(later()) };
    let key: Verifier = state.key.parse()?;
    match prove(&api.log_bucket, &key, entry, index).await {
        Ok(receipt) => Ok(Json(receipt)),
        Err(NoReceipt::Later) => Err(later()),
        Err(error) => Err(error.into()),
    }
}

fn later() -> ApiError {
    let message = "the entry is not in the transparency log yet; ask again in a minute";
    ApiError::conflict("not_logged_yet", message)
}
