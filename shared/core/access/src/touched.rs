//! The resources and data sources that an apply touches.

use headgate_domain::plan::{Action, Block, Plan, ResourceChange};
use serde_json::Value;

use crate::Unknown;
use crate::place::Place;

/// A resource or data source that the apply touches.
pub(crate) struct Touched<'a> {
    pub(crate) change: &'a ResourceChange,
    pub(crate) block: Option<&'a Block>,
    pub(crate) place: Place,
}

impl Touched<'_> {
    pub(crate) fn kind(&self) -> &str {
        &self.change.kind
    }

    /// Addresses of the blocks that an argument depends on; `None` if the configuration does not set it.
    pub(crate) fn references(&self, argument: &str) -> Option<&Vec<String>> {
        self.block?.references.get(argument)
    }

    /// Its region.
    pub(crate) fn region(&self) -> &str {
        self.place.region()
    }

    pub(crate) fn unknown(&self, problem: String) -> Unknown {
        Unknown {
            address: self.change.address.clone(),
            problem,
            fix: format!(
                "allow what it needs in `access.grants` of the environment, for the type {}",
                self.kind()
            ),
        }
    }
}

/// What the apply touches.
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
        let region = provider.and_then(|p| p.settings.get("region")?.as_str());
        Touched { change, block, place: place.at(region.unwrap_or_else(|| place.region())) }
    })
}

/// Whether a value is set, or will be.
pub(crate) fn is_set(value: Option<&Value>) -> bool {
    value.is_some_and(|value| !value.is_null() && *value != Value::Bool(false))
}
