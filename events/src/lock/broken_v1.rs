//! `lock.broken.v1`: an operator ends an apply that still sends heartbeats.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Payload, PrincipalId};

/// The lock of an environment is not renewed any more. The envelope's `subject` is the change that is being applied; its `actor` is the
/// operator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LockBroken {
    /// Revision that is being applied.
    pub revision: u32,
    /// Name of the environment.
    pub environment: String,
    /// Id of the permit for the apply.
    pub permit_id: String,
    /// Principal who applies the change.
    pub holder: PrincipalId,
    /// Why, as the operator says.
    pub reason: String,
    /// Until then the apply may end and report its outcome. After that, an operator may release the environment.
    pub ends_at: jiff::Timestamp,
}

impl Payload for LockBroken {
    const TYPE: &'static str = "lock.broken.v1";
}
