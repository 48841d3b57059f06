//! Headgate on the command line.
