//! Which engagements there are, who may read them, and which changes belong to them.

use headgate_domain::engagement::Engagement;
use headgate_events::{ChangeId, EngagementId, PrincipalId, Versioned};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::error::LedgerError;
use crate::key::{Key, Listing};
use crate::list::Order;
use crate::page::Page;
use crate::read::Ledger;
use crate::transition::Transition;

/// List of all engagements. People create them, so one partition is enough.
const ALL: &str = "ENGAGEMENTS";

/// An entry of a list that names an item: read the item itself with its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Id of the engagement or the change.
    pub id: String,
}

impl Versioned for Named {}

impl Transition {
    /// Writes a new engagement, and that everybody who has a part in it may read it.
    ///
    /// # Errors
    /// [`LedgerError::Json`].
    pub fn engagement(self, engagement: &Engagement) -> Result<Self, LedgerError> {
        let Engagement { engagement_id: id, created_at, .. } = engagement;
        let all = Listing::named(ALL, *created_at, id.as_str());
        let mut transition = self.put(&Key::engagement(id), engagement, None, Some(&all))?;
        let named = Named { id: id.to_string() };
        for who in engagement.everybody() {
            let listing = Listing::named(read_by(who), *created_at, id.as_str());
            let key = Key::named(read_by(who), id.as_str());
            transition = transition.put(&key, &named, None, Some(&listing))?;
        }
        Ok(transition)
    }

    /// Writes that somebody has proposed a change, or owns it, if they did not before.
    ///
    /// # Errors
    /// [`LedgerError::Json`].
    pub fn change_by(
        self,
        who: &PrincipalId,
        change: &ChangeId,
        created_at: Timestamp,
    ) -> Result<Self, LedgerError> {
        let listing = Listing::named(changes_by(who), created_at, change.as_str());
        let key = Key::named(changes_by(who), change.as_str());
        self.put(&key, &Named { id: change.to_string() }, None, Some(&listing))
    }

    /// Writes that a new change belongs to an engagement.
    ///
    /// # Errors
    /// [`LedgerError::Json`].
    pub fn change_of(
        self,
        engagement: &EngagementId,
        change: &ChangeId,
        created_at: Timestamp,
    ) -> Result<Self, LedgerError> {
        let listing = Listing::named(changes_of(engagement), created_at, change.as_str());
        let key = Key::named(changes_of(engagement), change.as_str());
        self.put(&key, &Named { id: change.to_string() }, None, Some(&listing))
    }
}

impl Ledger {
    /// Lists all engagements, newest first. The list may lag behind writes, and lacks those of builds without it.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub async fn engagements(
        &self,
        limit: i32,
        after: Option<String>,
    ) -> Result<Page<Engagement>, LedgerError> {
        self.list(ALL, Order::NewestFirst, limit, after).await
    }

    /// Lists the engagements that somebody has a part in, newest first, as [`Self::engagements`].
    ///
    /// # Errors
    /// [`LedgerError`].
    pub async fn engagements_of(
        &self,
        who: &PrincipalId,
        limit: i32,
        after: Option<String>,
    ) -> Result<Page<Named>, LedgerError> {
        self.list(&read_by(who), Order::NewestFirst, limit, after).await
    }

    /// Lists the changes that somebody has proposed or owns, newest first, as [`Self::engagements`].
    ///
    /// # Errors
    /// [`LedgerError`].
    pub async fn changes_by(
        &self,
        who: &PrincipalId,
        limit: i32,
        after: Option<String>,
    ) -> Result<Page<Named>, LedgerError> {
        self.list(&changes_by(who), Order::NewestFirst, limit, after).await
    }

    /// Lists the changes of an engagement, newest first, as [`Self::engagements`].
    ///
    /// # Errors
    /// [`LedgerError`].
    pub async fn changes_of(
        &self,
        engagement: &EngagementId,
        limit: i32,
        after: Option<String>,
    ) -> Result<Page<Named>, LedgerError> {
        self.list(&changes_of(engagement), Order::NewestFirst, limit, after).await
    }
}

fn read_by(who: &PrincipalId) -> String {
    format!("READER#{}", spelled(who))
}

fn changes_by(who: &PrincipalId) -> String {
    format!("CHANGES-BY#{}", spelled(who))
}

/// All spellings of a name are the same principal.
fn spelled(who: &PrincipalId) -> String {
    who.as_str().trim().to_ascii_lowercase()
}

fn changes_of(engagement: &EngagementId) -> String {
    format!("CHANGES-OF#{engagement}")
}
