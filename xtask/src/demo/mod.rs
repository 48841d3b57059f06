//! Demos of Headgate on an emulator.

mod change;
mod eval;

pub use change::run;
pub use eval::eval_demo;
