//! What an apply of the plan may do in the account, and what nobody can say about it.

use headgate_access::{Access, Allowed, Place, derive};
use headgate_domain::plan::Plan;
use headgate_events::{Finding, Lane, Severity};

use crate::subject::Subject;

/// The session policies for an apply of the plan.
pub(crate) fn of(subject: &Subject<'_>, plan: &Plan) -> Access {
    let environment = subject.environment;
    let place = Place::new(&environment.account, &environment.region);
    let allowed = environment.access.as_ref().map(|access| Allowed {
        grants: &access.grants,
        widest: access.widest,
        states: Some(&access.states),
    });
    derive(plan, &place, subject.state, allowed.unwrap_or_default())
}

/// A finding for each thing that is unknown, if the fleet hands out the credentials: the apply would get none. A change that is not applied needs
/// none.
pub(crate) fn findings(subject: &Subject<'_>, access: &Access) -> Vec<Finding> {
    if subject.environment.access.is_none() || subject.lane != Lane::Execute {
        return Vec::new();
    }
    let finding = |unknown: &headgate_access::Unknown| Finding {
        rule: "access.unknown".to_owned(),
        severity: Severity::Error,
        resource: unknown.address.clone(),
        message: format!("the apply would get no credentials: {}", unknown.problem),
        fix: unknown.fix.clone(),
    };
    access.unknown.iter().map(finding).collect()
}
