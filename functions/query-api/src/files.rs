//! `GET /v1/changes/{id}/files`: the local files that an apply of the current revision may read.

use axum::extract::State;
use axum::http::StatusCode;
use headgate_api_types::changes::Files;
use headgate_artifacts::ArtifactError;
use headgate_domain::content::file_list;
use headgate_domain::files::FileList;
use headgate_events::ChangeId;
use headgate_http::{ApiError, Json, Path, Reader};

use crate::deps::{Answer, Api};
use crate::sight::current;

/// Longest list that is shown, in bytes. A function may answer with 6 MB.
const MAX_LIST: u64 = 2 * 1024 * 1024;

/// Only what is a list of files is shown. A dossier can name any artifact of the bucket, also the plan of somebody else, whose
/// sensitive values are in clear.
pub(crate) async fn files(
    State(api): State<Api>,
    reader: Reader,
    Path(id): Path<ChangeId>,
) -> Answer<Files> {
    let (head, stored) = current(&api, &reader, &id).await?;
    let Some(artifact) = file_list(&stored.proposed.dossier) else {
        return Err(ApiError::not_found("list of files in the current revision"));
    };
    if artifact.bytes > MAX_LIST {
        return Err(unreadable(&format!("it has more than {MAX_LIST} bytes")));
    }
    let bytes = match api.artifacts.get(artifact).await {
        Ok(bytes) => bytes,
        Err(error @ ArtifactError::S3(_)) => return Err(error.into()),
        Err(error) => return Err(unreadable(&error)),
    };
    FileList::parse(&bytes).map_err(|error| unreadable(&error))?;
    let json = String::from_utf8(bytes).map_err(|error| unreadable(&error))?;
    Ok(Json(Files { revision: head.revision, sha256: artifact.sha256.clone(), json }))
}

fn unreadable(why: &dyn std::fmt::Display) -> ApiError {
    let message =
        format!("the list of files cannot be shown: {why}; do not approve what you cannot see");
    ApiError::new(StatusCode::UNPROCESSABLE_ENTITY, "files_unreadable", message)
}
