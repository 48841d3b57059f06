#![doc = include_str!("../README.md")]

pub mod approval;
pub mod canonical;
pub mod change;
pub mod content;
pub mod environment;
pub mod figures;
pub mod guards;
pub mod ids;
pub mod outcomes;
pub mod plan;
pub mod progress;
pub mod quarantine;
pub mod records;
pub mod standing;
pub mod text;
pub mod timeline;
