//! Severity of each rule in each environment, and waived findings.

use std::collections::BTreeMap;

use headgate_events::{Finding, Severity};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Settings of a bundle: `settings.json` beside its policies.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Severity of a rule by environment, if it differs from the rule's own. The environment `*` means all.
    #[serde(default)]
    pub severities: BTreeMap<String, BTreeMap<String, Weight>>,
    /// Findings that somebody takes responsibility for until a date.
    #[serde(default)]
    pub waivers: Vec<Waiver>,
    /// Accounts, besides the environment's own, that policies may name as principals: the organization's own accounts, and
    /// accounts of AWS that deliver logs.
    #[serde(default)]
    pub trusted_accounts: Vec<String>,
    /// Full names of providers that a change may use. A `*` at the end matches any suffix.
    #[serde(default)]
    pub allowed_providers: Vec<String>,
    /// Sources of modules that a change may use, besides local paths. A `*` at the end matches any suffix.
    #[serde(default)]
    pub allowed_modules: Vec<String>,
    /// Names and IDs of DNS zones that only production may change.
    #[serde(default)]
    pub primary_zones: Vec<String>,
    /// Networks (CIDR blocks) that VPCs and subnets may use. Empty means that none has to be documented.
    #[serde(default)]
    pub documented_networks: Vec<String>,
    /// Addresses of resources that may be deleted in production. A `*` at the end matches any suffix.
    #[serde(default)]
    pub allowed_deletions: Vec<String>,
    /// Words in addresses that ask for more people.
    #[serde(default)]
    pub sensitive_words: Vec<String>,
    /// Scans that a change must have.
    #[serde(default)]
    pub required_scans: Vec<RequiredScan>,
    /// What agents may change. Empty means that no agent is restricted; otherwise an agent that no scope names may change nothing.
    #[serde(default)]
    pub agent_scopes: Vec<AgentScope>,
}

/// What some agents may change. In each list, a `*` at the end of an entry matches any suffix, and an empty list restricts nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgentScope {
    /// Ids of the agents.
    pub agents: Vec<String>,
    /// Names of environments.
    #[serde(default)]
    pub environments: Vec<String>,
    /// Resource types, such as `aws_sqs_*`.
    #[serde(default)]
    pub types: Vec<String>,
    /// Addresses, such as `module.tenant_a.*`.
    #[serde(default)]
    pub addresses: Vec<String>,
    /// Names of resources in AWS, of the types whose names `terraform.naming` knows.
    #[serde(default)]
    pub names: Vec<String>,
}

/// A scan that a change must have as evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequiredScan {
    /// Environment that requires it; `*` means all.
    pub environment: String,
    /// Name of the tool in lower case, such as `checkov`.
    pub tool: String,
    /// Identities of which one must have uploaded it, such as `agents/ci`; never the proposer. Empty means anybody.
    #[serde(default)]
    pub by: Vec<String>,
}

/// Severity that a rule is set to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// The findings of the rule are dropped.
    Off,
    /// For the people who decide; the verdict stays `pass`.
    Warning,
    /// The proposer must revise.
    Error,
    /// The change is blocked.
    Critical,
}

/// A finding that somebody takes responsibility for. It is still shown, as a warning with the owner's reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// Id of the rule.
    pub rule: String,
    /// Full address of the resource; a `*` at the end matches any suffix.
    pub resource: String,
    /// Environment that it applies to; absent means all.
    #[serde(default)]
    pub environment: Option<String>,
    /// Person responsible for the waiver.
    pub owner: String,
    /// Why the finding is waived.
    pub reason: String,
    /// When the waiver expires. Every waiver must expire.
    pub expires_at: Timestamp,
}

impl Waiver {
    fn covers(&self, finding: &Finding, environment: &str, now: Timestamp) -> bool {
        let resource = match self.resource.strip_suffix('*') {
            Some(prefix) => finding.resource.starts_with(prefix),
            None => finding.resource == self.resource,
        };
        let here = self.environment.as_deref().is_none_or(|e| e == environment);
        resource && here && finding.rule == self.rule && now < self.expires_at
    }
}

