//! `headgate approve|reject|revise` and `headgate withdraw`.

use std::io::{BufRead as _, IsTerminal as _, Write as _};

use headgate_api_types::changes::{Change, Reviewed};
use headgate_api_types::decisions::{DecisionRequest, Tally, WithdrawalRequest};
use headgate_domain::approval::Approval;
use headgate_events::{ChangeId, ContentHash, PrincipalId, Ratings, VoteKind};
use uuid::Uuid;

use crate::api::Api;
use crate::args::{Ballot, Global, Vote};
use crate::config::Config;
use crate::fail::Failure;
use crate::output;
use crate::seen;

pub(super) fn vote(
    config: &Config,
    global: &Global,
    kind: VoteKind,
    vote: Vote,
) -> Result<(), Failure> {
    let api = Api::connect(config, global)?;
    let shown = api.get::<Change<Reviewed>>(&format!("/v1/changes/{}", vote.change))?.value;
    let Vote { change, ballot } = vote;
    if let (None, Some(current)) = (&ballot.hash, &shown.change.content_hash) {
        let revision = shown.change.revision;
        let first = match seen::last((config, &api.subject()?), &change) {
            Some(seen) if seen == *current => None,
            Some(_) => Some(format!("{change} was revised since you looked at it")),
            None => Some(format!("you have not looked at {change} here")),
        };
        if let Some(first) = first {
            return Err(Failure::Refused(format!(
                "{first}; see revision {revision} with `headgate change show {change}`, and vote again; or name the content hash that you \
                 were shown with --hash"
            )));
        }
    }
    let Some(hash) =
        ballot.hash.as_deref().map(ContentHash::from).or_else(|| shown.change.content_hash.clone())
    else {
        let status = shown.change.status.name();
        return Err(Failure::Refused(format!("{change} is {status}; there is nothing to vote on")));
    };
    let asked = shown.approval.as_ref().and_then(|a| a.gate.confirm.as_ref());
    let confirm = match (&ballot.confirm, asked) {
        (None, Some(_)) if kind == VoteKind::Approve => Some(typed(&shown)?),
        (given, _) => given.clone(),
    };
    let body = request(ballot, kind, (shown.change.revision, &hash), confirm);
    let tally = api.post::<Tally>(&format!("/v1/changes/{change}/decisions"), &body)?;
    if global.json {
        output::json(&tally.json);
        return Ok(());
    }
    output::line(format!("{}: vote recorded for content {hash}", output::name(&kind)));
    print(&tally.value);
    Ok(())
}

/// A vote as it is sent, with an idempotency key of its own.
pub(super) fn request(
    ballot: Ballot,
    vote: VoteKind,
    (revision, hash): (u32, &ContentHash),
    confirm: Option<String>,
) -> DecisionRequest {
    let ratings = match (ballot.quality, ballot.relevance, ballot.completeness) {
        (Some(quality), Some(relevance), Some(completeness)) => {
            Some(Ratings { quality, relevance, completeness })
        }
        _ => None,
    };
    DecisionRequest {
        revision,
        content_hash: hash.clone(),
        vote,
        ballot: Some(Uuid::new_v4().to_string()),
        on_behalf_of: ballot.on_behalf_of,
        confirm,
        ratings,
        comment: ballot.comment,
    }
}

/// Withdraws the caller's own vote, or else the vote that a delegate cast on the caller's behalf.
pub(super) fn withdraw(config: &Config, global: &Global, change: &ChangeId) -> Result<(), Failure> {
    let api = Api::connect(config, global)?;
    let shown = api.get::<Change<Reviewed>>(&format!("/v1/changes/{change}"))?.value;
    let me = api.subject()?;
    let body = withdrawal(shown.approval.as_ref(), &me, change)?;
    let tally = api.post::<Tally>(&format!("/v1/changes/{change}/withdrawals"), &body)?;
    if global.json {
        output::json(&tally.json);
        return Ok(());
    }
    output::line(format!("withdrew the vote of {me}"));
    print(&tally.value);
    Ok(())
}

/// The request that takes a vote back.
pub(super) fn withdrawal(
    approval: Option<&Approval>,
    me: &PrincipalId,
    subject: &ChangeId,
) -> Result<WithdrawalRequest, Failure> {
    let none = || Failure::Refused(format!("{me} has no vote on {subject} to withdraw"));
    let approval = approval.ok_or_else(none)?;
    let cast = approval.votes.iter().find(|v| v.principal == *me);
    let delegated = || approval.votes.iter().find(|v| v.on_behalf_of.as_ref() == Some(me));
    let mine = cast.or_else(delegated).ok_or_else(none)?;
    Ok(WithdrawalRequest { revision: approval.revision, ballot: mine.ballot.clone() })
}

pub(super) fn print(tally: &Tally) {
    if let Some(outcome) = tally.outcome {
        return output::line_with("decided: ", outcome.name(), "");
    }
    let seats = match tally.missing_roles.as_slice() {
        [] => String::new(),
        roles => format!("; roles missing: {}", roles.join(", ")),
    };
    output::line(format!("approvals missing: {}{seats}", tally.missing));
}

/// Prompts the approver for the environment name. Scripts pass it with `--confirm`.
fn typed(shown: &Change<Reviewed>) -> Result<String, Failure> {
    let summary = shown.review.as_ref().map(|r| r.summary).unwrap_or_default();
    let what = match (summary.delete, summary.replace) {
        (0, 0) => "the gate requires the environment name".to_owned(),
        (delete, replace) => {
            format!("this change deletes {delete} and replaces {replace} resources")
        }
    };
    if !std::io::stdin().is_terminal() {
        return Err(Failure::Usage(format!(
            "{what}; to approve, pass the environment name with --confirm ENVIRONMENT"
        )));
    }
    let mut err = std::io::stderr();
    write!(err, "{what}.\nTo approve, type the environment name: ").map_err(Failure::usage)?;
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).map_err(Failure::usage)?;
    Ok(line.trim().to_owned())
}
