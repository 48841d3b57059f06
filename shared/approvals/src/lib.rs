//! Task tokens of the approval workflow: store, wake up, typed outcomes.
