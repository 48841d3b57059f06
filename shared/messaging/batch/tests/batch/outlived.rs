//! Outages, messages that fail by themselves, and messages that end the process.

use std::sync::Mutex;
use std::time::Duration;

use aws_sdk_sqs::Client;
use aws_sdk_sqs::operation::send_message::SendMessageOutput;
use aws_smithy_mocks::mock;
use headgate_batch::{Record, RecordOutcome, attribute};

use super::{
    Deleted, Hidden, MINUTE, batch, deletion, failed, handle, received, runner, visibility,
};

/// A database that is down for hours must not fill the dead-letter queue with innocent messages.
#[tokio::test]
async fn an_outage_makes_no_message_poison_however_long_it_lasts() {
    let hidden = Hidden::default();
    let sent = mock!(Client::send_message).then_output(|| SendMessageOutput::builder().build());
    let runner = runner(&[&visibility(&hidden), &sent]);
    let down = async |_: &Record| RecordOutcome::Unavailable { reason: "503".into() };
    let response = runner.run(received(batch(&["a", "b"]), 199), MINUTE, down).await;
    assert_eq!(failed(response), ["m-0", "m-1"]);
    assert_eq!(sent.num_calls(), 0);
    // Half of the longest delay is fixed: an outage of a day takes about 130 receives.
    assert!(hidden.lock().unwrap().values().all(|s| (450..=900).contains(s)), "{hidden:?}");
}

#[tokio::test(start_paused = true)]
async fn what_fails_by_itself_is_poison_after_eight_receives() {
    for (body, why) in [
        ("retry", "received 8 times, and failed at last: later"),
        ("panic", "received 8 times, and failed at last: panic: boom"),
    ] {
        let sent = mock!(Client::send_message)
            .match_requests(move |r| {
                let attributes = r.message_attributes().unwrap();
                let text = |name: &str| attributes[name].string_value().unwrap();
                text(attribute::ERROR_TYPE) == "retries_exhausted" && text(attribute::REASON) == why
            })
            .then_output(|| SendMessageOutput::builder().build());
        let (hidden, deleted) = (Hidden::default(), Deleted::default());
        let runner = runner(&[&sent, &visibility(&hidden), &deletion(&deleted)]);
        let handler =
            async |record: &Record| handle(&Record { receive_count: 2, ..record.clone() }).await;
        let seventh = runner.run(received(batch(&[body]), 7), MINUTE, handler).await;
        assert_eq!((failed(seventh), sent.num_calls()), (vec!["m-0".to_owned()], 0));
        let eighth = runner.run(received(batch(&[body]), 8), MINUTE, handler).await;
        assert_eq!((failed(eighth), sent.num_calls()), (vec![], 1), "{body}");
    }
}

#[tokio::test]
async fn a_delay_that_the_handler_asks_for_makes_no_message_poison() {
    let hidden = Hidden::default();
    let runner = runner(&[&visibility(&hidden)]);
    let busy = async |_: &Record| RecordOutcome::Retry {
        after: Some(Duration::from_secs(9)),
        reason: "busy".into(),
    };
    let response = runner.run(received(batch(&["a"]), 50), MINUTE, busy).await;
    assert_eq!((failed(response), hidden.lock().unwrap()["r-0"]), (vec!["m-0".to_owned()], 9));
}

#[tokio::test]
async fn a_suspect_is_processed_after_the_others_and_alone_and_is_deleted_at_once() {
    let deleted = Deleted::default();
    let runner = runner(&[&deletion(&deleted)]);
    let mut event = batch(&["new", "old", "old", "new", "old"]);
    for message in &mut event.records {
        let times = if message.body.as_deref() == Some("old") { "3" } else { "2" };
        message.attributes.insert("ApproximateReceiveCount".into(), times.into());
    }
    let running = Mutex::new(Vec::new());
    let seen = Mutex::new(Vec::new());
    let watched = async |record: &Record| {
        running.lock().unwrap().push(record.message_id.clone());
        tokio::task::yield_now().await;
        seen.lock().unwrap().push((record.body.clone(), running.lock().unwrap().len()));
        running.lock().unwrap().retain(|id| *id != record.message_id);
        RecordOutcome::Done
    };
    assert!(failed(runner.run(event, MINUTE, watched).await).is_empty());
    let seen = seen.lock().unwrap();
    let bodies: Vec<_> = seen.iter().map(|(body, _)| body.as_str()).collect();
    assert_eq!(bodies, ["new", "new", "old", "old", "old"]);
    assert!(seen[2..].iter().all(|(_, together)| *together == 1), "{seen:?}");
    // The others before the first suspect begins: it might end the process.
    let mut deleted = deleted.lock().unwrap().clone();
    deleted[2..].sort();
    deleted[..2].sort();
    assert_eq!(deleted, ["r-0", "r-3", "r-1", "r-2", "r-4"]);
}

/// After an outage, every message is a suspect. Those whose work is done need not wait for each other.
#[tokio::test]
async fn what_is_known_to_be_done_is_no_suspect() {
    let deleted = Deleted::default();
    let rule = deletion(&deleted);
    let runner = runner(&[&rule]);
    let event =
        received(batch(&vec!["done"; 95].into_iter().chain(["old"]).collect::<Vec<_>>()), 3);
    let seen = Mutex::new(Vec::new());
    let handler = async |record: &Record| {
        seen.lock().unwrap().push((record.body.clone(), deleted.lock().unwrap().len()));
        RecordOutcome::Done
    };
    let done = |record: &Record| record.body == "done";
    let answer = runner.run_known(event, MINUTE, done, handler).await;
    assert!(failed(answer).is_empty());
    // The suspect is the last one, when all others are deleted: ten at a time, then itself.
    assert_eq!(seen.lock().unwrap()[95], ("old".to_owned(), 95));
    assert_eq!((deleted.lock().unwrap().len(), rule.num_calls()), (96, 11));
}

/// One message ends the process each time, for example because it needs too much memory. Its nine neighbours are still processed,
/// because a message that was deleted is not delivered again.
#[tokio::test]
async fn neighbours_of_a_message_that_ends_the_process_get_done() {
    let mut left = received(batch(&["1", "2", "3", "killer", "5", "6", "7", "8", "9", "10"]), 3);
    let mut rounds = 0;
    while left.records.len() > 1 {
        rounds += 1;
        assert!(rounds < 100, "{} messages are left", left.records.len());
        let deleted = Deleted::default();
        let runner = runner(&[&deletion(&deleted)]);
        let killed = tokio::sync::Notify::new();
        let handler = async |record: &Record| {
            if record.body == "killer" {
                killed.notify_one();
                std::future::pending::<()>().await;
            }
            RecordOutcome::Done
        };
        tokio::select! {
            _ = runner.run(left.clone(), MINUTE, handler) => panic!("it was not killed"),
            () = killed.notified() => {}
        }
        let deleted = deleted.lock().unwrap();
        left.records.retain(|m| !deleted.contains(m.receipt_handle.as_ref().unwrap()));
    }
    assert_eq!(left.records[0].body.as_deref(), Some("killer"));
}
