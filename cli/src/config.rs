//! The fleet's addresses and the caller's token.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::args::Global;
use crate::fail::Failure;
use crate::folder::Folder;

/// The configuration file, as `cargo xtask up` writes it to `.headgate/local.json`.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Config {
    /// URL of the API, including the stage.
    #[serde(default)]
    pub api: String,
    /// Name of the event bus.
    #[serde(default)]
    pub bus: String,
    /// Name of the artifact bucket.
    #[serde(default)]
    pub artifact_bucket: String,
    /// Where the transparency log is: `s3://BUCKET`, or a folder.
    #[serde(default)]
    pub log: String,
    /// Public key of the transparency log.
    #[serde(default)]
    pub log_key: String,
    /// Folder with the tokens of local principals, one `NAME.jwt` each.
    #[serde(default)]
    pub token_dir: Option<PathBuf>,
    /// The file, if nobody named it and it was found in the current folder or one above it.
    #[serde(skip)]
    nearest: Option<PathBuf>,
}

impl Config {
    pub(crate) fn load(global: &Global) -> Result<Self, Failure> {
        let nearest = if global.config.is_none() { nearest() } else { None };
        let found = global.config.clone().or_else(|| nearest.clone());
        let mut config = match &found {
            None => Self::default(),
            Some(path) => {
                let text = std::fs::read_to_string(path)
                    .map_err(|e| Failure::Usage(format!("{}: {e}", path.display())))?;
                serde_json::from_str(&text)
                    .map_err(|e| Failure::Usage(format!("{}: {e}", path.display())))?
            }
        };
        config.nearest = nearest;
        for (name, field) in [
            ("HEADGATE_API", &mut config.api),
            ("HEADGATE_BUS", &mut config.bus),
            ("HEADGATE_ARTIFACT_BUCKET", &mut config.artifact_bucket),
        ] {
            if let Ok(value) = std::env::var(name) {
                *field = value;
            }
        }
        Ok(config)
    }

    /// Refuses a configuration that was found in the folder of an apply: the proposer could have put it there, and would get the
    /// executor's token.
    pub(crate) fn not_from(&self, folder: &Folder) -> Result<(), Failure> {
        let found = self.nearest.as_ref().and_then(|path| path.canonicalize().ok());
        match found
            .filter(|path| folder.contains(path) && std::env::var_os("HEADGATE_API").is_none())
        {
            None => Ok(()),
            Some(path) => Err(Failure::Usage(format!(
                "{} is in the folder of the apply, so it may not be yours; name it with --config, or set HEADGATE_API",
                path.display()
            ))),
        }
    }

    /// The file, if nobody named it: somebody else may have written it, such as the author of a checkout.
    pub(crate) fn origin(&self) -> String {
        match &self.nearest {
            None => String::new(),
            Some(path) => format!(
                " {}, which was found in this folder; pass --key to be sure of it",
                path.display()
            ),
        }
    }

    pub(crate) fn token(&self, global: &Global) -> Result<String, Failure> {
        if let Some(name) = &global.principal {
            let Some(dir) = &self.token_dir else {
                return Err(Failure::Usage(
                    "--as needs `token_dir` in the configuration file; set it, or use HEADGATE_TOKEN".into(),
                ));
            };
            let path = dir.join(format!("{name}.jwt"));
            return std::fs::read_to_string(&path).map(|t| t.trim().to_owned()).map_err(|_| {
                Failure::Usage(format!(
                    "no token for `{name}` at {}; create one with `headgate token mint`",
                    path.display()
                ))
            });
        }
        std::env::var("HEADGATE_TOKEN").map_err(|_| {
            Failure::Usage(
                "no token: set HEADGATE_TOKEN, or pass --as NAME to use a local token".into(),
            )
        })
    }
}

fn nearest() -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    here.ancestors().map(|dir| dir.join(".headgate/local.json")).find(|p| Path::is_file(p))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::path::Path;

    use super::Config;
    use crate::folder::Folder;

    /// The proposer writes the folder of a change, and must not get the token of the executor.
    #[test]
    fn a_configuration_in_the_folder_of_an_apply_is_refused() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let folder = Folder::at(Some(&here.join("src")), Some(here)).unwrap();
        let found = |path: &str| Config { nearest: Some(here.join(path)), ..Config::default() };
        assert!(found("src/lib.rs").not_from(&folder).unwrap_err().message().contains("--config"));
        assert!(found("README.md").not_from(&folder).is_err());
        assert!(found("../README.md").not_from(&folder).is_ok());
        assert!(Config::default().not_from(&folder).is_ok());
    }
}
