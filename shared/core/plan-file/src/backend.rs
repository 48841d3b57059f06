//! The backend of a plan: where its state is.

use std::collections::BTreeMap;

use headgate_domain::canonical::sha256_hex;
use serde_json::Value;

use crate::BackendConfig;
use crate::archive::Error;
use crate::wire::Fields;

/// Settings that say where the state is. Others may be credentials, so they are not returned.
const PLACE: [&str; 18] = [
    "address",
    "bucket",
    "container_name",
    "dynamodb_table",
    "endpoint",
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

/// Settings that are on or off, and say how the state is kept. Only those that are on are returned.
const SWITCHES: [&str; 2] = ["encrypt", "use_lockfile"];

/// Settings with settings in them: addresses of services, and names of workspaces.
const PLACES: [&str; 2] = ["endpoints", "workspaces"];

/// Type and settings, place and workspace.
pub(crate) struct Backend {
    pub(crate) config: BackendConfig,
    /// SHA-256 of all settings.
    pub(crate) config_sha256: String,
    pub(crate) place: BTreeMap<String, String>,
    pub(crate) workspace: String,
}

impl Backend {
    /// Reads the message `Backend`: `type` (1), `config` (2, MessagePack within a message) and `workspace` (3).
    pub(crate) fn parse(message: &[u8]) -> Result<Self, Error> {
        let (mut kind, mut config, mut workspace) = (String::new(), Value::Null, String::new());
        let mut config_sha256 = String::new();
        let mut fields = Fields::of(message);
        while let Some(field) = fields.next()? {
            match field.number {
                1 => kind = String::from_utf8(fields.bytes(&field)?)?,
                2 => {
                    let bytes = fields.bytes(&field)?;
                    config_sha256 = sha256_hex(&bytes);
                    config = dynamic(&bytes)?;
                }
                3 => workspace = String::from_utf8(fields.bytes(&field)?)?,
                _ => fields.skip(&field)?,
            }
        }
        if kind.is_empty() {
            return Err("the backend has no type".into());
        }
        let mut place = BTreeMap::new();
        for name in PLACE {
            keep(&mut place, name.to_owned(), config.get(name));
        }
        for name in SWITCHES {
            if config.get(name) == Some(&Value::Bool(true)) {
                place.insert(name.to_owned(), "true".to_owned());
            }
        }
        for outer in PLACES {
            // A nested block may be a list of one.
            let nested = config.get(outer).map(|block| block.get(0).unwrap_or(block));
            for (name, value) in nested.and_then(Value::as_object).into_iter().flatten() {
                keep(&mut place, format!("{outer}.{name}"), Some(value));
            }
        }
        // Other settings may be credentials, or programs that provide them. People see that there are such.
        for (name, value) in config.as_object().into_iter().flatten() {
            let nested = PLACES.contains(&name.as_str());
            if !nested && !place.contains_key(name) && !is_unset(value) {
                place.insert(name.clone(), "(hidden)".to_owned());
            }
        }
        Ok(Self { config: BackendConfig { kind, config }, place, workspace, config_sha256 })
    }
}

/// Whether a setting is not set, or only switched on or off.
fn is_unset(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(_) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.values().all(is_unset),
        Value::Number(_) => false,
    }
}

/// Keeps a setting, if it is a text. An address may contain a name and a password.
fn keep(place: &mut BTreeMap<String, String>, name: String, value: Option<&Value>) {
    let Some(value) = value.and_then(Value::as_str).filter(|value| !value.is_empty()) else {
        return;
    };
    let shown = match value.rsplit_once('@') {
        Some((_, host)) => format!("…@{host}"),
        None => value.to_owned(),
    };
    place.insert(name, shown);
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
