//! Runs two tasks in one thread, with every switch between them chosen by the test.

use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

/// What happens next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// The first task goes on until it waits.
    First,
    /// The second task does.
    Second,
    /// Time passes: every lease expires.
    Clock,
}

/// Whether a task can go on.
struct Ready {
    woken: AtomicBool,
    parent: Mutex<Option<Waker>>,
}

impl Wake for Ready {
    fn wake(self: Arc<Self>) {
        self.woken.store(true, Ordering::SeqCst);
        let parent = self.parent.lock().unwrap().take();
        parent.into_iter().for_each(Waker::wake);
    }
}

/// A task and its result.
struct Task<'a, T> {
    future: Pin<&'a mut dyn Future<Output = T>>,
    ready: Arc<Ready>,
    output: Option<T>,
}

impl<'a, T> Task<'a, T> {
    fn new(future: Pin<&'a mut dyn Future<Output = T>>) -> Self {
        let ready = Ready { woken: AtomicBool::new(true), parent: Mutex::default() };
        Self { future, ready: Arc::new(ready), output: None }
    }

    fn can_go_on(&self) -> bool {
        self.output.is_none() && self.ready.woken.load(Ordering::SeqCst)
    }

    fn go_on(&mut self) {
        self.ready.woken.store(false, Ordering::SeqCst);
        let waker = Waker::from(Arc::clone(&self.ready));
        if let Poll::Ready(output) = self.future.as_mut().poll(&mut Context::from_waker(&waker)) {
            self.output = Some(output);
        }
    }
}

/// Runs both tasks to their ends. `order` says which goes on next; if that one cannot, the other does, and after its end they take turns.
pub async fn interleave<T>(
    first: impl Future<Output = T>,
    second: impl Future<Output = T>,
    order: &[Turn],
    time_passes: impl Fn(),
) -> (T, T) {
    let (first, second) = (pin!(first), pin!(second));
    let mut tasks = [Task::new(first), Task::new(second)];
    let mut order = order.iter().copied();
    let mut after = [Turn::First, Turn::Second].into_iter().cycle();
    std::future::poll_fn(|cx| {
        for task in &tasks {
            *task.ready.parent.lock().unwrap() = Some(cx.waker().clone());
        }
        loop {
            if tasks.iter().all(|task| task.output.is_some()) {
                let mut outputs = tasks.iter_mut().map(|task| task.output.take().unwrap());
                return Poll::Ready((outputs.next().unwrap(), outputs.next().unwrap()));
            }
            if !tasks.iter().any(Task::can_go_on) {
                return Poll::Pending;
            }
            let turn = order.next().or_else(|| after.next());
            let wanted = match turn {
                Some(Turn::Clock) => {
                    time_passes();
                    continue;
                }
                Some(Turn::Second) => 1,
                _ => 0,
            };
            let chosen = if tasks[wanted].can_go_on() { wanted } else { 1 - wanted };
            tasks[chosen].go_on();
        }
    })
    .await
}

/// Lets the other task go on, if it is its turn.
pub async fn may_switch() {
    let mut switched = false;
    std::future::poll_fn(|cx| {
        if std::mem::replace(&mut switched, true) {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

#[tokio::test(start_paused = true)]
async fn the_order_is_the_one_that_was_asked_for() {
    let said = Mutex::new(Vec::new());
    let task = async |name: &str| {
        for n in 0..3 {
            said.lock().unwrap().push(format!("{name}{n}"));
            may_switch().await;
        }
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        name.to_owned()
    };
    let order = [Turn::Second, Turn::Second, Turn::Clock, Turn::First, Turn::Second];
    let clock = || said.lock().unwrap().push("clock".to_owned());
    let ended = interleave(task("a"), task("b"), &order, clock).await;
    assert_eq!(ended, ("a".to_owned(), "b".to_owned()));
    assert_eq!(*said.lock().unwrap(), ["b0", "b1", "clock", "a0", "b2", "a1", "a2"]);
}
