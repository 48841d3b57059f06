//! What EventBridge answers.

use aws_sdk_eventbridge::Client as Events;
use aws_sdk_eventbridge::operation::put_events::PutEventsOutput;
use aws_sdk_eventbridge::types::PutEventsResultEntry;
use aws_smithy_mocks::{Rule, mock};
use serde_json::{Value, json};

use super::Aws;

/// Records the entries of `PutEvents`, or rejects them with a 200.
pub(super) fn put_events(this: Aws) -> Rule {
    mock!(Events::put_events).then_compute_output(move |request| {
        let mut state = this.state();
        let mut results = Vec::new();
        let mut failed = 0;
        for entry in request.entries() {
            let result = PutEventsResultEntry::builder();
            if state.rejected > 0 {
                state.rejected -= 1;
                failed += 1;
                results.push(result.error_code("ThrottlingException").build());
                continue;
            }
            let detail: Value = serde_json::from_str(entry.detail().unwrap()).unwrap();
            state.delivered.push(
                json!({
                    "source": entry.source(), "detail-type": entry.detail_type(),
                    "resources": entry.resources(), "detail": detail,
                })
                .to_string(),
            );
            state.published.push(json!({
                "source": entry.source(), "type": entry.detail_type(), "detail": detail,
            }));
            results.push(result.event_id("e").build());
        }
        PutEventsOutput::builder().set_entries(Some(results)).failed_entry_count(failed).build()
    })
}
