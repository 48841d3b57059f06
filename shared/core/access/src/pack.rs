//! Packs what an apply needs into policies that STS takes.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::needs::Needs;
use crate::place::Place;
use crate::services::is_open;
use crate::{SessionPolicy, Width, arns};

/// Most characters of a session policy: <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>.
pub const MAX_POLICY: usize = 2_048;
/// Names are only merged into a pattern if they have so many characters in common: a pattern like `table/*` would be every table. Names in most services are
/// never merged.
const COMMON: usize = 4;
/// What services do with a key on behalf of the apply.
const USE_KEY: [&str; 6] = [
    "kms:CreateGrant",
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:Encrypt",
    "kms:GenerateDataKey*",
    "kms:ReEncrypt*",
];

/// A policy document.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Document {
    version: &'static str,
    statement: Vec<Statement>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Statement {
    effect: &'static str,
    action: BTreeSet<String>,
    resource: BTreeSet<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    condition: Option<Condition>,
}

/// Operator, key, values.
type Condition = BTreeMap<&'static str, BTreeMap<&'static str, BTreeSet<String>>>;

impl Statement {
    fn allow(action: BTreeSet<String>, resource: BTreeSet<String>) -> Self {
        Self { effect: "Allow", action, resource, condition: None }
    }

    fn if_like(self, key: &'static str, values: BTreeSet<String>) -> Self {
        let mut condition = self.condition.unwrap_or_default();
        condition.entry("StringLike").or_default().insert(key, values);
        Self { condition: Some(condition), ..self }
    }
}

/// The policies that fit and are not wider than the environment allows, the narrowest first.
pub(crate) fn policies(needs: &Needs, place: &Place, widest: Width) -> Vec<SessionPolicy> {
    let mut policies: Vec<SessionPolicy> = Vec::new();
    let widths = [Width::Exact, Width::Names, Width::Services];
    for width in widths.into_iter().filter(|width| *width <= widest) {
        let document =
            Document { version: "2012-10-17", statement: statements(needs, place, width) };
        let document = serde_json::to_string(&document).unwrap_or_default();
        let is_new = policies.last().is_none_or(|last| last.document != document);
        if is_new && !document.is_empty() && document.len() <= MAX_POLICY {
            policies.push(SessionPolicy { width, document });
        }
    }
    policies
}

fn statements(needs: &Needs, place: &Place, width: Width) -> Vec<Statement> {
    let mut regional = needs.regional.clone();
    let mut scoped: BTreeMap<BTreeSet<String>, BTreeSet<String>> = BTreeMap::new();
    for (arn, actions) in &needs.scoped {
        let service = arns::service(arn, place).unwrap_or_default();
        let whole = format!("{service}:*");
        if width == Width::Services && is_open(service) {
            regional.entry(whole).or_default().insert(region(arn, place));
        } else {
            // An action of one service means nothing on an ARN of another, so one statement is enough for all that is allowed everything.
            let everything = actions.contains(&whole);
            let key = if everything { BTreeSet::new() } else { actions.clone() };
            scoped.entry(key).or_default().insert(arn.clone());
        }
    }
    let mut all = Vec::new();
    for (actions, arns) in scoped {
        let services = || arns.iter().filter_map(|arn| arns::service(arn, place));
        let actions = if actions.is_empty() {
            services().map(|service| format!("{service}:*")).collect()
        } else {
            actions
        };
        let arns = if width == Width::Exact { arns } else { merged(&arns) };
        all.push(Statement::allow(actions, arns));
    }
    // What a plan reads, and the roles that it passes, are never widened.
    if !needs.read.is_empty() {
        let services = needs.read.iter().filter_map(|arn| arns::service(arn, place));
        let get = services.map(|service| format!("{service}:Get*")).collect();
        all.push(Statement::allow(get, needs.read.clone()));
    }
    let creates = |action: &str| action.starts_with("ec2:") && !action.contains("Describe");
    if let Some((_, regions)) = regional.iter().find(|(action, _)| creates(action)) {
        // Tags of what is created, and of nothing else.
        let tags = BTreeSet::from(["ec2:CreateTags".to_owned()]);
        let anything = BTreeSet::from(["?*".to_owned()]);
        let tags = Statement::allow(tags, any()).if_like("ec2:CreateAction", anything);
        all.push(tags.if_like("aws:RequestedRegion", regions.clone()));
    }
    all.extend(everywhere(regional));
    if !needs.global.is_empty() {
        all.push(Statement::allow(needs.global.clone(), any()));
    }
    if !needs.passed.is_empty() {
        let pass = ["iam:GetRole", "iam:ListAttachedRolePolicies", "iam:PassRole"];
        all.push(Statement::allow(pass.map(str::to_owned).into(), needs.passed.clone()));
    }
    if !needs.linked.is_empty() {
        let link = BTreeSet::from(["iam:CreateServiceLinkedRole".to_owned()]);
        all.push(Statement::allow(link, needs.linked.clone()));
    }
    if !needs.keys.is_empty() {
        let via = needs.keys.iter().map(|region| format!("*.{region}.*")).collect();
        let used = USE_KEY.map(str::to_owned).into();
        all.push(Statement::allow(used, any()).if_like("kms:ViaService", via));
    }
    for grant in &needs.grants {
        let resources = grant.resources.iter().cloned().collect();
        all.push(Statement::allow(grant.actions.iter().cloned().collect(), resources));
    }
    if all.is_empty() {
        // Without a session policy, the credentials could do what the role can.
        all.push(Statement { effect: "Deny", ..Statement::allow(any(), any()) });
    }
    all
}

