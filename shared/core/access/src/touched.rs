//! The resources and data sources that an apply touches.

use headgate_domain::plan::{Action, Block, Instance, Plan, ResourceChange, normal};
use serde_json::Value;

use crate::Unknown;
use crate::place::Place;

/// A resource or data source that the apply touches.
pub(crate) struct Touched<'a> {
    pub(crate) change: &'a ResourceChange,
    pub(crate) block: Option<&'a Block>,
    /// Address of its block.
    pub(crate) of: String,
    /// Address of its module's instance, and its own key.
    pub(crate) instance: (String, String),
    pub(crate) place: Place,
}

impl Touched<'_> {
    pub(crate) fn kind(&self) -> &str {
        &self.change.kind
    }

    /// An address may have a deposed object besides its current one.
    pub(crate) fn id(&self) -> (&str, Option<&str>) {
        (&self.change.address, self.change.deposed.as_deref())
    }

    /// Whether the apply only reads it.
    pub(crate) fn is_read(&self) -> bool {
        self.change.mode == "data" || self.change.does(Action::Open)
    }

    /// Addresses of the blocks that an argument depends on; `None` if the configuration does not set it.
    pub(crate) fn references(&self, argument: &str) -> Option<&Vec<String>> {
        self.block?.references.get(argument)
    }

    pub(crate) fn unknown(&self, problem: String) -> Unknown {
        Unknown {
            address: self.change.address.clone(),
            problem,
            fix: format!(
                "let the owner of the environment allow what {} needs: `access.grants`",
                self.kind()
            ),
        }
    }
}

/// What the apply touches in AWS.
pub(crate) fn touched<'a>(plan: &'a Plan, place: &Place) -> impl Iterator<Item = Touched<'a>> {
    let acts = |change: &&ResourceChange| {
        let data = change.mode == "data" && change.does(Action::Read);
        let written = [Action::Create, Action::Update, Action::Delete, Action::Open];
        let ours = change.kind.starts_with("aws_") || change.kind.starts_with("awscc_");
        ours && (data || written.iter().any(|action| change.does(*action)))
    };
    plan.resource_changes.iter().filter(acts).map(move |change| {
        let address = change.block();
        let blocks = &plan.config.blocks;
        let found = blocks.binary_search_by(|block| block.address.cmp(&address)).ok();
        let block = found.and_then(|at| blocks.get(at));
        let provider = block
            .and_then(|block| plan.config.providers.iter().find(|p| p.address == block.provider));
        let configured = provider.and_then(|p| p.settings.get("region")?.as_str());
        // From version 6 of the provider, a resource can name its own.
        let own = [&change.change.after, &change.change.before]
            .into_iter()
            .find_map(|side| side.get("region").and_then(Value::as_str));
        let region = own.or(configured).unwrap_or_else(|| place.region());
        let normal = normal(&change.address);
        let Instance { module, key } = Instance::of(&normal);
        let instance = (module.to_owned(), key.to_owned());
        Touched { change, block, of: address, instance, place: place.at(region) }
    })
}
