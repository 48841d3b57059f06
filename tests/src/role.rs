//! The SDK's configuration for a role.

use aws_config::SdkConfig;
use aws_sdk_sqs::config::{Credentials, SharedCredentialsProvider};

use crate::world::World;

impl World {
    /// Assumes a role: one of `terraform/environments/local/strangers.tf`, or a function's. The name of the session tells the gate that
    /// a story acts, which may be denied a lot.
    #[must_use]
    pub fn role(&self, name: &str) -> SdkConfig {
        let client = aws_sdk_sts::Client::new(&self.sdk);
        let arn = format!("arn:aws:iam::000000000000:role/{name}");
        let assume = client.assume_role().role_arn(arn).role_session_name("story").send();
        let found = self.block_on(assume).unwrap().credentials.unwrap();
        let token = Some(found.session_token().to_owned());
        let (id, secret) = (found.access_key_id(), found.secret_access_key());
        let credentials = Credentials::new(id, secret, token, None, "story");
        let provider = SharedCredentialsProvider::new(credentials);
        self.sdk.to_builder().credentials_provider(provider).build()
    }
}
