//! Types of engagements: which phases they have, who takes part, and what limits hold. All of it is data.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use headgate_domain::engagement::CHANGE_ONLY;
use headgate_domain::environment::{check_gate, check_gate_members};
use headgate_domain::ids;
use headgate_events::GateRequirements;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::limits::Limits;
use crate::templates::{TEMPLATES, template};

/// Most phases of a type.
pub const MAX_PHASES: usize = 20;
const DELIVERY: &str = include_str!("../types/delivery.json");

/// A type of engagements.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// Name of the type.
    pub name: String,
    /// Its phases, in order.
    pub phases: Vec<Phase>,
}

/// A phase of a type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Phase {
    /// Id of the phase: 1 to 64 characters of a-z, 0-9 and `-`.
    pub id: String,
    /// Title for people.
    pub title: String,
    /// Role of the agent that begins.
    pub entry: String,
    /// Roles of the agents that take part.
    pub members: Vec<String>,
    /// Limits of the work.
    pub limits: Limits,
    /// Templates of the deliverables that the phase must have.
    #[serde(default)]
    pub deliverables: Vec<String>,
    /// What the review asks of the acceptance criteria.
    #[serde(default)]
    pub criteria: Criteria,
    /// Who decides on the result; absent if the review is enough.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gate: Option<GateRequirements>,
}

/// What the review of a phase asks of the acceptance criteria.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Criteria {
    /// Nothing.
    #[default]
    Ignored,
    /// The result says of each whether it is met, not met or unverified.
    Reported,
    /// Each is met, and a deliverable shows it.
    Met,
}

/// A type that cannot work.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("engagement type `{kind}`: {problem}")]
pub struct KindError {
    /// Name of the type.
    pub kind: String,
    /// What is wrong, and how it should be.
    pub problem: String,
}

/// All types that the fleet knows: the built-in ones and the team's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kinds(BTreeMap<String, Kind>);

impl Default for Kinds {
    /// The built-in types.
    fn default() -> Self {
        // A test reads it.
        let delivery: Option<Kind> = serde_json::from_str(DELIVERY).ok();
        Self(delivery.into_iter().map(|kind| (kind.name.clone(), kind)).collect())
    }
}

impl FromStr for Kinds {
    type Err = String;

    /// Reads the team's own types, a JSON array, and adds the built-in ones. A type of the team replaces a built-in one of the same name.
    fn from_str(text: &str) -> Result<Self, String> {
        let own: Vec<Kind> = serde_json::from_str(text).map_err(|e| e.to_string())?;
        let mut all = Self::default();
        let gates: Vec<Value> = serde_json::from_str(text).map_err(|e| e.to_string())?;
        let phases = gates.iter().flat_map(|kind| kind["phases"].as_array().into_iter().flatten());
        for phase in phases {
            check_gate_members(&phase["gate"])
                .map_err(|e| format!("phase {}: {e}", phase["id"]))?;
        }
        let mut seen = BTreeSet::new();
        for kind in own {
            kind.check().map_err(|e| e.to_string())?;
            if !seen.insert(kind.name.clone()) {
                return Err(format!("engagement type `{}` is there twice", kind.name));
            }
            all.0.insert(kind.name.clone(), kind);
        }
        Ok(all)
    }
}

impl Kinds {
    /// The phases of a type; none for `change-only`. `None` if there is no such type.
    #[must_use]
    pub fn phases(&self, kind: &str) -> Option<&[Phase]> {
        match kind {
            CHANGE_ONLY => Some(&[]),
            other => self.0.get(other).map(|kind| kind.phases.as_slice()),
        }
    }

    /// Names of all types, for messages.
    #[must_use]
    pub fn names(&self) -> String {
        let own = self.0.keys().map(String::as_str);
        let mut all: Vec<_> = own.chain([CHANGE_ONLY]).collect();
        all.sort_unstable();
        all.join(", ")
    }
}

impl Kind {
    /// Checks that every engagement of this type can come to its end.
    ///
    /// # Errors
    /// The first problem.
    pub fn check(&self) -> Result<(), KindError> {
        let fail = |problem: String| Err(KindError { kind: self.name.clone(), problem });
        if !ids::is_valid(&self.name) || self.name == CHANGE_ONLY {
            return fail(format!(
                "the name must be 1 to 64 characters of a-z, 0-9 and -, and not `{CHANGE_ONLY}`"
            ));
        }
        if !(1..=MAX_PHASES).contains(&self.phases.len()) {
            return fail(format!("it must have 1 to {MAX_PHASES} phases"));
        }
        let mut ids = BTreeSet::new();
        for phase in &self.phases {
            if !ids.insert(&phase.id) {
                return fail(format!("phase `{}` is there twice", phase.id));
            }
            if let Err(problem) = phase.check() {
                return fail(format!("phase `{}`: {problem}", phase.id));
            }
        }
        Ok(())
    }
}

