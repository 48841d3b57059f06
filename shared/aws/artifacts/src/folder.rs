//! Folders for uploads, one for each uploader.

use headgate_domain::canonical::sha256_hex;
use headgate_domain::ids;
use headgate_events::{Actor, ActorKind, PrincipalId};

/// First part of every folder.
pub(crate) const UPLOADS: &str = "uploads/";
/// First part of the folders with results of scanners.
pub(crate) const SCANS: &str = "uploads/scans/";

/// The folder of one uploader. A proposal may only name artifacts from its proposer's folder: otherwise it could name the plan of somebody
/// else, whose sensitive values are in clear, as its own evidence.
///
/// Agents with AWS credentials upload without the API, so an IAM policy must be able to name an agent's folder:
/// `uploads/agents/<id>/*`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder(String);

impl Folder {
    /// The folder of a verified principal. Agents and people never share one.
    #[must_use]
    pub fn of(actor: &Actor) -> Self {
        match actor.kind {
            ActorKind::Agent => Self::agent(&actor.id),
            _ => Self(format!("{UPLOADS}people/{}", name(&actor.id))),
        }
    }

    /// The folder of an agent.
    #[must_use]
    pub fn agent(id: &PrincipalId) -> Self {
        Self(format!("{UPLOADS}agents/{}", name(id)))
    }

    /// The folder of a verified principal for results of scanners. Everybody may name what is in it as evidence, because the results of a scan
    /// say who ran it: so somebody else than the proposer can.
    #[must_use]
    pub fn scans(actor: &Actor) -> Self {
        let Self(own) = Self::of(actor);
        Self(own.replacen(UPLOADS, SCANS, 1))
    }

    /// The folder of a source on the bus that is no agent. Only letters, digits, `-` and `.` are part of its name, as the bus requires.
    #[must_use]
    pub fn sender(source: &str) -> Self {
        let safe = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-.".contains(c);
        let name = source.chars().map(|c| if safe(c) { c } else { '_' }).collect::<String>();
        Self(format!("{UPLOADS}senders/{name}"))
    }

    /// Key of the object with this SHA-256.
    pub(crate) fn key(&self, sha256: &str) -> String {
        format!("{}/{sha256}", self.0)
    }
}

/// An id as part of a key. Other than ids, principals may contain `/`, and characters that S3 treats in ways of its own.
fn name(id: &PrincipalId) -> String {
    if ids::is_valid(id.as_str()) {
        return id.to_string();
    }
    // No valid id begins with `_`.
    format!("_{}", &sha256_hex(id.as_str().as_bytes())[..32])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(kind: ActorKind, id: &str) -> String {
        Folder::of(&Actor { kind, id: id.into(), on_behalf_of: None }).0
    }

    #[test]
    fn nobody_shares_a_folder() {
        let ids = [
            "dana",
            "Dana",
            "_dana",
            "dana/x",
            "dana/../x",
            "dana@example.com",
            "%64ana",
            "..",
            "a..b",
            "a.b",
        ];
        let mut folders: Vec<_> = ids
            .iter()
            .flat_map(|id| [ActorKind::Agent, ActorKind::Human].map(|kind| folder(kind, id)))
            .collect();
        folders.sort();
        folders.dedup();
        assert_eq!(folders.len(), 2 * ids.len(), "{folders:?}");
        for folder in folders {
            let rest = folder.strip_prefix(UPLOADS).unwrap_or_default();
            let safe = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_/".contains(c);
            assert!(rest.chars().all(safe) && rest.matches('/').count() == 1, "{folder}");
        }
    }

    #[test]
    fn scans_have_folders_of_their_own() {
        let scans =
            |kind, id: &str| Folder::scans(&Actor { kind, id: id.into(), on_behalf_of: None }).0;
        assert_eq!(scans(ActorKind::Agent, "ci"), "uploads/scans/agents/ci");
        assert_eq!(scans(ActorKind::Human, "dana"), "uploads/scans/people/dana");
        // No principal's own folder is among them.
        for id in ["scans", "scans/agents/ci", "../scans/agents/ci"] {
            for kind in [ActorKind::Agent, ActorKind::Human] {
                assert!(!folder(kind, id).starts_with(SCANS), "{id}");
            }
        }
    }

    #[test]
    fn a_policy_can_name_the_folder_of_an_agent() {
        assert_eq!(folder(ActorKind::Agent, "terraform-bot"), "uploads/agents/terraform-bot");
    }
}
