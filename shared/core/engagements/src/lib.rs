#![doc = include_str!("../README.md")]

mod apply;
mod at;
mod course;
mod gate;
pub mod journal;
mod kind;
mod limits;
mod note;
mod question;
mod questions;
mod refused;
mod render;
mod review;
mod state;
mod submission;
mod templates;
mod usage;
mod work;

pub use apply::{Applied, Command};
pub use at::At;
pub use course::{Breached, Course};
pub use headgate_domain::engagement::CHANGE_ONLY;
pub use kind::{Criteria, Kind, KindError, Kinds, MAX_PHASES, Phase};
pub use limits::{Limits, MAX_HANDOFFS, OnBreach};
pub use note::Note;
pub use question::Question;
pub use questions::MAX_QUESTIONS;
pub use refused::Refused;
pub use render::{plan_md, status_md};
pub use review::{Judged, PhaseReview, Reviewed, Unread, review};
pub use state::{Status, Stopped};
pub use submission::{HandedIn, Report, Submission};
pub use templates::{TEMPLATES, template};
pub use usage::{AgentUsage, Handoff, Spent, Usage};
