//! End-to-end stories on an emulator.
