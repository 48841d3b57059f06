//! What commands are about.

/// The phase and the attempt that a command is about: a late copy must not act on the next ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At<'a> {
    /// Id of the phase.
    pub phase: &'a str,
    /// Number of the attempt at its work, from 1.
    pub attempt: u32,
}

impl std::fmt::Display for At<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "phase `{}`, attempt {}", self.phase, self.attempt)
    }
}
