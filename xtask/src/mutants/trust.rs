//! Bugs that let somebody be believed who should not be.

use super::list::Mutant;

const EVAL_RUNNER: &str = "headgate-eval-runner";
const FINALIZER: &str = "headgate-metrics-finalizer";
const GATE: &str = "headgate-approval-gate";
const INTAKE: &str = "headgate-intake";
const PERMITS: &str = "headgate-permits";
const QUERY: &str = "headgate-query-api";

const ADMIT: &str = "functions/intake/src/admit.rs";
const AUTH: &str = "shared/platform/http/src/auth.rs";
const CHECKS: &str = "functions/permits/src/checks.rs";
const FINALIZE: &str = "functions/metrics-finalizer/src/finalize.rs";
const ORIGINS: &str = "shared/aws/outbox/src/origins.rs";
const START: &str = "functions/approval-gate/src/start.rs";

/// All bugs.
pub const TRUST: [Mutant; 18] = [
    Mutant {
        name: "trust: events of the fleet are not looked up",
        file: ORIGINS,
        find: "if !sender.starts_with(FLEET) {",
        replace: "if sender != SCHEDULE {",
        package: FINALIZER,
    },
    Mutant {
        name: "trust: an event may say something else than the one in the outbox",
        file: ORIGINS,
        find: "(kept.detail == *sent.detail",
        replace: "(kept.detail.is_object()",
        package: FINALIZER,
    },
    Mutant {
        name: "trust: an event may come from another function than the one in the outbox",
        file: ORIGINS,
        find: "kept.source == sent.sender",
        replace: "!kept.source.is_empty()",
        package: FINALIZER,
    },
    Mutant {
        name: "trust: any table may vouch for an event",
        file: "shared/aws/ledger/src/marker.rs",
        find: "logical(&origin.table) == logical(&self.table);",
        replace: "!logical(&origin.table).is_empty();",
        package: FINALIZER,
    },
    Mutant {
        name: "trust: a gate needs nobody",
        file: START,
        find: "            review.required(head.value.lane, stored.by_agent()),",
        replace: "            headgate_events::GateRequirements {\n                quorum: 0,\n                ..review.required(head.value.lane, stored.by_agent())\n            },",
        package: GATE,
    },
    Mutant {
        name: "trust: an event that comes before its review leaves a marker",
        file: START,
        find: "return Err(Handled::poison(\"review_unknown\", message));",
        replace: "tracing::info!(message);\n            return Ok(None);",
        package: GATE,
    },
    Mutant {
        name: "trust: a permit does not need the votes",
        file: CHECKS,
        find: "\n        && approval.missing() == 0;",
        replace: ";",
        package: PERMITS,
    },
    Mutant {
        name: "trust: a permit does not need the gate that the review requires",
        file: CHECKS,
        find: "approval.gate == required",
        replace: "approval.gate.roles == required.roles",
        package: PERMITS,
    },
    Mutant {
        name: "trust: a permit does not need a review that passed",
        file: CHECKS,
        find: "review.verdict == Verdict::Pass\n        && head",
        replace: "review.verdict != Verdict::Revise\n        && head",
        package: PERMITS,
    },
    Mutant {
        name: "trust: anybody may revise a change",
        file: ADMIT,
        find: "|| head.owner.is(&by.actor.id);",
        replace: "|| !head.owner.as_str().is_empty();",
        package: INTAKE,
    },
    Mutant {
        name: "trust: who made an earlier revision may vote on a later one",
        file: ADMIT,
        find: "before.map(|b| (b.proposers, b.barred))",
        replace: "before.map(|b| (b.proposers, Vec::new()))",
        package: INTAKE,
    },
    Mutant {
        name: "trust: an agent that nobody registered proposes over HTTP",
        file: "functions/intake/src/identity.rs",
        find: "(Some(Actor { id, .. }), _) => Some(id.as_str()),",
        replace: "(Some(_), _) => None,",
        package: INTAKE,
    },
    Mutant {
        name: "trust: a token is a person's without evidence",
        file: AUTH,
        find: "is_some_and(|evidence| evidence.is_in(claims))",
        replace: "is_some_and(|evidence| evidence.is_in(claims) || !evidence.claim.is_empty())",
        package: GATE,
    },
    Mutant {
        name: "trust: a name may have letters that look like others",
        file: AUTH,
        find: "text(claim).map(PrincipalId::from).filter(PrincipalId::is_valid)",
        replace: "text(claim).map(PrincipalId::from)",
        package: GATE,
    },
    Mutant {
        name: "trust: two spellings of a name are two people",
        file: "events/src/names.rs",
        find: "self.bare().eq_ignore_ascii_case(other.bare())",
        replace: "self.bare() == other.bare()",
        package: GATE,
    },
    Mutant {
        name: "trust: an agent chooses the timeline of a report",
        file: FINALIZE,
        find: "Some(head) if head.value.engagement_id == *engagement => Ok(true),",
        replace: "Some(head) if head.value.revision > 0 => Ok(true),",
        package: FINALIZER,
    },
    Mutant {
        name: "trust: a case is asked with the suite of the request",
        file: "functions/eval-runner/src/case/mod.rs",
        find: "&& self.artifact == *suite",
        replace: "&& self.artifact.bytes == suite.bytes",
        package: EVAL_RUNNER,
    },
    Mutant {
        name: "trust: agents see what models are asked",
        file: "functions/query-api/src/reader.rs",
        find: "any(|role| role == AGENT)",
        replace: "all(|role| role == AGENT)",
        package: QUERY,
    },
];
