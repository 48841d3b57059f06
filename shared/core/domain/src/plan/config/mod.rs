//! The configuration behind a plan, flattened: one entry per block, with references resolved through module
//! inputs and outputs, so that policies need no recursion over modules.

mod literals;
mod near;
mod resolve;
mod walk;

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

pub use literals::{Literal, LiteralKind};
pub use near::Keys;

/// All blocks of a configuration, child modules included.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Config {
    /// Resource and data blocks, ordered by address.
    pub blocks: Vec<Block>,
    /// Module calls, ordered by address.
    pub modules: Vec<ModuleCall>,
    /// Input variables, ordered by address.
    pub variables: Vec<Variable>,
    /// Providers that are configured or required, ordered by address.
    pub providers: Vec<Provider>,
    /// Provisioners: what runs on the executor or on a new machine, besides the providers.
    pub provisioners: Vec<Provisioner>,
    /// Hard-coded account ids, regions and AMI ids.
    pub literals: Vec<Literal>,
    /// Provider settings as configured; part of the hash.
    #[serde(skip)]
    pub(super) provider_settings: Value,
    /// What provider settings refer to.
    #[serde(skip)]
    pub(super) provider_references: Vec<String>,
    /// Commands that run on create and destroy; part of the hash.
    #[serde(skip)]
    pub(super) commands: Vec<Value>,
    /// What provisioners refer to.
    #[serde(skip)]
    pub(super) command_references: Vec<String>,
    /// Inputs and outputs of modules as written; part of the hash if a value is not known yet.
    #[serde(skip)]
    pub(super) plumbing: Vec<Value>,
}

/// A resource or data block.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Block {
    /// Address without instance keys, such as `module.queue.aws_sqs_queue.this`.
    pub address: String,
    /// Address of its module; empty for the root.
    pub module: String,
    /// `managed` or `data`.
    pub mode: String,
    /// Resource type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Each argument that is set, with the addresses of the blocks that its expression depends on. The list
    /// is empty if it depends on none. Arguments that are not set are absent.
    pub references: BTreeMap<String, Vec<String>>,
    /// Of [`Self::references`], those whose instances are certain.
    pub near: BTreeMap<String, BTreeMap<String, Keys>>,
    /// Arguments that also depend on a local. Plans do not contain locals, so nobody can say on which blocks.
    pub locals: Vec<String>,
    /// Constant values of arguments, including nested blocks; `null` where a value is not constant.
    pub constants: BTreeMap<String, Value>,
    /// Arguments whose expressions refer to nothing but locals: what they say is written in the configuration.
    #[serde(skip)]
    pub fixed: Vec<String>,
    /// Arguments of other blocks that depend on this one.
    pub used_by: Vec<Use>,
    /// Address of the provider that manages it, as in [`Provider::address`].
    pub provider: String,
    /// Key of the provider that manages it; part of the hash.
    #[serde(skip)]
    pub(super) provider_key: String,
    /// Its expressions as written; part of the hash if a value is not known yet.
    #[serde(skip)]
    pub(super) written: Value,
}

/// An argument that depends on a block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Use {
    /// Address of the block with the argument.
    pub address: String,
    /// Its resource type.
    #[serde(rename = "type")]
    pub kind: String,
    /// Name of the argument.
    pub argument: String,
}

/// A call of a module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ModuleCall {
    /// Address, such as `module.vpc`.
    pub address: String,
    /// Where the module comes from.
    pub source: String,
    /// Constraint on its version; empty if there is none.
    pub version_constraint: String,
}

/// An input variable.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Variable {
    /// Address, such as `var.name` or `module.queue.var.name`.
    pub address: String,
    /// Description; empty if there is none.
    pub description: String,
    /// Default value; null without one.
    #[serde(skip)]
    pub default: Value,
    /// Whether its module is part of this configuration: the root module, or one called by a local path.
    pub local: bool,
}

/// A provisioner of a resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Provisioner {
    /// Address of the block without instance keys.
    pub address: String,
    /// `local-exec`, `remote-exec` or `file`.
    #[serde(rename = "type")]
    pub kind: String,
}

/// A provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Provider {
    /// Address, such as `provider.aws`, or `module.m.provider.aws` in a module.
    pub address: String,
    /// Full name, if the tool gives it.
    pub full_name: String,
    /// Constraint on its version; empty if there is none.
    pub version_constraint: String,
    /// Address of the module that configures it; empty for the root.
    pub module: String,
    /// Its settings, as far as they are known: constants, and values of root module variables.
    pub settings: BTreeMap<String, Value>,
}

impl Config {
    pub(super) fn flatten(configuration: &Value, variables: &Value) -> Self {
        walk::config(configuration, variables)
    }
}

/// A field as text; empty if it is absent.
fn text(node: &Value, key: &str) -> String {
    node.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}
