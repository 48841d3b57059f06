//! The configuration behind a plan, flattened: one entry a block, references resolved through module
//! inputs and outputs, so that a policy needs no recursion over modules.

mod literals;
mod resolve;
mod walk;

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

pub use literals::{Literal, LiteralKind};

/// All blocks of a configuration, child modules included.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Config {
    /// Resource and data blocks, ordered by address.
    pub blocks: Vec<Block>,
    /// Module calls, ordered by address.
    pub modules: Vec<ModuleCall>,
    /// Input variables, ordered by address.
    pub variables: Vec<Variable>,
    /// Providers that are set up or required, ordered by address.
    pub providers: Vec<Provider>,
    /// Account ids, regions and AMI ids that are written out.
    pub literals: Vec<Literal>,
    /// Provider settings as configured; part of the hash.
    #[serde(skip)]
    pub(super) provider_settings: Value,
    /// What provider settings refer to.
    #[serde(skip)]
    pub(super) provider_references: Vec<String>,
    /// Commands that run on create and destroy; part of the hash.
    #[serde(skip)]
    pub(super) provisioners: Vec<Value>,
    /// What provisioners refer to.
    #[serde(skip)]
    pub(super) provisioner_references: Vec<String>,
    /// Inputs and outputs of modules as written; part of the hash where a value is not known yet.
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
    /// Every argument that is written, with the addresses of the blocks that its expression rests on.
    /// An argument that rests on none has an empty list; one that is not written is not there.
    pub references: BTreeMap<String, Vec<String>>,
    /// Values of arguments that are written out, nested blocks included; `null` where they are not.
    pub constants: BTreeMap<String, Value>,
    /// Arguments of other blocks that rest on this one.
    pub used_by: Vec<Use>,
    /// The provider that it is made with; part of the hash.
    #[serde(skip)]
    pub(super) provider: String,
    /// Its expressions as written; part of the hash where a value is not known yet.
    #[serde(skip)]
    pub(super) written: Value,
}

/// An argument that rests on a block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Use {
    /// The block with the argument.
    pub address: String,
    /// Its resource type.
    #[serde(rename = "type")]
    pub kind: String,
    /// The argument.
    pub argument: String,
}

/// A call of a module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ModuleCall {
    /// Such as `module.vpc`.
    pub address: String,
    /// Where it comes from.
    pub source: String,
    /// Constraint on its version; empty if there is none.
    pub version_constraint: String,
}

/// An input variable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Variable {
    /// Such as `var.name` or `module.queue.var.name`.
    pub address: String,
    /// What it is for; empty if nobody wrote it.
    pub description: String,
    /// Whether its module is part of this configuration: the root, or called by a path.
    pub local: bool,
}

/// A provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Provider {
    /// Such as `provider.aws`, in a module `module.m.provider.aws`.
    pub address: String,
    /// Full name, where the tool gives it.
    pub full_name: String,
    /// Constraint on its version; empty if there is none.
    pub version_constraint: String,
    /// Address of the module that asks for it; empty for the root.
    pub module: String,
    /// Its settings as far as they are known: written out, or the value of a variable of the root module.
    pub settings: BTreeMap<String, Value>,
}

impl Config {
    pub(super) fn flatten(configuration: &Value, variables: &Value) -> Self {
        walk::config(configuration, variables)
    }
}

/// A member as text; nothing if it is not there.
fn text(node: &Value, key: &str) -> String {
    node.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}
