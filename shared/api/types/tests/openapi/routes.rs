//! The table of routes.

use headgate_api_types::{
    artifacts, changes, decisions, delegations, engagements as figures, environments, evaluations,
    permits, quarantine, record, scorecards, standings,
};
use headgate_domain::approval::Delegation;
use headgate_domain::quarantine::Entry;

use crate::engagements;
use crate::route::{Route, get, post};

const INTEGER: &str = r#"{"type": "integer", "minimum": 0, "maximum": 4294967295}"#;
const TEXT: &str = r#"{"type": "string"}"#;

pub fn all() -> Vec<Route> {
    let mut all = proposals();
    all.extend(votes());
    all.extend(applies());
    all.extend(engagements::all());
    all.extend(engagement());
    all.extend(models());
    all.extend(operators());
    all
}

fn proposals() -> Vec<Route> {
    vec![
        post("intake-api", "/v1/artifacts")
            .summary("Get a URL to upload bytes with a known digest")
            .takes::<artifacts::UploadRequest>("upload-request")
            .answers::<artifacts::Upload>(201, "upload")
            .errors(&[403]),
        get("query-api", "/v1/changes")
            .summary("List changes, newest first")
            .description("All changes, or those of an engagement. Without a role that reads everything, and without `engagement`: those that you have proposed or own.")
            .query(("engagement", "Only changes of this engagement.", TEXT, false))
            .pages()
            .answers::<changes::Changes>(200, "changes")
            .errors(&[404]),
        post("intake-api", "/v1/changes")
            .summary("Propose a change, or a new revision of it")
            .description("The body is the `data` of `change.proposed` with a `change_id`. A 202 response means only that the proposal was published; an event then reports whether it was accepted.")
            .takes::<changes::ProposeRequest>("propose-request")
            .answers::<changes::Proposed>(202, "proposed")
            .errors(&[403, 422]),
        get("query-api", "/v1/changes/{id}")
            .summary("Show a change with its proposal, review and approval")
            .answers::<changes::Change>(200, "change"),
        get("query-api", "/v1/changes/{id}/evidence/{sha256}")
            .summary("Get a URL to download a piece of evidence of the current revision")
            .description("Check the digest of what you download. Plan files are not handed out: sensitive values are in clear in them.")
            .answers::<changes::Evidence>(200, "evidence")
            .errors(&[403, 422]),
        get("query-api", "/v1/changes/{id}/files")
            .summary("Show the local files that an apply of the current revision may read")
            .answers::<changes::Files>(200, "files")
            .errors(&[422]),
        get("query-api", "/v1/changes/{id}/plan")
            .summary("Show what an apply of the current revision does, resource by resource")
            .description("Resources that are destroyed or replaced come first. Sensitive values are not shown. Text is made harmless: control characters, invisible characters and those that change the direction of text are replaced.")
            .limit()
            .query((
                "after",
                "The `next_after` of the previous page.",
                r#"{"type": "integer", "minimum": 0, "maximum": 4294967295, "default": 0}"#,
                false,
            ))
            .query((
                "attributes",
                "Attributes of the first resource that you have seen, if it has more than one answer can hold (`further`).",
                r#"{"type": "integer", "minimum": 0, "maximum": 4294967295, "default": 0}"#,
                false,
            ))
            .answers::<changes::Plan>(200, "plan")
            .errors(&[422]),
    ]
}

fn votes() -> Vec<Route> {
    vec![
        post("approval-gate-decide", "/v1/changes/{id}/decisions")
            .summary("Vote on the content that you were shown")
            .takes::<decisions::DecisionRequest>("decision-request")
            .answers::<decisions::Tally>(200, "tally")
            .errors(&[403, 409]),
        post("approval-gate-decide", "/v1/changes/{id}/withdrawals")
            .summary("Withdraw your vote, before the decision")
            .takes::<decisions::WithdrawalRequest>("withdrawal-request")
            .answers::<decisions::Tally>(200, "tally")
            .errors(&[403, 409]),
        get("query-api", "/v1/delegations")
            .summary("List the delegations that you gave or received")
            .answers::<delegations::Delegations>(200, "delegations"),
        post("approval-gate-decide", "/v1/delegations")
            .summary("Let another person vote in your roles, for up to 30 days")
            .keyed()
            .takes::<delegations::DelegationRequest>("delegation-request")
            .answers::<Delegation>(201, "delegation")
            .errors(&[403, 409]),
        post("approval-gate-decide", "/v1/delegations/lost-roles")
            .summary("Say that a person has lost roles, which ends what they delegated (role operator or identity)")
            .description("For operators, and for a hook of your identity provider: only the provider knows who lost a role. Delegations of the role that the person makes within a day are refused, because a token from before the loss still has it.")
            .takes::<delegations::LostRolesRequest>("lost-roles-request")
            .answers::<headgate_domain::approval::LostRoles>(200, "lost-roles")
            .errors(&[403]),
        post("approval-gate-decide", "/v1/delegations/{id}/revoke")
            .summary(
                "Revoke a delegation (the person who gave it, the delegate, or the role operator)",
            )
            .answers::<Delegation>(200, "delegation-revoked")
            .errors(&[403, 409]),
    ]
}

