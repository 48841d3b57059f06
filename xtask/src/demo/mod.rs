//! Demos of Headgate on an emulator.

mod change;
mod engagement;
mod eval;
mod signed;

pub use change::run;
pub use engagement::engagement_demo;
pub use eval::eval_demo;
