//! Which local files a plan refers to.

use serde::Serialize;
use serde_json::Value;

use super::{Plan, ResourceChange};

/// Attributes that are the path of a local file, which is read during the apply. The plan has the path only, not the content.
const PATHS: [(&str, &str); 13] = [
    ("archive_file", "source_dir"),
    ("archive_file", "source_file"),
    ("aws_gamelift_script", "zip_file"),
    ("aws_lambda_function", "filename"),
    ("aws_lambda_layer_version", "filename"),
    ("aws_s3_bucket_object", "source"),
    ("aws_s3_object", "source"),
    ("aws_synthetics_canary", "zip_file"),
    ("azurerm_storage_blob", "source"),
    ("google_storage_bucket_object", "source"),
    ("helm_release", "chart"),
    ("local_file", "source"),
    ("local_sensitive_file", "source"),
];

/// Stands for a path that is known only after the apply: nobody can name that file.
const UNKNOWN: &str = "(known after the apply)";

/// Arguments of provisioners that are paths of local files: `file` copies one, `remote-exec` runs them elsewhere.
const PROVISIONER_PATHS: [&str; 3] = ["script", "scripts", "source"];

/// A local file that a plan refers to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct LocalFile {
    /// Address of the resource.
    pub address: String,
    /// Attribute with the path.
    pub attribute: String,
    /// The path, as the plan has it.
    pub path: String,
}

impl Plan {
    /// The local files whose content decides what the apply does, as far as the plan names them: arguments of functions
    /// and commands of `local-exec` may refer to more.
    #[must_use]
    pub fn local_files(&self) -> Vec<LocalFile> {
        let changes = self.resource_changes.iter().filter(|change| change.has_effect());
        let mut files: Vec<_> = changes.flat_map(of_resource).collect();
        for block in &self.config.commands {
            let address = block["address"].as_str().unwrap_or_default();
            for provisioner in block["provisioners"].as_array().into_iter().flatten() {
                files.extend(of_provisioner(address, provisioner));
            }
        }
        files.sort();
        files.dedup();
        files
    }
}

fn of_resource(change: &ResourceChange) -> impl Iterator<Item = LocalFile> + '_ {
    // A chart may also be the name of one in a registry.
    let is_path = |kind: &str, path: &str| kind != "helm_release" || path.starts_with(['.', '/']);
    let attributes = PATHS.iter().filter(|(kind, _)| *kind == change.kind);
    attributes.filter_map(move |(kind, attribute)| {
        let unknown = change.change.after_unknown.get(attribute) == Some(&Value::Bool(true));
        let known = change.change.after.get(attribute).and_then(Value::as_str);
        let path = if unknown { UNKNOWN } else { known? };
        (!path.is_empty() && is_path(kind, path)).then(|| LocalFile {
            address: change.address.clone(),
            attribute: (*attribute).to_owned(),
            path: path.to_owned(),
        })
    })
}

fn of_provisioner(address: &str, provisioner: &Value) -> Vec<LocalFile> {
    let mut files = Vec::new();
    for attribute in PROVISIONER_PATHS {
        let constant = &provisioner["expressions"][attribute]["constant_value"];
        let paths = match constant {
            Value::String(path) => vec![path.clone()],
            Value::Array(paths) => {
                paths.iter().filter_map(Value::as_str).map(str::to_owned).collect()
            }
            _ => Vec::new(),
        };
        files.extend(paths.into_iter().map(|path| LocalFile {
            address: address.to_owned(),
            attribute: attribute.to_owned(),
            path,
        }));
    }
    files
}
