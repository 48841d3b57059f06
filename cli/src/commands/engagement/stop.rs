//! `headgate engagement resume`, `skip` and `cancel`.

use headgate_api_types::engagements::{CancelRequest, WayOnRequest};

use super::Caller;
use crate::args::WayOn;
use crate::fail::Failure;

/// Resumes or skips the phase that is current now: if it is another one when the request arrives, nothing happens.
pub(super) fn way_on(caller: &Caller<'_>, route: &str, args: &WayOn) -> Result<(), Failure> {
    let WayOn { engagement, reason } = args;
    let course = caller.course(engagement)?;
    let path = format!("/v1/engagements/{engagement}/phases/{}/{route}", course.phase_id());
    caller.moves(&path, &WayOnRequest { attempt: course.attempt, reason: reason.clone() })
}

pub(super) fn cancel(caller: &Caller<'_>, args: &WayOn) -> Result<(), Failure> {
    let path = format!("/v1/engagements/{}/cancel", args.engagement);
    caller.moves(&path, &CancelRequest { reason: args.reason.clone() })
}
