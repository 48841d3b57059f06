//! An engagement, as the person who owns it created it.

use std::collections::BTreeMap;

use headgate_events::{Artifact, EngagementId, PrincipalId, Reason};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::ids;

/// Name of the type of engagements without phases.
pub const CHANGE_ONLY: &str = "change-only";
/// Longest goal, in bytes.
const MAX_GOAL: usize = 4_000;
/// Most entries of a list.
const MAX_ENTRIES: usize = 100;
/// Most readers. Each has an item of their own, which is written in the same transaction: DynamoDB takes 100 items.
const MAX_READERS: usize = 50;
/// Longest entry of a list, in bytes. The review of a phase repeats every criterion, and an item of the ledger has 400 KB.
const MAX_ENTRY: usize = 1_000;

/// One piece of delivery work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Engagement {
    /// Id of the engagement.
    pub engagement_id: EngagementId,
    /// Name of its type, which says what phases it has.
    #[serde(rename = "type", default = "change_only")]
    pub kind: String,
    /// Goal of the work.
    pub goal: String,
    /// Person who owns the engagement.
    pub owner: PrincipalId,
    /// Criteria that show that the work is done.
    pub acceptance_criteria: Vec<String>,
    /// Environment in which the work happens.
    pub environment: String,
    /// The agent that has each role; empty if the type has no phases.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub members: BTreeMap<String, PrincipalId>,
    /// Who may read the engagement and its changes, beside its owner, its members, and those whose role may read everything.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub readers: Vec<PrincipalId>,
    /// What else was agreed.
    #[serde(default)]
    pub scope: Scope,
    /// The statement of work that it was read from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Artifact>,
    /// When the engagement was created.
    pub created_at: Timestamp,
}

impl headgate_events::Versioned for Engagement {}

fn change_only() -> String {
    CHANGE_ONLY.to_owned()
}

/// What was agreed on the work, beside its goal and its acceptance criteria. All of it is text of people: data, never an instruction.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Scope {
    /// What the work is for.
    pub objectives: Vec<String>,
    /// What the result must do.
    pub requirements: Vec<String>,
    /// What limits the work.
    pub constraints: Vec<String>,
    /// What is taken for granted.
    pub assumptions: Vec<String>,
    /// What is handed over.
    pub deliverables: Vec<String>,
    /// What is due when.
    pub timeline: Vec<String>,
    /// Repositories that the work may touch.
    pub repositories: Vec<String>,
    /// Who has a say or is affected.
    pub stakeholders: Vec<String>,
    /// What must be true before the work ends.
    pub exit_criteria: Vec<String>,
    /// What is not done.
    pub wont_do: Vec<String>,
}

impl Scope {
    /// Each list with its title, in the order in which people read them.
    #[must_use]
    pub fn lists(&self) -> [(&'static str, &[String]); 10] {
        [
            ("Objectives", &self.objectives),
            ("Requirements", &self.requirements),
            ("Constraints", &self.constraints),
            ("Assumptions", &self.assumptions),
            ("Deliverables", &self.deliverables),
            ("Timeline", &self.timeline),
            ("Repositories", &self.repositories),
            ("Stakeholders", &self.stakeholders),
            ("Exit criteria", &self.exit_criteria),
            ("Won't do", &self.wont_do),
        ]
    }
}

impl Scope {
    /// Takes each list that is empty here from `other`.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        let either = |own: Vec<String>, other| if own.is_empty() { other } else { own };
        Self {
            objectives: either(self.objectives, other.objectives),
            requirements: either(self.requirements, other.requirements),
            constraints: either(self.constraints, other.constraints),
            assumptions: either(self.assumptions, other.assumptions),
            deliverables: either(self.deliverables, other.deliverables),
            timeline: either(self.timeline, other.timeline),
            repositories: either(self.repositories, other.repositories),
            stakeholders: either(self.stakeholders, other.stakeholders),
            exit_criteria: either(self.exit_criteria, other.exit_criteria),
            wont_do: either(self.wont_do, other.wont_do),
        }
    }
}

impl Engagement {
    /// Checks what a person sent, except for environment, type and members.
    ///
    /// # Errors
    /// The first problem.
    pub fn check(&self) -> Result<(), Reason> {
        if !ids::is_valid(self.engagement_id.as_str()) {
            return Err(Reason::new(
                "id_invalid",
                "the engagement id must be 1 to 64 characters of a-z, 0-9 and -, and begin with a letter or digit",
            ));
        }
        if self.goal.trim().is_empty() || self.goal.len() > MAX_GOAL {
            let message = format!("the goal must be 1 to {MAX_GOAL} bytes long");
            return Err(Reason::new("goal_invalid", message));
        }
        if self.readers.len() > MAX_READERS || !self.readers.iter().all(PrincipalId::is_valid) {
            let message = format!(
                "`readers` may name at most {MAX_READERS} principals, as the token issuer calls them"
            );
            return Err(Reason::new("readers_invalid", message));
        }
        let criteria = ("acceptance_criteria", self.acceptance_criteria.as_slice());
        for (name, list) in self.scope.lists().into_iter().chain([criteria]) {
            let blank = list.iter().any(|entry| entry.trim().is_empty());
            if blank || list.len() > MAX_ENTRIES || list.iter().any(|e| e.len() > MAX_ENTRY) {
                let message = format!(
                    "`{name}` may have at most {MAX_ENTRIES} entries, each 1 to {MAX_ENTRY} bytes long"
                );
                return Err(Reason::new("list_invalid", message));
            }
        }
        Ok(())
    }

