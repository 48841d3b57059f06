//! `headgate engagement approve`, `reject`, `revise` and `withdraw`: votes on the result of the current phase.

use headgate_api_types::decisions::Tally;
use headgate_domain::approval::Approval;
use headgate_engagements::Course;
use headgate_events::{ContentHash, EngagementId, VoteKind};

use super::Caller;
use crate::args::PhaseVote;
use crate::commands::decide::{print, request, withdrawal};
use crate::fail::Failure;
use crate::{output, seen};

pub(super) fn vote(caller: &Caller<'_>, kind: VoteKind, vote: PhaseVote) -> Result<(), Failure> {
    let PhaseVote { engagement, ballot } = vote;
    let (course, approval) = asked(caller, &engagement)?;
    let phase = course.phase_id();
    let current = &approval.content_hash;
    if ballot.hash.is_none() {
        let first = match seen::last((caller.config, &caller.api.subject()?), &approval.change_id) {
            Some(seen) if seen == *current => None,
            Some(_) => Some(format!("the result of `{phase}` is another one than you looked at")),
            None => Some(format!("you have not looked at the result of `{phase}` here")),
        };
        if let Some(first) = first {
            return Err(Failure::Refused(format!(
                "{first}; see it with `headgate engagement show {engagement}`, and vote again; or name the content hash that you were \
                 shown with --hash"
            )));
        }
    }
    let hash = ballot.hash.as_deref().map_or_else(|| current.clone(), ContentHash::from);
    let confirm = ballot.confirm.clone();
    let body = request(ballot, kind, (course.attempt, &hash), confirm);
    let path = format!("/v1/engagements/{engagement}/phases/{phase}/decisions");
    let tally = caller.api.post::<Tally>(&path, &body)?;
    if caller.global.json {
        output::json(&tally.json);
        return Ok(());
    }
    output::line(format!("{}: vote recorded for content {hash}", output::name(&kind)));
    print(&tally.value);
    Ok(())
}

pub(super) fn withdraw(caller: &Caller<'_>, engagement: &EngagementId) -> Result<(), Failure> {
    let (course, approval) = asked(caller, engagement)?;
    let me = caller.api.subject()?;
    let body = withdrawal(Some(&approval), &me, &approval.change_id)?;
    let phase = course.phase_id();
    let path = format!("/v1/engagements/{engagement}/phases/{phase}/withdrawals");
    let tally = caller.api.post::<Tally>(&path, &body)?;
    if caller.global.json {
        output::json(&tally.json);
        return Ok(());
    }
    output::line(format!("withdrew the vote of {me}"));
    print(&tally.value);
    Ok(())
}

/// The request for a decision that an engagement waits for.
fn asked(caller: &Caller<'_>, engagement: &EngagementId) -> Result<(Course, Approval), Failure> {
    let shown = caller.read(engagement)?;
    match (shown.course, shown.approval) {
        (Some(course), Some(approval)) => Ok((course, approval)),
        (course, _) => {
            let status = course.map_or("without phases", |course| course.status.name());
            Err(Failure::Refused(format!("{engagement} is {status}; there is nothing to vote on")))
        }
    }
}
