//! What agents report of their work, and the limits that it is held against.

use std::collections::{BTreeMap, BTreeSet};

use headgate_events::PhaseLimit;
use headgate_events::latest::PhaseBreached;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::kind::Phase;
use crate::limits::{Limits, MAX_HANDOFFS, OnBreach};
use crate::refused::Refused;

/// Part of a budget, in percent, from which on there is a warning.
const WARNING_PERCENT: u64 = 80;

/// The work of an attempt so far. All figures are totals since the attempt began, so a report that comes twice or late changes nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Usage {
    /// Work of each agent, by its role.
    #[serde(default)]
    pub agents: BTreeMap<String, AgentUsage>,
    /// Handoffs between agents, oldest first.
    #[serde(default)]
    pub handoffs: Vec<Handoff>,
}

/// The work of one agent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AgentUsage {
    /// Tokens that were used.
    #[serde(default)]
    pub tokens: u64,
    /// Turns that were taken.
    #[serde(default)]
    pub turns: u32,
    /// Seconds of the longest turn.
    #[serde(default)]
    pub longest_turn_seconds: u32,
}

/// One agent hands the work to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Handoff {
    /// Role of the agent that hands over.
    pub from: String,
    /// Role of the agent that takes over.
    pub to: String,
    /// Size of the context that is handed over, in tokens.
    #[serde(default)]
    pub context_tokens: u64,
}

/// The work of all attempts at a phase that are over.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Spent {
    /// Tokens of all agents.
    pub tokens: u64,
    /// Turns of all agents.
    pub turns: u32,
    /// Handoffs between agents.
    pub handoffs: u32,
    /// Largest context that was handed over, in tokens.
    pub largest_context: u64,
}

impl Spent {
    /// Adds the work of an attempt.
    pub(crate) fn add(&mut self, usage: &Usage) {
        let tokens = usage.agents.values().map(|agent| agent.tokens);
        self.tokens = tokens.fold(self.tokens, u64::saturating_add);
        self.turns = self.turns.saturating_add(usage.turns());
        let handoffs = u32::try_from(usage.handoffs.len()).unwrap_or(u32::MAX);
        self.handoffs = self.handoffs.saturating_add(handoffs);
        let largest = usage.handoffs.iter().map(|handoff| handoff.context_tokens).max();
        self.largest_context = self.largest_context.max(largest.unwrap_or_default());
    }
}

impl Usage {
    /// Takes a report into account.
    ///
    /// # Errors
    /// [`Refused`] if it names an agent that is no member of the phase, or contradicts an earlier report.
    pub(crate) fn merge(&mut self, report: &Self, phase: &Phase) -> Result<(), Refused> {
        let hands = report.handoffs.iter().flat_map(|h| [&h.from, &h.to]);
        if let Some(stranger) =
            report.agents.keys().chain(hands).find(|role| !phase.members.contains(role))
        {
            return Err(Refused::NoMember(stranger.clone(), phase.members.join(", ")));
        }
        // A limit is lower than what is kept, so more of them change nothing.
        let kept = &report.handoffs[..report.handoffs.len().min(MAX_HANDOFFS)];
        let both = self.handoffs.len().min(kept.len());
        if self.handoffs[..both] != kept[..both] {
            return Err(Refused::HandoffsDiffer);
        }
        if kept.len() > self.handoffs.len() {
            self.handoffs = kept.to_vec();
        }
        for (role, new) in &report.agents {
            let known = self.agents.entry(role.clone()).or_default();
            known.tokens = known.tokens.max(new.tokens);
            known.turns = known.turns.max(new.turns);
            known.longest_turn_seconds = known.longest_turn_seconds.max(new.longest_turn_seconds);
        }
        Ok(())
    }

    /// Turns of all agents together.
    #[must_use]
    pub fn turns(&self) -> u32 {
        self.agents.values().fold(0, |sum, agent| sum.saturating_add(agent.turns))
    }

    /// The agents in the order in which they had the work.
    fn order(&self) -> impl Iterator<Item = &str> {
        let first = self.handoffs.first().map(|h| h.from.as_str());
        first.into_iter().chain(self.handoffs.iter().map(|h| h.to.as_str()))
    }

    /// The fewest distinct agents among `window` agents in a row; `None` if there were not so many yet.
    fn fewest_distinct(&self, window: u32) -> Option<u64> {
        let order: Vec<_> = self.order().collect();
        let windows = order.windows(usize::try_from(window).unwrap_or(usize::MAX).max(1));
        let distinct = windows.map(|w| w.iter().collect::<BTreeSet<_>>().len() as u64);
        distinct.min()
    }

