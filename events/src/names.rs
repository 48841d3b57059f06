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

/// Longest name of a principal, in characters: the limit of `sub` in OpenID Connect Core 1.0, §2.
const MAX_PRINCIPAL: usize = 255;

impl PrincipalId {
    /// Whether both names mean the same principal. Letter case and surrounding spaces do not count, so that `Alice` is not a second
    /// person beside `alice`. This is the only comparison of people: for votes, delegations, bars and revisions.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        // As bytes: the model test of the gate compares a great many names.
        self.bare().eq_ignore_ascii_case(other.bare())
    }

    fn bare(&self) -> &[u8] {
        self.as_str().as_bytes().trim_ascii()
    }

    /// Whether a verified principal may have this name: 1 to 255 visible ASCII characters, as OpenID Connect requires of `sub`.
    /// Other alphabets have letters that look the same (`а` and `a`), and invisible characters.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        (1..=MAX_PRINCIPAL).contains(&self.as_str().len())
            && self.as_str().bytes().all(|b| b.is_ascii_graphic())
    }
}

impl From<FunctionName> for PrincipalId {
    fn from(function: FunctionName) -> Self {
        Self::from(function.as_str())
    }
}
