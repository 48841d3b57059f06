//! The backend of a plan: where its state is.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::archive::Error;
use crate::wire::Fields;

/// Settings that say where the state is. Others may be credentials, so they are not returned.
const PLACE: [&str; 16] = [
    "address",
    "bucket",
    "container_name",
    "hostname",
    "key",
    "namespace",
    "organization",
    "path",
    "prefix",
    "region",
    "resource_group_name",
    "schema_name",
    "secret_suffix",
    "storage_account_name",
    "workspace_dir",
    "workspace_key_prefix",
];

/// Type, place and workspace.
#[derive(Debug)]
pub(crate) struct Backend {
    pub(crate) kind: String,
    pub(crate) place: BTreeMap<String, String>,
    pub(crate) workspace: String,
}

impl Backend {
    /// Reads the message `Backend`: `type` (1), `config` (2, MessagePack within a message) and `workspace` (3).
    pub(crate) fn parse(message: &[u8]) -> Result<Self, Error> {
        let (mut kind, mut config, mut workspace) = (String::new(), Value::Null, String::new());
        let mut fields = Fields::of(message);
        while let Some(field) = fields.next()? {
            match field.number {
                1 => kind = String::from_utf8(fields.bytes(&field)?)?,
                2 => config = dynamic(&fields.bytes(&field)?)?,
                3 => workspace = String::from_utf8(fields.bytes(&field)?)?,
                _ => fields.skip(&field)?,
            }
        }
        if kind.is_empty() {
            return Err("the backend has no type".into());
        }
        let place = PLACE.iter().filter_map(|name| {
            let value = config.get(name)?.as_str()?;
            // An address may contain a name and a password.
            let secret = *name == "address" && value.contains('@');
            (!value.is_empty() && !secret).then(|| ((*name).to_owned(), value.to_owned()))
        });
        Ok(Self { kind, place: place.collect(), workspace })
    }
}

/// Reads the message `DynamicValue`: `msgpack` (1).
fn dynamic(message: &[u8]) -> Result<Value, Error> {
    let mut fields = Fields::of(message);
    let mut value = Value::Null;
    while let Some(field) = fields.next()? {
        match field.number {
            1 => value = rmp_serde::from_slice(&fields.bytes(&field)?)?,
            _ => fields.skip(&field)?,
        }
    }
    Ok(value)
}
