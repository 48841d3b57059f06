//! Permits that KMS signs.

use aws_sdk_kms::Client;
use aws_sdk_kms::operation::sign::{SignError, SignOutput};
use aws_sdk_kms::primitives::Blob;
use aws_sdk_kms::types::error::{DependencyTimeoutException, DisabledException};
use aws_sdk_kms::types::{MessageType, SigningAlgorithmSpec};
use aws_smithy_mocks::{Rule, RuleMode, mock, mock_client};
use headgate_domain::change::Status;
use headgate_permit_tokens::KeyRing;
use headgate_test_support::*;
use p256::ecdsa::signature::hazmat::PrehashSigner as _;
use p256::ecdsa::{Signature, SigningKey};
use p256::pkcs8::EncodePublicKey as _;

use super::{Fleet, request};

const ARN: &str = "arn:aws:kms:eu-central-1:111122223333:key/1";

fn key(seed: u8) -> SigningKey {
    SigningKey::from_slice(&[seed; 32]).unwrap()
}

/// A fleet whose ring names the key with seed 1.
fn fleet(rules: &[&Rule]) -> Fleet {
    let spki = key(1).verifying_key().to_public_key_der().unwrap().into_vec();
    Fleet {
        ring: KeyRing::of_kms(ARN, &spki, now()).unwrap(),
        kms: mock_client!(aws_sdk_kms, RuleMode::MatchAny, rules),
        ..Fleet::new(Status::Approved)
    }
}

/// KMS, with the key with this seed.
fn signs(seed: u8) -> Rule {
    let is_ours = |request: &aws_sdk_kms::operation::sign::SignInput| {
        request.key_id() == Some(ARN)
            && request.message_type() == Some(&MessageType::Digest)
            && request.signing_algorithm() == Some(&SigningAlgorithmSpec::EcdsaSha256)
    };
    mock!(Client::sign).match_requests(is_ours).then_compute_output(move |request| {
        let digest = request.message().unwrap().as_ref();
        let signature: Signature = key(seed).sign_prehash(digest).unwrap();
        SignOutput::builder().signature(Blob::new(signature.to_der().as_bytes())).build()
    })
}

#[tokio::test]
async fn a_permit_is_signed_by_the_key_that_is_published() {
    let rule = signs(1);
    let fleet = fleet(&[&rule]);
    let answer = fleet.post("", &request()).await;
    assert_eq!((answer.status, rule.num_calls()), (201, 1), "{}", answer.body);
    let permit = answer.body["permit"].as_str().unwrap();
    let claims = fleet.ring.public(now()).verify(permit, now().as_second()).unwrap();
    assert_eq!(claims.content_hash.as_str(), CONTENT);
    let keys = Caller::new("vic", &[]).get(fleet.router(), "/v1/keys").await;
    assert_eq!(keys.body["keys"][0]["alg"], "ES256");
    let path = format!("/v1/changes/{CHANGE}/attestation");
    let attested = Caller::new("vic", &["reader"]).get(fleet.router(), &path).await;
    assert_eq!((attested.status, rule.num_calls()), (200, 2), "{}", attested.body);
}

/// AWS documents these errors of `Sign`: a key that is disabled, and a dependency that does not answer; and somebody may have put another
/// key where ours was.
#[tokio::test]
async fn without_a_good_signature_no_permit_is_recorded() {
    let disabled = mock!(Client::sign)
        .then_error(|| SignError::DisabledException(DisabledException::builder().build()));
    let late = mock!(Client::sign).then_error(|| {
        SignError::DependencyTimeoutException(DependencyTimeoutException::builder().build())
    });
    for rule in [disabled, late, signs(2)] {
        let fleet = fleet(&[&rule]);
        let answer = fleet.post("", &request()).await;
        assert!(answer.status >= 500, "{} {}", answer.status, answer.body);
        assert!(rule.num_calls() > 0);
        assert_eq!((fleet.aws.writes(), fleet.aws.published()), (0, Vec::new()));
    }
}
