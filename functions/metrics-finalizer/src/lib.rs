//! Keeps the timeline and the figures; serves the read side.
