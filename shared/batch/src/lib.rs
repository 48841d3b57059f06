//! SQS batch runner: one outcome a record, panics caught, poison straight to the dead-letter queue.
