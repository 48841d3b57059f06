//! Clients that wait for a slow emulator.

use std::time::Duration;

use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;

use crate::world::World;

/// The fleet with clients that wait: while a service is interrupted, all functions wait for it, and the emulator with them.
pub(super) fn world() -> World {
    let mut world = World::new();
    let timeouts = TimeoutConfig::builder()
        .operation_attempt_timeout(Duration::from_secs(120))
        .operation_timeout(Duration::from_secs(600))
        .build();
    let retries = RetryConfig::standard().with_max_attempts(10);
    world.sdk = world.sdk.to_builder().timeout_config(timeouts).retry_config(retries).build();
    world
}
