//! `headgate release`.

use headgate_api_types::permits::{PermitRecord, ReleaseRequest};

use crate::api::Api;
use crate::args::{Global, Release};
use crate::config::Config;
use crate::fail::Failure;
use crate::output;
use crate::uri;

pub(super) fn run(config: &Config, global: &Global, args: Release) -> Result<(), Failure> {
    let api = Api::connect(config, global)?;
    let Release { environment, reason } = args;
    let path = format!("/v1/environments/{}/release", uri::segment(&environment));
    let released = api.post::<PermitRecord>(&path, &ReleaseRequest { reason })?;
    if global.json {
        output::json(&released.json);
        return Ok(());
    }
    let PermitRecord { change_id, issued_to, .. } = released.value;
    output::line(format!(
        "released {environment}; the apply of {change_id} by {issued_to} is recorded as failed, with an unknown outcome"
    ));
    Ok(())
}
