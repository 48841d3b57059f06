//! Providers and actions for which the credentials would not be all that an apply uses.

use headgate_domain::plan::Plan;

use crate::Unknown;

/// Settings with which a provider, or a backend, uses other credentials than those of its process.
pub(crate) const OTHER_CREDENTIALS: [&str; 10] = [
    "access_key",
    "assume_role",
    "assume_role_with_web_identity",
    "profile",
    "role_arn",
    "secret_key",
    "shared_config_files",
    "shared_credentials_file",
    "shared_credentials_files",
    "token",
];

/// Where the provider that the tables are about comes from.
const SOURCES: [&str; 2] =
    ["registry.terraform.io/hashicorp/aws", "registry.opentofu.org/hashicorp/aws"];

/// What nobody can say about the providers of a plan.
pub(crate) fn unknown(plan: &Plan) -> impl Iterator<Item = Unknown> {
    let own = plan.config.providers.iter().filter_map(|provider| {
        let name = provider.full_name.rsplit('/').next().unwrap_or_default();
        let is_aws = name.is_empty() || name.starts_with("aws");
        let setting =
            OTHER_CREDENTIALS.iter().find(|name| provider.settings.contains_key(**name))?;
        is_aws.then(|| Unknown {
            address: provider.address.clone(),
            problem: format!("the provider has credentials of its own, by `{setting}`"),
            fix: format!("remove `{setting}`; the apply gets credentials for the account"),
        })
    });
    // The tables are about one provider. Another one with the same types may do anything.
    let other = plan.resource_changes.iter().filter(|change| {
        let ours = SOURCES.contains(&change.provider_name.as_str());
        change.kind.starts_with("aws_") && !ours
    });
    let other = other.map(|change| Unknown {
        address: change.address.clone(),
        problem: format!("its provider is `{}`, not hashicorp/aws", change.provider_name),
        fix: "use the provider hashicorp/aws".to_owned(),
    });
    let actions = (!plan.action_invocations.is_empty()).then(|| Unknown {
        address: String::new(),
        problem: "the plan invokes actions of providers".to_owned(),
        fix: "remove the actions from the change".to_owned(),
    });
    own.chain(other).chain(actions).collect::<Vec<_>>().into_iter()
}
