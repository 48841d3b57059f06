#![doc = include_str!("../README.md")]

#[cfg(any(test, feature = "enabled"))]
mod enabled;

#[cfg(any(test, feature = "enabled"))]
pub use enabled::{Run, reached, run};

/// A point where a test can end the task. Expands to nothing in this build.
#[cfg(not(any(test, feature = "enabled")))]
#[macro_export]
macro_rules! reach {
    ($name:literal) => {};
}

/// A point where a test can end the task.
#[cfg(any(test, feature = "enabled"))]
#[macro_export]
macro_rules! reach {
    ($name:literal) => {
        $crate::reached($name).await
    };
}