impl Phase {
    fn check(&self) -> Result<(), String> {
        let Self { id, title, entry, members, limits, deliverables, gate, .. } = self;
        if !ids::is_valid(id) {
            return Err("the id must be 1 to 64 characters of a-z, 0-9 and -".to_owned());
        }
        if title.trim().is_empty() || title.len() > 100 {
            return Err("the title must be 1 to 100 characters long".to_owned());
        }
        if let Some(bad) = members.iter().find(|role| !ids::is_valid(role)) {
            return Err(format!(
                "`{bad}` cannot be a role: use 1 to 64 characters of a-z, 0-9 and -"
            ));
        }
        if members.is_empty() || members.len() > MAX_PHASES || !members.contains(entry) {
            return Err(format!(
                "the entry role `{entry}` must be one of 1 to {MAX_PHASES} members"
            ));
        }
        if let Some(unknown) = deliverables.iter().find(|name| template(name).is_none()) {
            let known: Vec<_> = TEMPLATES.iter().map(|(name, _)| *name).collect();
            return Err(format!(
                "there is no template `{unknown}`; use one of: {}",
                known.join(", ")
            ));
        }
        limits.check()?;
        let Some(gate) = gate else { return Ok(()) };
        let seats = gate.seats.iter().chain(&gate.demanded);
        if gate.quorum == 0 && seats.count() == 0 {
            return Err(
                "a gate needs a quorum or seats; leave the gate out if nobody decides".to_owned()
            );
        }
        check_gate(gate)?;
        if !(60..=30 * 86_400).contains(&gate.expires_in_seconds) {
            return Err("expires_in_seconds of the gate must be 60 to 2592000 (30 days)".to_owned());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn the_delivery_type_is_what_the_teams_were_promised() {
        let kinds = Kinds::default();
        let phases = kinds.phases("delivery").unwrap();
        let ids: Vec<_> = phases.iter().map(|p| p.id.as_str()).collect();
        assert_eq!(
            ids,
            ["discovery", "architecture", "poc", "production", "handoff", "retrospective"]
        );
        Kind { name: "delivery".to_owned(), phases: phases.to_vec() }.check().unwrap();
        let limits = |n: usize| {
            let l = &phases[n].limits;
            (
                l.handoffs,
                l.iterations,
                l.timeout_seconds,
                l.turn_seconds,
                l.window,
                l.distinct_agents,
            )
        };
        assert_eq!(limits(0), (10, 10, 900, 300, 6, 2));
        assert_eq!(limits(1), (15, 15, 1200, 300, 8, 3));
        assert!(phases.iter().all(|p| p.limits.duration_seconds == 1200));
        let gated = phases.iter().filter(|p| p.gate.is_some()).count();
        assert_eq!((gated, phases[5].gate.is_none()), (5, true));
        assert_eq!(kinds.phases(CHANGE_ONLY), Some(&[][..]));
        assert_eq!(kinds.phases("delivrey"), None);
    }

    #[test]
    fn a_type_that_cannot_come_to_its_end_is_refused() {
        let good: Kind = serde_json::from_str(DELIVERY).unwrap();
        let refused = |edit: &dyn Fn(&mut Kind)| {
            let mut kind = good.clone();
            edit(&mut kind);
            kind.check().unwrap_err().problem
        };
        let said = [
            refused(&|k| k.name = "change-only".to_owned()),
            refused(&|k| k.phases.clear()),
            refused(&|k| k.phases[1].id = "discovery".to_owned()),
            refused(&|k| k.phases[0].id = "a/b".to_owned()),
            refused(&|k| k.phases[0].entry = "qa".to_owned()),
            refused(&|k| k.phases[0].deliverables.push("novel".to_owned())),
            refused(&|k| k.phases[0].limits.timeout_seconds = 0),
            refused(&|k| k.phases[0].limits.extended_timeout_seconds = 100_000),
            refused(&|k| k.phases[0].limits.distinct_agents = 7),
            refused(&|k| k.phases[0].gate.as_mut().unwrap().quorum = 0),
            refused(&|k| k.phases[0].gate.as_mut().unwrap().roles.clear()),
            refused(&|k| k.phases[0].gate.as_mut().unwrap().expires_in_seconds = 0),
        ];
        assert!(said.iter().all(|problem| problem.len() > 20), "{said:#?}");
        let distinct: BTreeSet<_> = said.iter().collect();
        assert_eq!(distinct.len(), said.len(), "{said:#?}");
    }

    #[test]
    fn a_team_adds_types_and_replaces_built_in_ones() {
        let mut own: Kind = serde_json::from_str(DELIVERY).unwrap();
        own.phases.truncate(2);
        let text = serde_json::to_string(&[&own]).unwrap();
        assert_eq!(text.parse::<Kinds>().unwrap().phases("delivery").unwrap().len(), 2);
        own.name = "short".to_owned();
        let text = serde_json::to_string(&[&own]).unwrap();
        let kinds: Kinds = text.parse().unwrap();
        assert_eq!(kinds.names(), "change-only, delivery, short");
        // A misspelled member would have no effect.
        let misspelled = text.replace("\"roles\"", "\"rolls\":[],\"roles\"");
        assert!(misspelled.parse::<Kinds>().unwrap_err().contains("`rolls`"));
        let twice = serde_json::to_string(&[&own, &own]).unwrap();
        assert!(twice.parse::<Kinds>().unwrap_err().contains("twice"));
    }
}