fn any() -> BTreeSet<String> {
    BTreeSet::from(["*".to_owned()])
}

/// Actions on everything, in the regions of the plan.
fn everywhere(regional: BTreeMap<String, BTreeSet<String>>) -> Vec<Statement> {
    let mut by_regions: BTreeMap<BTreeSet<String>, BTreeSet<String>> = BTreeMap::new();
    for (action, regions) in &regional {
        let service = action.split(':').next().unwrap_or_default();
        let whole = regional.get(&format!("{service}:*"));
        let included = whole.is_some_and(|whole| whole.is_superset(regions));
        if !included || action.ends_with(":*") {
            by_regions.entry(regions.clone()).or_default().insert(action.clone());
        }
    }
    let allowed = |(regions, actions)| {
        Statement::allow(actions, any()).if_like("aws:RequestedRegion", regions)
    };
    by_regions.into_iter().map(allowed).collect()
}

/// The region in an ARN; that of the plan, if it has none.
fn region(arn: &str, place: &Place) -> String {
    let region = arn.split(':').nth(3).filter(|region| !region.is_empty());
    region.unwrap_or_else(|| place.region()).to_owned()
}

/// One pattern for the ARNs of each kind: what they have in common.
fn merged(arns: &BTreeSet<String>) -> BTreeSet<String> {
    let mut groups: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for arn in arns {
        let (kind, name) = arn.split_at(kind_end(arn));
        groups.entry(kind).or_default().push(name);
    }
    let mut out = BTreeSet::new();
    for (kind, names) in groups {
        let common = common(&names);
        // In services that store data or run code, names often begin like those of others.
        let service = kind.split(':').nth(2).unwrap_or_default();
        let merges = is_open(service) || ["events", "sns", "sqs"].contains(&service);
        let too_wide = !merges || common.len() < COMMON;
        if names.len() == 1 || too_wide {
            out.extend(names.iter().map(|name| format!("{kind}{name}")));
        } else {
            out.insert(format!("{kind}{common}*"));
        }
    }
    out
}

/// Where the name begins in an ARN: after the type of the resource, if it has one.
fn kind_end(arn: &str) -> usize {
    let colons: Vec<_> = arn.match_indices(':').map(|(at, _)| at).collect();
    let resource = colons.get(4).map_or(arn.len(), |at| at + 1);
    let rest = &arn[resource..];
    // Names of topics and buckets stand alone; a queue's name has neither character.
    let typed = rest.find(['/', ':']).filter(|_| !arn.contains(":s3:") && !arn.contains(":sns:"));
    resource + typed.map_or(0, |at| at + 1)
}

fn common<'a>(names: &[&'a str]) -> &'a str {
    let Some(first) = names.first() else { return "" };
    let same =
        |at: usize| names.iter().all(|name| name.as_bytes().get(at) == first.as_bytes().get(at));
    let mut end = (0..first.len()).take_while(|at| same(*at)).count();
    while !first.is_char_boundary(end) {
        end -= 1;
    }
    let common = &first[..end];
    // An escaped character is not cut, and what follows a wildcard is not needed.
    let cut = common.rfind("${").filter(|at| !common[*at..].contains('}'));
    let common = &common[..cut.unwrap_or(end)];
    common.strip_suffix("$").unwrap_or(common).trim_end_matches('*')
}

#[cfg(test)]
mod tests {
    use super::{common, merged};

    #[test]
    fn names_are_merged_by_kind_if_they_have_enough_in_common_and_roles_never() {
        let arns = |all: &[&str]| all.iter().map(|a| format!("arn:aws:{a}")).collect();
        let merge = |all: &[&str]| merged(&arns(all));
        assert_eq!(merge(&["sqs:r:1:app-a", "sqs:r:1:app-b"]), arns(&["sqs:r:1:app-*"]));
        assert_eq!(merge(&["sqs:r:1:app-a"]), arns(&["sqs:r:1:app-a"]));
        let bucket = ["s3:::logs", "s3:::logs/*"];
        assert_eq!(merge(&bucket), arns(&bucket));
        let functions = ["lambda:r:1:function:orders", "lambda:r:1:function:orders:*"];
        assert_eq!(merge(&functions), arns(&functions));
        let apart = ["sqs:r:1:app-a", "sqs:r:1:apx-b"];
        assert_eq!(merge(&apart), arns(&apart));
        let roles = ["iam::1:role/app-a", "iam::1:role/app-b"];
        assert_eq!(merge(&roles), arns(&roles));
        let kinds = ["iam::1:role/app-a", "iam::1:policy/app-a"];
        assert_eq!(merge(&kinds), arns(&kinds));
    }

    #[test]
    fn an_escaped_character_is_never_cut() {
        assert_eq!(common(&["a${*}", "a${?}"]), "a");
        assert_eq!(common(&["a${*}b", "a${*}c"]), "a${*}");
        assert_eq!(common(&["aé", "aè"]), "a");
        assert_eq!(common(&["a*", "a*b"]), "a");
    }
}
