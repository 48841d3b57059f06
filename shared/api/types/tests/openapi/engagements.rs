//! The routes of engagements and their phases.

use headgate_api_types::decisions::{DecisionRequest, Tally, WithdrawalRequest};
use headgate_api_types::engagements::{
    AnswerRequest, CancelRequest, Deliverable, Deliverables, EngageRequest, Engagement,
    Engagements, InterruptRequest, MessageRequest, Messages, NoteRequest, ReportRequest, Shown,
    TaskLedger, UsageRequest, WayOnRequest,
};
use headgate_engagements::Course;
use headgate_engagements::journal::{Entry, Message, Survey};
use headgate_events::latest::EngagementSurveyed;

use crate::route::{Route, get, post};

const INTEGER: &str = r#"{"type": "integer", "minimum": 0, "maximum": 4294967295}"#;
const TEXT: &str = r#"{"type": "string"}"#;

pub fn all() -> Vec<Route> {
    let mut all = whole();
    all.extend(journal());
    all.extend(phases());
    all
}

fn whole() -> Vec<Route> {
    vec![
        post("engagement-api", "/v1/engagements")
            .summary("Start an engagement (a person with the role proposer)")
            .description(
                "Its first phase begins at once, if its type has phases: see `phase.started`.",
            )
            .takes::<EngageRequest>("engage-request")
            .answers::<Engagement>(201, "engagement-started")
            .errors(&[403, 409]),
        get("query-api", "/v1/engagements")
            .summary("List engagements, newest first")
            .description("All of them for the roles that read everything, else those that you have a part in.")
            .pages()
            .answers::<Engagements>(200, "engagements"),
        get("query-api", "/v1/engagements/{id}")
            .summary("Show an engagement, where it is and what it waits for")
            .answers::<Shown>(200, "engagement"),
        get("query-api", "/v1/engagements/{id}/deliverables")
            .summary("List what the phases of an engagement have handed in")
            .query(("phase", "Phase of the last result of the page before.", TEXT, false))
            .query(("attempt", "Attempt of the last result of the page before.", INTEGER, false))
            .answers::<Deliverables>(200, "deliverables"),
        get("query-api", "/v1/engagements/{id}/deliverables/{sha256}")
            .summary("Get a URL to download a deliverable")
            .description("Only what was uploaded by who handed the result in. Check the digest of what you download.")
            .query(("phase", "Id of the phase.", TEXT, true))
            .query(("attempt", "Number of the attempt.", INTEGER, true))
            .answers::<Deliverable>(200, "deliverable")
            .errors(&[422]),
        post("engagement-api", "/v1/engagements/{id}/cancel")
            .summary("End an engagement (its owner, or role operator)")
            .takes::<CancelRequest>("cancel-request")
            .answers::<Course>(200, "course")
            .errors(&[403, 404, 409]),
        post("engagement-api", "/v1/engagements/{id}/interrupts/{interrupt}/answer")
            .summary(
                "Answer a question of an agent (the owner of the engagement, or role operator)",
            )
            .takes::<AnswerRequest>("answer-request")
            .answers::<Course>(200, "course")
            .errors(&[403, 404, 409]),
    ]
}

fn journal() -> Vec<Route> {
    vec![
        get("query-api", "/v1/engagements/{id}/ledger")
            .summary("Read the task ledger of an engagement")
            .answers::<TaskLedger>(200, "task-ledger"),
        post("engagement-api", "/v1/engagements/{id}/ledger")
            .summary("Write an entry of the task ledger (the agent with the role pm, the owner, or role operator)")
            .description("Two who write the same version at the same time do not overwrite each other: the second one is refused.")
            .takes::<NoteRequest>("note-request")
            .answers::<Entry>(200, "ledger-entry")
            .errors(&[403, 409]),
        get("query-api", "/v1/engagements/{id}/messages")
            .summary("Read the messages of an engagement")
            .answers::<Messages>(200, "messages"),
        post("engagement-api", "/v1/engagements/{id}/messages")
            .summary("Write a message (an agent of the engagement, its owner, or role operator)")
            .takes::<MessageRequest>("message-request")
            .answers::<Message>(201, "engagement-message")
            .errors(&[403, 409]),
        get("query-api", "/v1/engagements/{id}/survey")
            .summary("Read what the owner says of an engagement that has ended")
            .answers::<Survey>(200, "survey"),
        post("engagement-api", "/v1/engagements/{id}/survey")
            .summary("Say how an engagement went, after its end (its owner)")
            .takes::<EngagementSurveyed>("survey-request")
            .answers::<Survey>(201, "survey")
            .errors(&[403, 409]),
    ]
}

fn phases() -> Vec<Route> {
    let phase = |route: &str| -> &'static str {
        Box::leak(format!("/v1/engagements/{{id}}/phases/{{phase}}/{route}").into_boxed_str())
    };
    vec![
        post("engagement-api", phase("report"))
            .summary("Report the result of an attempt at a phase (a member of the phase, or the owner)")
            .description("The same result again changes nothing; another one for the same attempt is refused.")
            .takes::<ReportRequest>("phase-report-request")
            .answers::<Course>(200, "course")
            .errors(&[403, 404, 409]),
        post("engagement-api", phase("usage"))
            .summary("Report the work of an attempt so far (a member of the phase, or the owner)")
            .description("All figures are totals since the attempt began. They are held against the limits of the phase.")
            .takes::<UsageRequest>("usage-request")
            .answers::<Course>(200, "course")
            .errors(&[403, 404, 409]),
        post("engagement-api", phase("interrupts"))
            .summary("Ask people a question (a member of the phase, or the owner)")
            .description("The deadline of the attempt waits for the answer. The same question again is the same question.")
            .takes::<InterruptRequest>("interrupt-request")
            .answers::<Course>(200, "course")
            .errors(&[403, 404, 409]),
        post("approval-gate-decide", phase("decisions"))
            .summary("Vote on the result of a phase that you were shown")
            .description("`revision` is the number of the attempt.")
            .takes::<DecisionRequest>("decision-request")
            .answers::<Tally>(200, "tally")
            .errors(&[403, 404, 409]),
        post("approval-gate-decide", phase("withdrawals"))
            .summary("Withdraw your vote on the result of a phase, before the decision")
            .takes::<WithdrawalRequest>("withdrawal-request")
            .answers::<Tally>(200, "tally")
            .errors(&[403, 404, 409]),
        post("engagement-api", phase("resume"))
            .summary("Let an engagement go on that has failed (its owner, or role operator)")
            .takes::<WayOnRequest>("way-on-request")
            .answers::<Course>(200, "course")
            .errors(&[403, 404, 409]),
        post("engagement-api", phase("skip"))
            .summary("End a phase without a result (role operator)")
            .takes::<WayOnRequest>("way-on-request")
            .answers::<Course>(200, "course")
            .errors(&[403, 404, 409]),
    ]
}
