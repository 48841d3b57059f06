#![doc = include_str!("../README.md")]

mod apply;
mod course;
mod gate;
mod kind;
mod note;
mod question;
mod questions;
mod refused;
mod review;
mod state;
mod submission;
mod templates;
mod usage;
mod work;

pub use apply::{Applied, Command};
pub use course::{Breached, Course};
pub use kind::{
    CHANGE_ONLY, Criteria, Kind, KindError, Kinds, Limits, MAX_PHASES, OnBreach, Phase,
};
pub use note::Note;
pub use question::Question;
pub use questions::MAX_QUESTIONS;
pub use refused::Refused;
pub use review::{Judged, PhaseReview, Reviewed, Unread, review};
pub use state::{Status, Stopped};
pub use submission::{Report, Submission};
pub use templates::{TEMPLATES, template};
pub use usage::{AgentUsage, Handoff, MAX_HANDOFFS, Usage};
