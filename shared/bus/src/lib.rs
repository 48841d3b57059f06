//! EventBridge publisher that treats a failed entry as an error.