    /// Every limit that is exceeded, or of which so much is used that there is a warning.
    pub(crate) fn breaches(&self, phase: &Phase, attempt: u32) -> Vec<PhaseBreached> {
        let Limits { handoffs, iterations, turn_seconds, window, distinct_agents, tokens, .. } =
            &phase.limits;
        let stop = phase.limits.on_breach == OnBreach::Stop;
        let breach = |limit, agent: Option<&String>, found: u64, allowed: u64, warning: bool| {
            let (phase, agent) = (phase.id.clone(), agent.cloned());
            let stops = stop && !warning;
            PhaseBreached { phase, attempt, limit, agent, found, allowed, warning, stops }
        };
        let mut all = Vec::new();
        let mut over = |limit, agent, found: u64, allowed: u64| {
            if found > allowed {
                all.push(breach(limit, agent, found, allowed, false));
            }
        };
        over(PhaseLimit::Handoffs, None, self.handoffs.len() as u64, u64::from(*handoffs));
        over(PhaseLimit::Iterations, None, u64::from(self.turns()), u64::from(*iterations));
        for (role, agent) in &self.agents {
            let longest = u64::from(agent.longest_turn_seconds);
            over(PhaseLimit::TurnSeconds, Some(role), longest, u64::from(*turn_seconds));
            let Some(budget) = tokens else { continue };
            over(PhaseLimit::Tokens, Some(role), agent.tokens, *budget);
        }
        if let Some(budget) = tokens {
            let near = |used: u64| {
                used <= *budget
                    && u128::from(used) * 100 >= u128::from(*budget) * u128::from(WARNING_PERCENT)
            };
            for (role, agent) in self.agents.iter().filter(|(_, agent)| near(agent.tokens)) {
                all.push(breach(PhaseLimit::Tokens, Some(role), agent.tokens, *budget, true));
            }
        }
        if let Some(found) = self.fewest_distinct(*window)
            && found < u64::from(*distinct_agents)
        {
            let allowed = u64::from(*distinct_agents);
            all.push(breach(PhaseLimit::DistinctAgents, None, found, allowed, false));
        }
        all
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::Kinds;

    fn phase() -> Phase {
        let mut phase = Kinds::default().phases("delivery").unwrap()[1].clone();
        phase.limits.tokens = Some(1_000);
        phase
    }

    fn handoffs(roles: &[&str]) -> Vec<Handoff> {
        let pair =
            |w: &[&str]| Handoff { from: w[0].to_owned(), to: w[1].to_owned(), context_tokens: 7 };
        roles.windows(2).map(pair).collect()
    }

    fn of(agent: &str, tokens: u64, turns: u32, longest: u32) -> Usage {
        let usage = AgentUsage { tokens, turns, longest_turn_seconds: longest };
        Usage { agents: [(agent.to_owned(), usage)].into(), handoffs: Vec::new() }
    }

    fn limits(usage: &Usage) -> Vec<(PhaseLimit, u64, bool)> {
        usage.breaches(&phase(), 1).iter().map(|b| (b.limit, b.found, b.warning)).collect()
    }

    #[test]
    fn reports_are_totals_so_copies_and_late_ones_change_nothing() {
        let mut usage = Usage::default();
        let (early, late) = (of("sa", 10, 1, 5), of("sa", 30, 2, 4));
        for report in [&late, &early, &late] {
            usage.merge(report, &phase()).unwrap();
        }
        assert_eq!(
            usage.agents["sa"],
            AgentUsage { tokens: 30, turns: 2, longest_turn_seconds: 5 }
        );
        let long = Usage { handoffs: handoffs(&["sa", "infra", "security"]), ..Usage::default() };
        let short = Usage { handoffs: handoffs(&["sa", "infra"]), ..Usage::default() };
        usage.merge(&long, &phase()).unwrap();
        usage.merge(&short, &phase()).unwrap();
        assert_eq!(usage.handoffs.len(), 2);
        let other = Usage { handoffs: handoffs(&["sa", "security"]), ..Usage::default() };
        assert_eq!(usage.merge(&other, &phase()), Err(Refused::HandoffsDiffer));
        assert!(matches!(usage.merge(&of("qa", 1, 1, 1), &phase()), Err(Refused::NoMember(..))));
    }

    #[test]
    fn a_budget_warns_at_80_percent_and_is_exceeded_above_100() {
        for (tokens, expected) in [
            (799, vec![]),
            (800, vec![(PhaseLimit::Tokens, 800, true)]),
            (1_000, vec![(PhaseLimit::Tokens, 1_000, true)]),
            (1_001, vec![(PhaseLimit::Tokens, 1_001, false)]),
            (u64::MAX, vec![(PhaseLimit::Tokens, u64::MAX, false)]),
        ] {
            assert_eq!(limits(&of("sa", tokens, 1, 1)), expected, "{tokens}");
        }
    }

    #[test]
    fn each_limit_is_exceeded_by_one_more_than_it_allows() {
        assert_eq!(limits(&of("sa", 1, 15, 300)), []);
        assert_eq!(limits(&of("sa", 1, 16, 300)), [(PhaseLimit::Iterations, 16, false)]);
        assert_eq!(limits(&of("sa", 1, 1, 301)), [(PhaseLimit::TurnSeconds, 301, false)]);
        let round = ["sa", "infra", "security"].into_iter().cycle();
        let roles: Vec<_> = round.take(17).collect();
        let usage = Usage { handoffs: handoffs(&roles), ..Usage::default() };
        assert_eq!(limits(&usage), [(PhaseLimit::Handoffs, 16, false)]);
    }

    #[test]
    fn two_agents_that_only_hand_to_each_other_are_a_loop() {
        let back_and_forth = |n: usize| {
            let roles: Vec<_> = ["sa", "infra"].into_iter().cycle().take(n).collect();
            Usage { handoffs: handoffs(&roles), ..Usage::default() }
        };
        assert_eq!(limits(&back_and_forth(7)), []);
        assert_eq!(limits(&back_and_forth(8)), [(PhaseLimit::DistinctAgents, 2, false)]);
        // A third one among the last eight: no loop.
        let mut roles: Vec<_> = ["sa", "infra"].into_iter().cycle().take(7).collect();
        roles.insert(3, "security");
        assert_eq!(limits(&Usage { handoffs: handoffs(&roles), ..Usage::default() }), []);
    }
}
