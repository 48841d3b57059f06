//! The error for a secret without a value says what to do.

use aws_sdk_secretsmanager::Client;
use aws_sdk_secretsmanager::operation::get_secret_value::{
    GetSecretValueError, GetSecretValueOutput,
};
use aws_sdk_secretsmanager::types::error::ResourceNotFoundException;
use aws_smithy_mocks::{Rule, RuleMode, mock, mock_client};
use headgate_clients::Secrets;

async fn get(rule: &Rule) -> Result<String, String> {
    let client = mock_client!(aws_sdk_secretsmanager, RuleMode::MatchAny, [rule]);
    Secrets::new(client).get("permit-key").await.map_err(|e| e.to_string())
}

#[tokio::test]
async fn the_value_or_the_way_to_one() {
    let there = mock!(Client::get_secret_value)
        .then_output(|| GetSecretValueOutput::builder().secret_string("v").build());
    assert_eq!(get(&there).await, Ok("v".to_owned()));
    let empty =
        mock!(Client::get_secret_value).then_output(|| GetSecretValueOutput::builder().build());
    let missing = mock!(Client::get_secret_value).then_error(|| {
        GetSecretValueError::ResourceNotFoundException(
            ResourceNotFoundException::builder()
                .meta(
                    aws_sdk_secretsmanager::error::ErrorMetadata::builder()
                        .code("ResourceNotFoundException")
                        .build(),
                )
                .build(),
        )
    });
    for rule in [empty, missing] {
        assert_eq!(
            get(&rule).await,
            Err("secret permit-key has no value yet; \
                 run `headgate keys init --secret permit-key` if it is the permit key"
                .to_owned())
        );
    }
}
