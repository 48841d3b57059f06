//! `headgate approve|reject|revise` and `headgate withdraw`.

use std::io::{BufRead as _, IsTerminal as _, Write as _};

use serde_json::{Value, json};
use uuid::Uuid;

use crate::api::Api;
use crate::args::{Global, Vote};
use crate::config::Config;
use crate::fail::Failure;
use crate::output::{self, text};

pub(super) fn vote(
    config: &Config,
    global: &Global,
    kind: &str,
    vote: Vote,
) -> Result<(), Failure> {
    let api = Api::connect(config, global)?;
    let shown = api.get(&format!("/v1/changes/{}", vote.change))?;
    let current = text(&shown, "/change/content_hash");
    let hash = vote.hash.unwrap_or(current);
    if hash.is_empty() {
        let status = text(&shown, "/change/status");
        return Err(Failure::Refused(format!(
            "{} is {status}; there is nothing to vote on",
            vote.change
        )));
    }
    let asked = shown.pointer("/approval/gate/confirm").and_then(Value::as_str);
    let confirm = match (vote.confirm, asked) {
        (None, Some(_)) if kind == "approve" => Some(typed(&shown)?),
        (given, _) => given,
    };
    let mut body = json!({
        "revision": shown["change"]["revision"],
        "content_hash": hash,
        "vote": kind,
        "ballot": Uuid::new_v4().to_string(),
        "comment": vote.comment,
        "confirm": confirm,
        "on_behalf_of": vote.on_behalf_of,
    });
    if let (Some(quality), Some(relevance), Some(completeness)) =
        (vote.quality, vote.relevance, vote.completeness)
    {
        body["ratings"] =
            json!({ "quality": quality, "relevance": relevance, "completeness": completeness });
    }
    let tally = api.post(&format!("/v1/changes/{}/decisions", vote.change), &body)?;
    if global.json {
        output::json(&tally);
        return Ok(());
    }
    output::line(format!("{kind}: vote recorded for content {hash}"));
    print(&tally);
    Ok(())
}

/// Withdraws the caller's own vote, or else the vote that a delegate cast on the caller's behalf.
pub(super) fn withdraw(config: &Config, global: &Global, change: &str) -> Result<(), Failure> {
    let api = Api::connect(config, global)?;
    let shown = api.get(&format!("/v1/changes/{change}"))?;
    let me = api.subject()?;
    let votes = shown.pointer("/approval/votes").and_then(Value::as_array);
    let votes: Vec<_> = votes.into_iter().flatten().collect();
    let cast = votes.iter().find(|v| v["principal"] == *me);
    let mine = cast.or_else(|| votes.iter().find(|v| v["on_behalf_of"] == *me));
    let Some(mine) = mine else {
        return Err(Failure::Refused(format!("{me} has no vote on {change} to withdraw")));
    };
    let body = json!({ "revision": shown["change"]["revision"], "ballot": mine["ballot"] });
    let tally = api.post(&format!("/v1/changes/{change}/withdrawals"), &body)?;
    if global.json {
        output::json(&tally);
        return Ok(());
    }
    output::line(format!("withdrew the vote of {me}"));
    print(&tally);
    Ok(())
}

fn print(tally: &Value) {
    if let Value::String(outcome) = &tally["outcome"] {
        return output::line(format!("decided: {}", output::status(outcome)));
    }
    let roles: Vec<_> =
        tally["missing_roles"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let seats = match roles.as_slice() {
        [] => String::new(),
        roles => format!(", including {}", roles.join(" and ")),
    };
    let missing = &tally["missing"];
    output::line(format!("approvals missing: {missing}{seats}"));
}

/// Prompts the approver for the environment name. Scripts pass it with `--confirm`.
fn typed(shown: &Value) -> Result<String, Failure> {
    let n = |key: &str| text(shown, &format!("/review/summary/{key}"));
    let what = match (n("delete").as_str(), n("replace").as_str()) {
        ("0" | "", "0" | "") => "the gate requires the environment name".to_owned(),
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
