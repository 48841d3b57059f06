//! Keeps the handlers of one process from loading more at once than its memory holds.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Bytes of one unit.
const UNIT: u64 = 1 << 20;

/// The content that all handlers of this process may hold at the same time, in megabytes. Small contents are loaded beside each
/// other; the largest waits until it is alone.
///
/// What a handler makes of its content takes more memory, and that depends on the number of values, not on bytes. Functions run on one
/// thread and parse and review without waiting, so only one handler does so at a time. A runtime with several threads would need
/// a budget for that, too.
#[derive(Debug, Clone)]
pub struct MemoryBudget {
    free: Arc<Semaphore>,
    all: u32,
}

/// A part of the budget, until it is dropped.
#[derive(Debug)]
pub struct Reserved(#[allow(dead_code)] Option<OwnedSemaphorePermit>);

impl MemoryBudget {
    /// Creates a budget of so many megabytes.
    #[must_use]
    pub fn new(megabytes: u32) -> Self {
        let all = megabytes.max(1);
        Self { free: Arc::new(Semaphore::new(all as usize)), all }
    }

    /// Waits until `bytes` fit, in the order of the calls. What is larger than the whole budget gets all of it.
    pub async fn reserve(&self, bytes: u64) -> Reserved {
        let units = u32::try_from(bytes.div_ceil(UNIT)).unwrap_or(u32::MAX).clamp(1, self.all);
        // The semaphore is never closed.
        Reserved(Arc::clone(&self.free).acquire_many_owned(units).await.ok())
    }
}

#[cfg(test)]
mod tests {
    use super::MemoryBudget;
    use futures::FutureExt as _;

    #[tokio::test]
    async fn small_contents_share_and_the_largest_is_alone() {
        let budget = MemoryBudget::new(20);
        let small: Vec<_> = futures::future::join_all((0..19).map(|_| budget.reserve(1))).await;
        assert_eq!(small.len(), 19);
        assert!(budget.reserve(1 << 30).now_or_never().is_none());
        assert!(budget.reserve((1 << 20) + 1).now_or_never().is_none());
        drop(small);
        let largest = budget.reserve(1 << 30).now_or_never();
        assert!(largest.is_some());
        assert!(budget.reserve(0).now_or_never().is_none());
        drop(largest);
        assert!(budget.reserve(0).now_or_never().is_some());
    }
}
