//! Permits that KMS signs.

use aws_sdk_kms::Client;
use aws_sdk_kms::operation::get_public_key::{GetPublicKeyError, GetPublicKeyOutput};
use aws_sdk_kms::operation::sign::{SignError, SignOutput};
use aws_sdk_kms::primitives::Blob;
use aws_sdk_kms::types::error::{DependencyTimeoutException, DisabledException};
use aws_sdk_kms::types::{KeySpec, KeyUsageType, MessageType, SigningAlgorithmSpec};
use aws_smithy_mocks::{Rule, RuleMode, mock, mock_client};
use headgate_domain::change::Status;
use headgate_permit_tokens::KeyRing;
use headgate_permits::Place;
use headgate_test_support::*;
use p256::ecdsa::signature::hazmat::PrehashSigner as _;
use p256::ecdsa::{Signature, SigningKey};
use p256::pkcs8::EncodePublicKey as _;

use super::{Fleet, claims, request};

const ARN: &str = "arn:aws:kms:eu-central-1:111122223333:key/";

fn key(seed: u8) -> SigningKey {
    SigningKey::from_slice(&[seed; 32]).unwrap()
}

fn spki(seed: u8) -> Vec<u8> {
    key(seed).verifying_key().to_public_key_der().unwrap().into_vec()
}

/// A fleet whose keys are these in KMS, by their seeds.
fn fleet(seeds: &[u8], rules: &[&Rule]) -> Fleet {
    let arns: Vec<_> = seeds.iter().map(|seed| format!("{ARN}{seed}")).collect();
    let named: Vec<_> = seeds.iter().map(|seed| (format!("{ARN}{seed}"), spki(*seed))).collect();
    let known = mock!(Client::get_public_key).then_compute_output(|request| {
        let seed = request.key_id().unwrap().strip_prefix(ARN).unwrap().parse().unwrap();
        GetPublicKeyOutput::builder()
            .key_id(request.key_id().unwrap())
            .public_key(Blob::new(spki(seed)))
            .key_spec(KeySpec::EccNistP256)
            .key_usage(KeyUsageType::SignVerify)
            .build()
    });
    let rules: Vec<_> = rules.iter().copied().chain([&known]).collect();
    Fleet {
        ring: KeyRing::of_kms(&named, now()).unwrap(),
        kms: mock_client!(aws_sdk_kms, RuleMode::MatchAny, &rules),
        place: Place::Kms(arns),
        ..Fleet::new(Status::Approved)
    }
}

/// KMS, which signs for the first key with the key with this seed.
fn signs(seed: u8) -> Rule {
    let is_ours = |request: &aws_sdk_kms::operation::sign::SignInput| {
        request.key_id() == Some(&format!("{ARN}1"))
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
    let fleet = fleet(&[1], &[&rule]);
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
        let fleet = fleet(&[1], &[&rule]);
        let answer = fleet.post("", &request()).await;
        assert!(answer.status >= 500, "{} {}", answer.status, answer.body);
        assert!(rule.num_calls() > 0);
        assert_eq!((fleet.aws.writes(), fleet.aws.published()), (0, Vec::new()));
    }
}

/// A permit that the key before has signed is used after the rotation, and both are published.
#[tokio::test]
async fn permits_outlive_a_rotation() {
    let signing = signs(1);
    let before = fleet(&[1], &[&signing]);
    let answer = before.post("", &request()).await;
    let permit = answer.body["permit"].as_str().unwrap();
    let after = fleet(&[2, 1], &[]);
    let keys = Caller::new("vic", &[]).get(after.router(), "/v1/keys").await;
    let kids: Vec<_> = keys.body["keys"].as_array().unwrap().iter().map(|k| &k["kid"]).collect();
    assert_eq!(
        (kids.len(), kids[1].as_str().unwrap()),
        (2, &*before.ring.public(now()).keys[0].kid)
    );
    assert!(after.ring.public(now()).verify(permit, now().as_second()).is_ok());
}

/// KMS throttles, or hangs, when the older key is read: that does not make its permits forged, and once all keys are known, none is read again.
#[tokio::test]
async fn a_key_that_kms_does_not_show_makes_no_permit_forged() {
    let token = fleet(&[1], &[]);
    let unsigned = token.ring.permit(&claims()).unwrap();
    let signature: Signature = key(1).sign_prehash(&unsigned.digest()).unwrap();
    let signed = unsigned.signed(signature.to_der().as_bytes()).unwrap();
    let throttled = mock!(Client::get_public_key)
        .match_requests(|request| request.key_id() == Some(&format!("{ARN}1")))
        .then_error(|| {
            GetPublicKeyError::DependencyTimeoutException(
                DependencyTimeoutException::builder().build(),
            )
        });
    let there = permit();
    let answer = fleet(&[2, 1], &[&throttled]).permit(&there).redeem(&signed).await;
    assert!(answer.status >= 500, "{}", answer.body);
    let answer = fleet(&[2, 1], &[]).permit(&there).redeem(&signed).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
}
