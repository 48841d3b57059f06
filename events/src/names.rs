//! Names of what and who an event is about, one type each.

use std::fmt;

crate::text::text! {
    /// Id of a change, chosen by its proposer.
    ChangeId

    /// Id of an engagement, chosen by its owner. It is the `correlationid` of every event about its changes.
    EngagementId

    /// Name of a person, an agent or a function: the `sub` of a token, the id of an agent, or the name of a function.
    PrincipalId
}

/// Name of a function of the fleet, as in its binary and in the `source` of its events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FunctionName(&'static str);

impl FunctionName {
    /// Names a function. Each binary has one such constant.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self(name)
    }

    /// The name as text.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for FunctionName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}

impl From<FunctionName> for PrincipalId {
    fn from(function: FunctionName) -> Self {
        Self::from(function.as_str())
    }
}
