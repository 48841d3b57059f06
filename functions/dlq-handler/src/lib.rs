//! Takes every dead letter into quarantine, with its reason.
