//! Arguments of `engagement`.

use clap::Subcommand;
use headgate_events::EngagementId;

#[derive(Debug, Subcommand)]
pub(crate) enum Engagement {
    /// Create an engagement; you become its owner. Changes can be proposed for it from then on
    Create {
        /// Id of the engagement: 1 to 64 characters from a-z, 0-9 and -; begins with a letter or digit
        engagement: EngagementId,
        /// Goal of the work, in a sentence
        #[arg(long)]
        goal: String,
        /// Criterion that shows that the work is done; repeatable
        #[arg(long, value_name = "TEXT")]
        criterion: Vec<String>,
        /// Name of the environment in which the work happens
        #[arg(long)]
        environment: String,
    },
    /// Show an engagement
    Show {
        /// Id of the engagement
        engagement: EngagementId,
    },
}