fn applies() -> Vec<Route> {
    vec![
        post("permits-api", "/v1/changes/{id}/permits")
            .summary("Get a permit to apply exactly one plan, once (role executor)")
            .keyed()
            .takes::<permits::PermitRequest>("permit-request")
            .answers::<permits::Permit>(201, "permit")
            .errors(&[403, 409]),
        get("permits-api", "/v1/changes/{id}/attestation")
            .summary("Get a signed statement that the current revision is approved (in-toto, DSSE)")
            .description("For tools that know nothing of Headgate: an in-toto statement about the plan, with a predicate of the type `urn:headgate:attestation:approval:v1`, in a DSSE envelope that a key of `GET /v1/keys` signed. Keep that answer, too: a key is listed for an hour after its rotation. The statement does not end; a later revision, a freeze or the age of the plan may forbid the apply, and only a permit allows it.")
            .answers::<permits::Attestation>(200, "attestation")
            .errors(&[403, 409]),
        post("permits-api", "/v1/changes/{id}/permits/{permit}/use")
            .summary("Redeem a permit right before the apply, which locks the environment (role executor)")
            .takes::<permits::UseRequest>("use-request")
            .answers::<permits::Used>(200, "permit-used")
            .errors(&[403, 409]),
        post("permits-heartbeat", "/v1/changes/{id}/permits/{permit}/heartbeat")
            .summary("Renew the lock of the environment while the apply runs")
            .answers::<permits::Renewed>(200, "renewed")
            .errors(&[403, 409]),
        post("permits-api", "/v1/changes/{id}/permits/{permit}/credentials")
            .summary("Get new AWS credentials for an apply that is still running (role executor)")
            .description("Only for the apply that holds the lock of its environment and sends heartbeats. They can do what the session policy of the approved plan allows, and do not outlive the lock.")
            .answers::<permits::Credentials>(200, "credentials")
            .errors(&[403, 409]),
        post("permits-api", "/v1/changes/{id}/permits/{permit}/report")
            .summary("Report the result of the apply, which releases the lock")
            .takes::<permits::ReportRequest>("report-request")
            .answers::<permits::PermitRecord>(200, "permit-reported")
            .errors(&[403, 409]),
        post("permits-api", "/v1/environments/{environment}/release")
            .summary("End an apply that nobody will report, which releases the lock (role operator)")
            .description("Only if no heartbeat has come for five minutes. The change is recorded as failed, because its real outcome is unknown, and a later report is refused.")
            .takes::<permits::ReleaseRequest>("release-request")
            .answers::<permits::PermitRecord>(200, "permit-released")
            .errors(&[403, 409]),
        post("permits-api", "/v1/environments/{environment}/break")
            .summary("Break the lock of an apply that still sends heartbeats (role operator)")
            .description("No heartbeat renews the lock any more. The apply has five minutes to end and to report its outcome; after that, release the environment. It is on the timeline, and everybody who is notified of decisions is told.")
            .takes::<permits::ReleaseRequest>("release-request")
            .answers::<permits::Broken>(200, "broken")
            .errors(&[403, 409]),
        get("permits-api", "/v1/keys")
            .summary("Get the public keys that verify permits, as a JSON Web Key Set (RFC 7517)")
            .public()
            .query(("kid", "Id of the key to find. A newly rotated key is found within five seconds.", TEXT, false))
            .answers::<permits::PublicKeys>(200, "keys"),
    ]
}

