//! Calls to the emulator for which the stories have no SDK crate: each would add half a minute to every build. Emulators accept
//! requests with any signature.

use serde_json::Value;

use crate::world::{World, answer};

impl World {
    /// Queries the emulator's CloudWatch Logs.
    pub(crate) fn logs(&self, ask: &Value) -> Value {
        let request = self
            .ask("logs", "")
            .header("Content-Type", "application/x-amz-json-1.1")
            .header("X-Amz-Target", "Logs_20140328.FilterLogEvents");
        answer(request.send(ask.to_string())).body
    }

    /// Runs a function that a schedule runs every minute. MiniStack runs schedules; LocalStack only stores
    /// them, so there the function is invoked.
    pub fn sweep(&self, function: &str) {
        if self.is_slow() {
            self.run_now(function);
        }
    }

    /// Runs a function at once, beside its schedule.
    pub fn run_now(&self, function: &str) {
        let name = self.output(&format!("/functions/{function}"));
        let request = self.ask("lambda", &format!("/2015-03-31/functions/{name}/invocations"));
        let answer = answer(request.header("X-Amz-Invocation-Type", "Event").send("{}"));
        assert_eq!(answer.status, 202, "{}", answer.body);
    }

    fn ask(&self, service: &str, path: &str) -> ureq::RequestBuilder<ureq::typestate::WithBody> {
        self.http.post(self.endpoint(path)).header("Authorization", Self::signed(service))
    }

    /// The address of a path of the emulator.
    #[allow(clippy::unused_self)]
    pub(crate) fn endpoint(&self, path: &str) -> String {
        format!("{}{path}", std::env::var("AWS_ENDPOINT_URL").unwrap())
    }

    /// A header that names a service, with root's key.
    pub(crate) fn signed(service: &str) -> String {
        format!("AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/{service}/aws4_request")
    }
}
