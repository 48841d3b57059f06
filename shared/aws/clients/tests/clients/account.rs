//! The account, and the error if AWS returns none.

use aws_sdk_sts::Client;
use aws_sdk_sts::operation::get_caller_identity::GetCallerIdentityOutput;
use aws_smithy_mocks::{mock, mock_client};
use headgate_clients::Identity;

#[tokio::test]
async fn the_account_is_what_aws_says() {
    let known = mock!(Client::get_caller_identity)
        .then_output(|| GetCallerIdentityOutput::builder().account("111122223333").build());
    let identity = Identity::new(mock_client!(aws_sdk_sts, [&known]));
    assert_eq!(identity.account().await.unwrap(), "111122223333");

    let nameless = mock!(Client::get_caller_identity)
        .then_output(|| GetCallerIdentityOutput::builder().build());
    let identity = Identity::new(mock_client!(aws_sdk_sts, [&nameless]));
    let said = identity.account().await.unwrap_err().to_string();
    assert_eq!(said, "AWS returned no account for your credentials");
}
