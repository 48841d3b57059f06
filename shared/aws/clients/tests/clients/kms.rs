//! Which keys in KMS may sign, and what an error says.

use std::error::Error as _;

use aws_sdk_kms::Client;
use aws_sdk_kms::error::DisplayErrorContext;
use aws_sdk_kms::operation::get_public_key::{GetPublicKeyError, GetPublicKeyOutput};
use aws_sdk_kms::operation::sign::SignOutput;
use aws_sdk_kms::primitives::Blob;
use aws_sdk_kms::types::error::NotFoundException;
use aws_sdk_kms::types::{KeySpec, KeyUsageType};
use aws_smithy_mocks::{Rule, RuleMode, mock, mock_client};
use headgate_clients::{PublicHalf, SigningKeys};

fn keys(rule: &Rule) -> SigningKeys {
    SigningKeys::new(mock_client!(aws_sdk_kms, RuleMode::MatchAny, [rule]))
}

fn answers(spec: KeySpec, usage: KeyUsageType) -> Rule {
    mock!(Client::get_public_key).then_output(move || {
        let answer = GetPublicKeyOutput::builder().key_id("arn:1").public_key(Blob::new("spki"));
        answer.key_spec(spec.clone()).key_usage(usage.clone()).build()
    })
}

#[tokio::test]
async fn a_key_is_known_by_its_arn_whatever_named_it() {
    let rule = answers(KeySpec::EccNistP256, KeyUsageType::SignVerify);
    let half = keys(&rule).public("alias/permits").await.unwrap();
    assert_eq!(half, PublicHalf { arn: "arn:1".to_owned(), spki: b"spki".to_vec() });
}

#[tokio::test]
async fn other_keys_are_refused_with_what_to_create() {
    for (spec, usage) in [
        (KeySpec::EccSecgP256K1, KeyUsageType::SignVerify),
        (KeySpec::Rsa2048, KeyUsageType::SignVerify),
        (KeySpec::EccNistP256, KeyUsageType::KeyAgreement),
    ] {
        let said = keys(&answers(spec, usage)).public("alias/permits").await.unwrap_err();
        assert_eq!(
            said.to_string(),
            "alias/permits cannot sign permits; create a key with the spec ECC_NIST_P256 and the usage SIGN_VERIFY"
        );
    }
}

#[tokio::test]
async fn errors_name_the_key_and_the_reason() {
    let missing = mock!(Client::get_public_key).then_error(|| {
        let error = NotFoundException::builder().message("there is no such alias").build();
        GetPublicKeyError::NotFoundException(error)
    });
    let error = keys(&missing).public("alias/permits").await.unwrap_err();
    assert_eq!(error.to_string(), "KMS failed for alias/permits");
    let source = DisplayErrorContext(error.source().unwrap()).to_string();
    assert!(source.contains("there is no such alias"), "{source}");
    // An answer without a signature is no signature.
    let empty = mock!(Client::sign).then_output(|| SignOutput::builder().build());
    let said = keys(&empty).sign("arn:1", [0; 32]).await.unwrap_err().to_string();
    assert_eq!(said, "the answer of KMS for arn:1 is incomplete");
}
