//! Work on another thread.

use std::future::Future;
use std::panic::resume_unwind;

use tokio::task::{JoinError, JoinHandle};

/// Work that is aborted when it is dropped: a run that has ended must not go on in the next invocation.
pub(crate) struct Spawned<T>(JoinHandle<T>);

impl<T: Send + 'static> Spawned<T> {
    pub(crate) fn new(work: impl Future<Output = T> + Send + 'static) -> Self {
        Self(tokio::spawn(work))
    }

    /// Waits for the result. A panic of the work is one here, too.
    pub(crate) async fn done(mut self) -> T {
        match (&mut self.0).await.map_err(JoinError::into_panic) {
            Ok(result) => result,
            Err(panic) => resume_unwind(panic),
        }
    }
}

impl<T> Drop for Spawned<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}