impl Settings {
    /// Reads `settings.json`.
    ///
    /// # Errors
    /// A message that says what is wrong, and where.
    pub fn parse(text: &str) -> Result<Self, String> {
        let settings: Self = serde_json::from_str(text).map_err(|e| e.to_string())?;
        for account in &settings.trusted_accounts {
            if account.len() != 12 || !account.bytes().all(|b| b.is_ascii_digit()) {
                return Err(format!(
                    "trusted_accounts: {account:?} is not an account ID of 12 digits"
                ));
            }
        }
        for network in &settings.documented_networks {
            let valid = network.split_once('/').is_some_and(|(address, bits)| {
                let longest = if address.contains(':') { 128 } else { 32 };
                address.parse::<std::net::IpAddr>().is_ok()
                    && bits.parse::<u8>().is_ok_and(|bits| bits <= longest)
            });
            if !valid {
                return Err(format!(
                    "documented_networks: {network:?} is not a network such as 10.0.0.0/16"
                ));
            }
        }
        for scan in &settings.required_scans {
            let safe = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_-".contains(c);
            if scan.tool.is_empty() || !scan.tool.chars().all(safe) {
                return Err(format!(
                    "required_scans: {:?} is not the name of a tool in lower case",
                    scan.tool
                ));
            }
            if let Some(by) = scan.by.iter().find(|by| !by.contains('/')) {
                return Err(format!(
                    "required_scans: {by:?} is not an uploader, such as agents/ci; `headgate scan upload` prints its own"
                ));
            }
        }
        if let Some(scope) = settings.agent_scopes.iter().find(|s| s.agents.is_empty()) {
            return Err(format!("agent_scopes: a scope of {:?} names no agents", scope.types));
        }
        for waiver in &settings.waivers {
            for (what, value) in
                [("rule", &waiver.rule), ("owner", &waiver.owner), ("reason", &waiver.reason)]
            {
                if value.trim().is_empty() {
                    return Err(format!("a waiver for {} has no {what}", waiver.resource));
                }
            }
            if waiver.resource.trim_matches('*').is_empty() {
                return Err(format!("a waiver for {} names no resource", waiver.rule));
            }
        }
        Ok(settings)
    }

    /// The documented networks: all, if none has to be documented.
    pub(crate) fn networks(&self) -> Vec<&str> {
        if self.documented_networks.is_empty() {
            return vec!["0.0.0.0/0", "::/0"];
        }
        self.documented_networks.iter().map(String::as_str).collect()
    }

    /// Adds the settings of `other`, which take precedence.
    pub(crate) fn extend(&mut self, other: Self) {
        for (environment, weights) in other.severities {
            self.severities.entry(environment).or_default().extend(weights);
        }
        self.waivers.extend(other.waivers);
        self.trusted_accounts.extend(other.trusted_accounts);
        self.allowed_providers.extend(other.allowed_providers);
        self.allowed_modules.extend(other.allowed_modules);
        self.primary_zones.extend(other.primary_zones);
        self.documented_networks.extend(other.documented_networks);
        self.allowed_deletions.extend(other.allowed_deletions);
        self.sensitive_words.extend(other.sensitive_words);
        self.required_scans.extend(other.required_scans);
        self.agent_scopes.extend(other.agent_scopes);
    }

    /// Applies severities and waivers to a finding; `None` if its rule is off in this environment.
    pub(crate) fn weigh(
        &self,
        mut finding: Finding,
        environment: &str,
        now: Timestamp,
    ) -> Option<Finding> {
        let weight = [environment, "*"].iter().find_map(|name| {
            let weights = self.severities.get(*name)?;
            let tool = finding.rule.strip_prefix("scan.").and_then(|r| r.split_once('.'));
            weights
                .get(&finding.rule)
                .or_else(|| weights.get(&format!("scan.{}.*", tool?.0)))
                .or_else(|| tool.and_then(|_| weights.get("scan.*")))
        });
        match weight {
            None => {}
            Some(Weight::Off) => return None,
            Some(Weight::Warning) => finding.severity = Severity::Warning,
            Some(Weight::Error) => finding.severity = Severity::Error,
            Some(Weight::Critical) => finding.severity = Severity::Critical,
        }
        let waiver = self.waivers.iter().find(|w| w.covers(&finding, environment, now));
        if let Some(Waiver { owner, reason, expires_at, .. }) = waiver {
            finding.severity = Severity::Warning;
            finding.message =
                format!("{} (waived by {owner} until {expires_at}: {reason})", finding.message);
        }
        Some(finding)
    }
}
