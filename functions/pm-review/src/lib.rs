//! Reviews an accepted change by machine.
