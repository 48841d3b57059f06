//! SDK clients that act in a role.

use aws_sdk_sqs::config::Credentials;

use crate::world::World;

/// A session of a role.
pub struct Role {
    credentials: Credentials,
}

impl World {
    /// Assumes a role of `terraform/environments/local/strangers.tf`.
    #[must_use]
    pub fn role(&self, name: &str) -> Role {
        let client = aws_sdk_sts::Client::new(&self.sdk);
        let arn = format!("arn:aws:iam::000000000000:role/{name}");
        let assume = client.assume_role().role_arn(arn).role_session_name("story").send();
        let found = self.block_on(assume).unwrap().credentials.unwrap();
        let token = Some(found.session_token().to_owned());
        let (id, secret) = (found.access_key_id(), found.secret_access_key());
        Role { credentials: Credentials::new(id, secret, token, None, "story") }
    }
}

impl Role {
    /// A client of SQS.
    #[must_use]
    pub fn sqs(&self, world: &World) -> aws_sdk_sqs::Client {
        let config = aws_sdk_sqs::config::Builder::from(&world.sdk);
        let config = config.credentials_provider(self.credentials.clone());
        aws_sdk_sqs::Client::from_conf(config.build())
    }

    /// A client of EventBridge.
    #[must_use]
    pub fn eventbridge(&self, world: &World) -> aws_sdk_eventbridge::Client {
        let config = aws_sdk_eventbridge::config::Builder::from(&world.sdk);
        let config = config.credentials_provider(self.credentials.clone());
        aws_sdk_eventbridge::Client::from_conf(config.build())
    }

    /// A client of DynamoDB.
    #[must_use]
    pub fn dynamodb(&self, world: &World) -> aws_sdk_dynamodb::Client {
        let config = aws_sdk_dynamodb::config::Builder::from(&world.sdk);
        let config = config.credentials_provider(self.credentials.clone());
        aws_sdk_dynamodb::Client::from_conf(config.build())
    }
}