fn engagement() -> Vec<Route> {
    vec![
        get("query-api", "/v1/engagements/{id}/timeline")
            .summary("Read the hash-chained timeline of an engagement")
            .limit()
            .query((
                "after",
                "The `next_after` of the previous page.",
                r#"{"type": "integer", "minimum": 0, "default": 0}"#,
                false,
            ))
            .answers::<figures::Timeline>(200, "timeline"),
        get("query-api", "/v1/engagements/{id}/timeline/{seq}/receipt")
            .summary("Get the proof that an entry is in the transparency log")
            .description("Anybody can check a receipt with the log's public key alone: `headgate verify`. An entry is in the log within about a minute; before, the answer is 409.")
            .answers::<record::Receipt>(200, "receipt")
            .errors(&[409]),
        get("query-api", "/v1/log")
            .summary("Show the public key and the newest checkpoint of the transparency log")
            .description("Before the first checkpoint is signed, within a minute of the first entry, the answer is 404.")
            .answers::<record::Log>(200, "log")
            .errors(&[404]),
        get("query-api", "/v1/engagements/{id}/metrics")
            .summary("Show the figures of an engagement")
            .answers::<figures::Metrics>(200, "metrics"),
        get("query-api", "/v1/environments")
            .summary("List the environments that the fleet serves")
            .description("How an apply gets its credentials is withheld.")
            .answers::<environments::Environments>(200, "environments"),
        get("query-api", "/v1/scorecards/{principal}")
            .summary("Show the record of a proposer")
            .answers::<scorecards::Shown>(200, "scorecard"),
    ]
}

fn models() -> Vec<Route> {
    vec![
        get("query-api", "/v1/evaluations")
            .summary("List evaluations, newest first")
            .pages()
            .answers::<evaluations::Evaluations>(200, "evaluations"),
        post("intake-api", "/v1/evaluations")
            .summary("Request an evaluation of models (role evaluator)")
            .description("A 202 response means only that the request was published. The run checks it against the suite, and shows whether it was refused.")
            .takes::<evaluations::EvaluateRequest>("evaluate-request")
            .answers::<evaluations::Requested>(202, "requested")
            .errors(&[403]),
        get("query-api", "/v1/evaluations/{id}")
            .summary("Show the progress of an evaluation")
            .answers::<evaluations::Progress>(200, "progress"),
        get("query-api", "/v1/evaluations/{id}/cases")
            .summary("List the cases of an evaluation that have ended")
            .pages()
            .answers::<evaluations::Cases>(200, "cases"),
        get("query-api", "/v1/evaluations/{id}/case")
            .summary("Show a case with its prompts and replies")
            .query(("candidate", "Name of the candidate.", TEXT, true))
            .query(("task", "Name of the task.", TEXT, true))
            .query(("paraphrase", "Number of the wording, from 0.", INTEGER, true))
            .query(("repeat", "Number of the repeat, from 0.", INTEGER, true))
            .answers::<evaluations::Case>(200, "case"),
        get("query-api", "/v1/evaluations/{id}/report")
            .summary("Show the report of an evaluation: rates, comparisons, and missing cases")
            .answers::<evaluations::Reported>(200, "report"),
        get("query-api", "/v1/standings/{model}/{family}")
            .summary("Show the standing of a model: the lane it has earned, and the lane it may use")
            .answers::<standings::Shown>(200, "standing"),
        post("approval-gate-decide", "/v1/standings/{model}/{family}/promotions")
            .summary("Raise a model's lane, up to the lane it has earned (a person with the role security)")
            .takes::<standings::PromotionRequest>("promotion-request")
            .answers::<standings::Promoted>(200, "promoted")
            .errors(&[403, 409]),
    ]
}

fn operators() -> Vec<Route> {
    vec![
        get("query-api", "/v1/quarantine")
            .summary("List groups of quarantined messages, newest first (role operator)")
            .pages()
            .answers::<quarantine::Groups>(200, "groups")
            .errors(&[403]),
        get("query-api", "/v1/quarantine/{fingerprint}")
            .summary("Show a group with its messages, oldest first (role operator)")
            .pages()
            .query((
                "closed",
                "Processed and discarded messages instead of open ones.",
                r#"{"type": "boolean", "default": false}"#,
                false,
            ))
            .answers::<quarantine::Shown>(200, "group")
            .errors(&[403]),
        post("dlq-api", "/v1/quarantine/{fingerprint}/redrive")
            .summary("Redrive a group, one canary first (a person with the role operator)")
            .takes::<quarantine::Action>("action-request")
            .answers::<quarantine::Redrive>(200, "redrive")
            .errors(&[403, 409]),
        post("dlq-api", "/v1/quarantine/{fingerprint}/discard")
            .summary(
                "Discard up to fifty open messages of a group (a person with the role operator)",
            )
            .takes::<quarantine::Action>("action-request")
            .answers::<quarantine::Discard>(200, "discard")
            .errors(&[403, 409]),
        get("query-api", "/v1/quarantine/messages/{id}")
            .summary("Show a quarantined message (role operator)")
            .answers::<Entry>(200, "message")
            .errors(&[403]),
    ]
}
