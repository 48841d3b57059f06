//! Failpoints in test builds.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Notify;

tokio::task_local! {
    static SCRIPT: Arc<Script>;
}

#[derive(Debug)]
struct Script {
    crash_at: Option<usize>,
    reached: Mutex<Vec<&'static str>>,
    crash: Notify,
}

/// How a task ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run<T> {
    /// Return value of the task; `None` if it crashed.
    pub output: Option<T>,
    /// Names of the points that the task reached, in order. If it crashed, it crashed at the last one.
    pub reached: Vec<&'static str>,
}

/// Runs a task and crashes it at the point number `crash_at`, counted from 0. A task that reaches fewer
/// points does not crash.
pub async fn run<F: Future>(crash_at: Option<usize>, task: F) -> Run<F::Output> {
    let script = Arc::new(Script { crash_at, reached: Mutex::default(), crash: Notify::new() });
    let seen = Arc::clone(&script);
    let output = SCRIPT
        .scope(script, async {
            tokio::select! {
                biased;
                () = seen.crash.notified() => None,
                output = task => Some(output),
            }
        })
        .await;
    let reached = seen.reached.lock().unwrap_or_else(PoisonError::into_inner).clone();
    Run { output, reached }
}

/// Records that the task has reached a point, and ends the task if the test asked for it. [`crate::reach!`]
/// calls this.
pub async fn reached(name: &'static str) {
    let crash = SCRIPT.try_with(|script| {
        let mut reached = script.reached.lock().unwrap_or_else(PoisonError::into_inner);
        reached.push(name);
        let crash = script.crash_at.is_some_and(|at| reached.len() > at);
        if crash {
            script.crash.notify_one();
        }
        crash
    });
    if crash == Ok(true) {
        // Never continue: `run` drops the task now.
        std::future::pending::<()>().await;
    }
}

#[cfg(test)]
mod tests {
    use super::{Run, run};
    use crate::reach;

    async fn task() -> u32 {
        reach!("one");
        reach!("two");
        7
    }

    #[tokio::test]
    async fn a_task_ends_at_its_point_and_nothing_after_it_happens() {
        assert_eq!(run(Some(0), task()).await, Run { output: None, reached: vec!["one"] });
        assert_eq!(run(Some(1), task()).await, Run { output: None, reached: vec!["one", "two"] });
        let whole = Run { output: Some(7), reached: vec!["one", "two"] };
        assert_eq!(run(Some(2), task()).await, whole);
        assert_eq!(run(None, task()).await, whole);
    }

    #[tokio::test]
    async fn outside_of_a_run_points_do_nothing() {
        assert_eq!(task().await, 7);
    }
}
