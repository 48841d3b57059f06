//! Packs what an apply needs into policies that STS takes.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::needs::{Needs, listing};
use crate::place::Place;
use crate::{SessionPolicy, Width, arns};

/// Most characters of a session policy: <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html>.
pub const MAX_POLICY: usize = 2_048;
/// Names in IAM are only merged into a pattern if they have so many characters in common: a pattern like `role/*` would be every role.
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

    fn if_like(self, operator: &'static str, key: &'static str, values: BTreeSet<String>) -> Self {
        let condition = BTreeMap::from([(operator, BTreeMap::from([(key, values)]))]);
        Self { condition: Some(condition), ..self }
    }
}

/// The policies that fit, the narrowest first.
pub(crate) fn policies(needs: &Needs, place: &Place) -> Vec<SessionPolicy> {
    let mut policies: Vec<SessionPolicy> = Vec::new();
    for width in [Width::Exact, Width::Names, Width::Services] {
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
    let any = || BTreeSet::from(["*".to_owned()]);
    let (mut regional, mut actions) = (needs.regional.clone(), needs.actions.clone());
    let mut scoped = BTreeSet::new();
    for arn in &needs.scoped {
        let service = arns::service(arn).unwrap_or_default().to_owned();
        if width == Width::Services && service != "iam" {
            regional.entry(service).or_default().insert(region(arn, place));
        } else if !regional.contains_key(&service) {
            actions.extend(listing(&service));
            scoped.insert(arn.clone());
        }
    }
    // What a whole service includes.
    actions.retain(|action| {
        let service = action.split(':').next().unwrap_or_default();
        !regional.contains_key(service) && !needs.global.contains(service)
    });
    let merged = |arns: &BTreeSet<String>| match width {
        Width::Exact => arns.clone(),
        Width::Names | Width::Services => merged(arns),
    };
    let services = |arns: &BTreeSet<String>, suffix: &str| {
        arns.iter().filter_map(|arn| Some(format!("{}:{suffix}", arns::service(arn)?))).collect()
    };
    let mut all = Vec::new();
    if !scoped.is_empty() {
        all.push(Statement::allow(services(&scoped, "*"), merged(&scoped)));
    }
    if !needs.read.is_empty() {
        all.push(Statement::allow(services(&needs.read, "Get*"), merged(&needs.read)));
    }
    let mut by_regions: BTreeMap<BTreeSet<String>, BTreeSet<String>> = BTreeMap::new();
    for (service, regions) in regional {
        by_regions.entry(regions).or_default().insert(format!("{service}:*"));
    }
    for (regions, services) in by_regions {
        all.push(Statement::allow(services, any()).if_like(
            "StringLike",
            "aws:RequestedRegion",
            regions,
        ));
    }
    actions.extend(needs.global.iter().map(|service| format!("{service}:*")));
    if !actions.is_empty() {
        all.push(Statement::allow(actions, any()));
    }
    if !needs.passed.is_empty() {
        let pass = BTreeSet::from(["iam:PassRole".to_owned()]);
        all.push(Statement::allow(pass, merged(&needs.passed)));
    }
    if needs.keys {
        let via = BTreeSet::from([format!("*.{}.*", place.region())]);
        let used = USE_KEY.map(str::to_owned).into();
        all.push(Statement::allow(used, any()).if_like("StringLike", "kms:ViaService", via));
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
        let too_wide = kind.contains(":iam:") && common.len() < COMMON;
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
    fn names_are_merged_by_kind_and_roles_only_with_enough_in_common() {
        let arns = |all: &[&str]| all.iter().map(|a| format!("arn:aws:{a}")).collect();
        let merge = |all: &[&str]| merged(&arns(all));
        assert_eq!(merge(&["sqs:r:1:app-a", "sqs:r:1:app-b"]), arns(&["sqs:r:1:app-*"]));
        assert_eq!(merge(&["sqs:r:1:app-a"]), arns(&["sqs:r:1:app-a"]));
        assert_eq!(merge(&["s3:::logs", "s3:::logs/*"]), arns(&["s3:::logs*"]));
        let roles = ["iam::1:role/app-a", "iam::1:role/app-b"];
        assert_eq!(merge(&roles), arns(&["iam::1:role/app-*"]));
        let apart = ["iam::1:role/app", "iam::1:role/web"];
        assert_eq!(merge(&apart), arns(&apart));
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
