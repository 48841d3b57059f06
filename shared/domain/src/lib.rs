#![doc = include_str!("../README.md")]

pub mod approval;
pub mod canonical;
pub mod change;
pub mod content;
pub mod environment;
pub mod guards;
pub mod ids;
pub mod plan;
pub mod text;
pub mod timeline;
