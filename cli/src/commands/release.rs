//! `headgate release`.

use headgate_api_types::permits::{Broken, PermitRecord, ReleaseRequest};

use crate::api::Api;
use crate::args::{Global, Release};
use crate::config::Config;
use crate::fail::Failure;
use crate::output;
use crate::uri;

pub(super) fn run(config: &Config, global: &Global, args: Release) -> Result<(), Failure> {
    let api = Api::connect(config, global)?;
    let Release { environment, reason, break_glass } = args;
    if break_glass {
        return break_lock(&api, global, &environment, reason);
    }
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

fn break_lock(
    api: &Api,
    global: &Global,
    environment: &str,
    reason: String,
) -> Result<(), Failure> {
    let path = format!("/v1/environments/{}/break", uri::segment(environment));
    let broken = api.post::<Broken>(&path, &ReleaseRequest { reason })?;
    if global.json {
        output::json(&broken.json);
        return Ok(());
    }
    let Broken { change_id, holder, ends_at, .. } = broken.value;
    output::line(format!(
        "broke the lock of {environment}; {holder} has until {} to end the apply of {change_id}; then, if it is not reported, \
         `headgate release {environment}` records that its outcome is unknown",
        output::time(ends_at)
    ));
    Ok(())
}
