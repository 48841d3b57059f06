#![doc = include_str!("../README.md")]

#[cfg(feature = "enabled")]
mod enabled;

#[cfg(feature = "enabled")]
pub use enabled::{Run, reached, run};

/// A point where a test can end the task. Expands to nothing in this build.
#[cfg(not(feature = "enabled"))]
#[macro_export]
macro_rules! reach {
    ($name:literal) => {};
}

/// A point where a test can end the task.
#[cfg(feature = "enabled")]
#[macro_export]
macro_rules! reach {
    ($name:literal) => {
        $crate::reached($name).await
    };
}
