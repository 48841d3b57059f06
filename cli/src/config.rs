//! The fleet's addresses and the caller's token.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::args::Global;
use crate::fail::Failure;

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
    /// Folder with the tokens of local principals, one `NAME.jwt` each.
    #[serde(default)]
    pub token_dir: Option<PathBuf>,
}

impl Config {
    pub(crate) fn load(global: &Global) -> Result<Self, Failure> {
        let found = global.config.clone().or_else(nearest);
        let mut config = match &found {
            None => Self::default(),
            Some(path) => {
                let text = std::fs::read_to_string(path)
                    .map_err(|e| Failure::Usage(format!("{}: {e}", path.display())))?;
                serde_json::from_str(&text)
                    .map_err(|e| Failure::Usage(format!("{}: {e}", path.display())))?
            }
        };
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
