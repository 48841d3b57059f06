//! The SDK's configuration for a role.

use aws_config::SdkConfig;
use aws_sdk_kms::operation::sign::builders::SignFluentBuilder;
use aws_sdk_kms::primitives::Blob;
use aws_sdk_kms::types::{MessageType, SigningAlgorithmSpec};
use aws_sdk_sqs::config::{Credentials, SharedCredentialsProvider};

use serde_json::Value;

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
        self.acting(found.access_key_id(), found.secret_access_key(), found.session_token())
    }

    /// Acts as the root user of the account, as which the fleet was deployed.
    #[must_use]
    pub fn root(&self) -> SdkConfig {
        self.sdk.clone()
    }

    /// Acts with the credentials of an apply, as the API returned them.
    #[must_use]
    pub fn given(&self, credentials: &Value) -> SdkConfig {
        let text = |name: &str| credentials[name].as_str().unwrap();
        self.acting(text("access_key_id"), text("secret_access_key"), text("session_token"))
    }

    fn acting(&self, id: &str, secret: &str, token: &str) -> SdkConfig {
        let credentials = Credentials::new(id, secret, Some(token.to_owned()), None, "story");
        let provider = SharedCredentialsProvider::new(credentials);
        self.sdk.to_builder().credentials_provider(provider).build()
    }

    /// Lets somebody try to sign with the permit key.
    #[must_use]
    pub fn try_to_sign(&self, who: &SdkConfig) -> SignFluentBuilder {
        let sign = aws_sdk_kms::Client::new(who).sign().key_id(self.output("/permit_keys/1"));
        let sign = sign.message(Blob::new([0; 32])).message_type(MessageType::Digest);
        sign.signing_algorithm(SigningAlgorithmSpec::EcdsaSha256)
    }
}