    /// Everybody who has a part in it, once each: the owner, the members and the readers.
    pub fn everybody(&self) -> impl Iterator<Item = &PrincipalId> {
        let all = || [&self.owner].into_iter().chain(self.members.values()).chain(&self.readers);
        let first =
            move |(n, who): &(usize, &PrincipalId)| !all().take(*n).any(|known| known.is(who));
        all().enumerate().filter(first).map(|(_, who)| who)
    }

    /// Whether somebody has a part in it, and may read it for that.
    #[must_use]
    pub fn includes(&self, principal: &PrincipalId) -> bool {
        self.everybody().any(|known| known.is(principal))
    }

    /// Roles of a member. One may have several.
    pub fn roles_of<'a>(&'a self, principal: &'a PrincipalId) -> impl Iterator<Item = &'a str> {
        let mine = self.members.iter().filter(move |(_, member)| member.is(principal));
        mine.map(|(role, _)| role.as_str())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn engagement() -> Engagement {
        let stored = r#"{"engagement_id": "eng-1", "goal": "g", "owner": "dana",
            "acceptance_criteria": [], "environment": "local", "created_at": "2026-11-02T09:00:00Z"}"#;
        serde_json::from_str(stored).unwrap()
    }

    #[test]
    fn what_earlier_builds_stored_has_no_phases() {
        assert_eq!(engagement().kind, CHANGE_ONLY);
        assert_eq!(engagement().check(), Ok(()));
    }

    #[test]
    fn what_is_too_long_is_refused() {
        let refused = |edit: &dyn Fn(&mut Engagement)| {
            let mut engagement = engagement();
            edit(&mut engagement);
            engagement.check().unwrap_err().code
        };
        assert_eq!(refused(&|e| e.engagement_id = "a/b".into()), "id_invalid");
        assert_eq!(refused(&|e| e.goal = "x".repeat(MAX_GOAL + 1)), "goal_invalid");
        assert_eq!(refused(&|e| e.goal = " ".to_owned()), "goal_invalid");
        assert_eq!(refused(&|e| e.acceptance_criteria.push(" ".to_owned())), "list_invalid");
        assert_eq!(refused(&|e| e.scope.wont_do = vec!["x".repeat(1_001)]), "list_invalid");
        assert_eq!(refused(&|e| e.readers = vec!["erin".into(); 51]), "readers_invalid");
        assert_eq!(refused(&|e| e.readers = vec!["".into()]), "readers_invalid");
        assert_eq!(refused(&|e| e.scope.timeline = vec!["x".to_owned(); 101]), "list_invalid");
    }

    #[test]
    fn every_list_is_checked() {
        let value = serde_json::to_value(Scope::default()).unwrap();
        assert_eq!(value.as_object().unwrap().len(), Scope::default().lists().len());
    }

    #[test]
    fn a_list_that_is_not_empty_counts() {
        let list = |text: &str| vec![text.to_owned()];
        let own = Scope { constraints: list("own"), ..Scope::default() };
        let other =
            Scope { constraints: list("other"), wont_do: list("other"), ..Scope::default() };
        let both = own.or(other);
        assert_eq!((both.constraints, both.wont_do), (list("own"), list("other")));
        assert!(both.objectives.is_empty());
    }

    #[test]
    fn owner_members_and_readers_have_a_part_once_each() {
        let mut engagement = engagement();
        for (role, member) in [("pm", "pm-bot"), ("sa", "pm-bot"), ("dev", "Dana")] {
            engagement.members.insert(role.to_owned(), member.into());
        }
        engagement.readers = vec!["erin".into(), "ERIN".into(), "dana".into()];
        let all: Vec<_> = engagement.everybody().map(PrincipalId::as_str).collect();
        assert_eq!(all, ["dana", "pm-bot", "erin"]);
        let includes = |who: &str| engagement.includes(&who.into());
        assert!(["dana", "DANA", "Pm-Bot", "erin"].into_iter().all(includes));
        assert!(!["", "dan", "danas", "pm"].into_iter().any(includes));
    }

    #[test]
    fn one_member_can_have_several_roles() {
        let mut engagement = engagement();
        for (role, member) in [("pm", "pm-bot"), ("sa", "pm-bot"), ("dev", "dev-bot")] {
            engagement.members.insert(role.to_owned(), member.into());
        }
        let roles =
            |who: &str| engagement.roles_of(&who.into()).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(roles("pm-bot"), ["pm", "sa"]);
        assert!(roles("stranger").is_empty());
    }
}
