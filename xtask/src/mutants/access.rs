//! Bugs that let an apply do more than its plan says, or for longer.

use super::list::Mutant;

const ACCESS: &str = "headgate-access";
const PERMITS: &str = "headgate-permits";

const ARNS: &str = "shared/core/access/src/arns.rs";
const NEEDS: &str = "shared/core/access/src/needs.rs";
const PACK: &str = "shared/core/access/src/pack.rs";
const PASSED: &str = "shared/core/access/src/passed.rs";
const RESOLVE: &str = "shared/core/access/src/resolve.rs";
const VEND: &str = "functions/permits/src/vend.rs";

/// All bugs.
pub const ACCESS_BUGS: [Mutant; 20] = [
    Mutant {
        name: "access: a wildcard in a name is one in the policy",
        file: ARNS,
        find: "'*' | '?' | '$' => out.extend(['$', '{', c, '}']),",
        replace: "'$' => out.extend(['$', '{', c, '}']),",
        package: ACCESS,
    },
    Mutant {
        name: "access: a made-up name is any with its prefix",
        file: ARNS,
        find: "const MADE_UP: &str = \"20????????????????000000??\";",
        replace: "const MADE_UP: &str = \"*\";",
        package: ACCESS,
    },
    Mutant {
        name: "access: a slash makes another ARN",
        file: ARNS,
        find: "(!has_slashes && text.contains('/'))",
        replace: "(!has_slashes && text.contains('#'))",
        package: ACCESS,
    },
    Mutant {
        name: "access: an ARN of another account is taken",
        file: ARNS,
        find: "let ours = account.is_empty() || *account == place.account();",
        replace: "let ours = account.is_empty() || !account.is_empty();",
        package: ACCESS,
    },
    Mutant {
        name: "access: a name of any type is one of the right type",
        file: RESOLVE,
        find: ".filter(|_| owner == Some(other.kind()))",
        replace: ".filter(|_| owner.is_some())",
        package: ACCESS,
    },
    Mutant {
        name: "access: a planted ARN of another service is taken",
        file: RESOLVE,
        find: "if !own || !template.actions.is_empty() {",
        replace: "if !own && template.actions.is_empty() {",
        package: ACCESS,
    },
    Mutant {
        name: "access: a value that depends on something else is known",
        file: RESOLVE,
        find: "if from.iter().any(|block| self.blocks.of(block).is_empty()) {",
        replace: "if from.is_empty() {",
        package: ACCESS,
    },
    Mutant {
        name: "access: what the provider computes is configured",
        file: RESOLVE,
        find: "self.one.block.is_none_or(|block| block.references.contains_key(attribute))",
        replace: "self.one.block.is_none_or(|_| !attribute.is_empty())",
        package: ACCESS,
    },
    Mutant {
        name: "access: a closed service is allowed as a whole",
        file: NEEDS,
        find: "        if !is_open(service) {\n            unknown.push",
        replace: "        if service.is_empty() {\n            unknown.push",
        package: ACCESS,
    },
    Mutant {
        name: "access: a region may be a pattern",
        file: NEEDS,
        find: "if !is_region && region != place.region() {",
        replace: "if !is_region && region.is_empty() {",
        package: ACCESS,
    },
    Mutant {
        name: "access: a data source brings a grant for writing",
        file: NEEDS,
        find: "touched.iter().filter(|one| !one.is_read()).map(Touched::kind).collect();",
        replace: "touched.iter().map(Touched::kind).collect();",
        package: ACCESS,
    },
    Mutant {
        name: "access: roles in tags are passed",
        file: PASSED,
        find: "        _ => {}\n    }\n}\n\n/// Roles by their name",
        replace: "        Value::Object(map) => {\n            for (name, value) in map {\n                found(name, value, place, roles);\n            }\n        }\n        _ => {}\n    }\n}\n\n/// Roles by their name",
        package: ACCESS,
    },
    Mutant {
        name: "access: names of IAM are merged",
        file: PACK,
        find: "[\"events\", \"sns\", \"sqs\"].contains(&service)",
        replace: "[\"events\", \"iam\", \"sns\", \"sqs\"].contains(&service)",
        package: ACCESS,
    },
    Mutant {
        name: "access: a plan without needs may do everything",
        file: PACK,
        find: "all.push(Statement { effect: \"Deny\", ..Statement::allow(any(), any()) });",
        replace: "all.push(Statement::allow(any(), any()));",
        package: ACCESS,
    },
    Mutant {
        name: "access: policies are wider than the environment allows",
        file: PACK,
        find: ".filter(|width| *width <= widest)",
        replace: ".filter(|width| *width <= widest.max(Width::Services))",
        package: ACCESS,
    },
    Mutant {
        name: "access: any state may be written",
        file: "shared/core/access/src/backend.rs",
        find: "allowed.is_some_and(|states| !states.iter().any(|pattern| matches(pattern, arn)))",
        replace: "allowed.is_some_and(|states| states.is_empty() && arn.is_empty())",
        package: ACCESS,
    },
    Mutant {
        name: "access: credentials outlive the lock",
        file: VEND,
        find: "Some(if whole { left } else { usual.min(left) })",
        replace: "Some(if whole { left.max(longest) } else { usual })",
        package: PERMITS,
    },
    Mutant {
        name: "access: what is unknown gets credentials",
        file: VEND,
        find: "                && access.unknown.is_empty()\n",
        replace: "",
        package: PERMITS,
    },
    Mutant {
        name: "access: a review under other access gets credentials",
        file: VEND,
        find: "if review.basis.environment.access != environment.access {",
        replace: "if review.basis.environment.access.is_none() && environment.access.is_none() {",
        package: PERMITS,
    },
    Mutant {
        name: "access: a broken lock gets credentials",
        file: "functions/permits/src/api/credentials.rs",
        find: "if lock.broken.is_some() {",
        replace: "if lock.broken.is_some() && lock.ended {",
        package: PERMITS,
    },
];
