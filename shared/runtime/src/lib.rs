//! What every function starts with: config, logs, clients, trace context.
