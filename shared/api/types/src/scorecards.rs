//! `/v1/scorecards/{principal}`: a proposer's record.

use headgate_domain::figures::Scorecard;
use headgate_events::PrincipalId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The record of a proposer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Shown {
    /// Id of the proposer.
    pub principal: PrincipalId,
    /// Counts of reviews, decisions and applies.
    pub scorecard: Scorecard,
    /// Share of good outcomes, from 0 to 1, with one good and one bad outcome added (rule of succession).
    pub trust: f64,
    /// Means of the ratings; `null` if nobody has rated a proposal.
    pub mean_ratings: Option<MeanRatings>,
}

/// Means of the voters' ratings, from 1 to 5.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MeanRatings {
    /// Quality of the proposals.
    pub quality: f64,
    /// Relevance of the proposals.
    pub relevance: f64,
    /// Completeness of the dossiers.
    pub completeness: f64,
}
