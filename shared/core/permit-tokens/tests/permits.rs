//! Key rotation, and tokens that are not permits.
#![allow(clippy::unwrap_used)]

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use headgate_permit_tokens::{
    KeyError, KeyRing, LIFETIME_SECONDS, PermitClaims, Signer, VerifyError, key_id,
};
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use p256::ecdsa::signature::Verifier as _;
use p256::ecdsa::signature::hazmat::PrehashSigner as _;
use p256::ecdsa::{Signature, SigningKey};
use p256::pkcs8::EncodePublicKey as _;
use proptest::prelude::*;

fn start() -> Timestamp {
    "2026-11-02T09:30:00Z".parse().unwrap()
}

fn claims() -> PermitClaims {
    PermitClaims {
        iss: "headgate".into(),
        sub: "ci".into(),
        jti: "p-1".into(),
        iat: 1_000,
        exp: 1_000 + LIFETIME_SECONDS,
        change_id: "chg-1".into(),
        revision: 1,
        content_hash: "c".into(),
        plan_hash: "p".into(),
        plan_file_sha256: "f".into(),
        files_sha256: None,
        account: "111122223333".into(),
        region: "eu-central-1".into(),
        environment: "prod".into(),
        lane: "execute".into(),
    }
}

#[test]
fn a_permit_is_good_until_its_end_and_not_longer() {
    let ring = KeyRing::new(start()).unwrap();
    let permit = ring.permit(&claims()).unwrap().sign().unwrap();
    assert_eq!(ring.public(start()).verify(&permit, 1_000).unwrap(), claims());
    assert_eq!(ring.public(start()).verify(&permit, 1_899).unwrap(), claims());
    assert_eq!(ring.public(start()).verify(&permit, 1_900), Err(VerifyError::Expired));
    // Even with our own key, a lifetime that is too long is refused.
    let eternal = ring.permit(&PermitClaims { exp: i64::MAX, ..claims() }).unwrap().sign().unwrap();
    assert_eq!(ring.public(start()).verify(&eternal, 1_000), Err(VerifyError::Expired));
}

#[test]
fn a_rotated_key_still_verifies_and_then_goes() {
    let mut ring = KeyRing::new(start()).unwrap();
    let old = ring.permit(&claims()).unwrap().sign().unwrap();
    ring.rotate(start() + SignedDuration::from_secs(60)).unwrap();
    let new = ring.permit(&claims()).unwrap().sign().unwrap();
    for permit in [&old, &new] {
        assert_eq!(ring.public(start()).verify(permit, 1_000).unwrap(), claims());
    }
    // A verifier that fetched the keys before the rotation does not know the new one, and fetches again.
    let kid = key_id(&new).unwrap();
    assert!(ring.public(start()).has(&kid) && key_id(&old).unwrap() != kid);
    assert_eq!(key_id("x"), None);
    let ring = KeyRing::parse(&ring.to_text()).unwrap();
    assert_eq!(ring.public(start()).keys.len(), 2);
    // An hour after the key stopped signing, the next rotation removes it.
    let mut ring = ring;
    let later = start() + SignedDuration::from_secs(60 + 3_600);
    // Even without a rotation it is no longer published.
    assert_eq!(ring.public(later).verify(&old, 1_000), Err(VerifyError::UnknownKey));
    ring.rotate(later).unwrap();
    assert_eq!(ring.public(later).keys.len(), 2);
    assert_eq!(ring.public(start()).verify(&old, 1_000), Err(VerifyError::UnknownKey));
    assert!(ring.public(later).verify(&new, 1_000).is_ok());
}

#[test]
fn what_is_no_permit_is_told_apart() {
    let ring = KeyRing::new(start()).unwrap();
    let other = KeyRing::new(start()).unwrap();
    let public = ring.public(start());
    let kid = public.keys[0].kid.clone();
    assert_eq!(public.verify("x", 1_000), Err(VerifyError::Malformed));
    let foreign = other.permit(&claims()).unwrap().sign().unwrap();
    assert_eq!(public.verify(&foreign, 1_000), Err(VerifyError::UnknownKey));
    // Another key with the id of ours.
    let mut parts: Vec<_> = foreign.split('.').map(str::to_owned).collect();
    parts[0] =
        ring.permit(&claims()).unwrap().sign().unwrap().split('.').next().unwrap().to_owned();
    assert_eq!(public.verify(&parts.join("."), 1_000), Err(VerifyError::Signature));
    // The public key used as a shared secret.
    let mut header = Header::new(Algorithm::HS256);
    header.kid = Some(kid);
    let secret = EncodingKey::from_secret(public.keys[0].x.as_bytes());
    let confused = encode(&header, &claims(), &secret).unwrap();
    assert_eq!(public.verify(&confused, 1_000), Err(VerifyError::Signature));
    let foreign =
        ring.permit(&PermitClaims { iss: "somebody".into(), ..claims() }).unwrap().sign().unwrap();
    assert_eq!(public.verify(&foreign, 1_000), Err(VerifyError::Claims));
}

#[test]
fn rings_that_cannot_be_read_say_how_they_are_made() {
    let said = "the permit keys are malformed; create them with `headgate keys init`";
    for text in
        ["", "{}", r#"{"keys":[{"kid":"a","pkcs8":"zz","made_at":"2026-01-01T00:00:00Z"}]}"#]
    {
        assert_eq!(KeyRing::parse(text).unwrap_err().to_string(), said);
    }
    let none = KeyRing::parse(r#"{"keys":[]}"#).unwrap();
    assert!(matches!(none.permit(&claims()), Err(KeyError::NoneSigns)));
    let ring = KeyRing::new(start()).unwrap();
    assert!(!format!("{ring:?}").contains("pkcs8"), "{ring:?}");
}

/// A key in KMS, as this test can have one: KMS signs digests, too, and answers with DER.
struct Kms(SigningKey);

impl Kms {
    fn new(seed: u8) -> Self {
        Self(SigningKey::from_slice(&[seed; 32]).unwrap())
    }

    fn spki(&self) -> Vec<u8> {
        self.0.verifying_key().to_public_key_der().unwrap().into_vec()
    }

    fn sign(&self, digest: [u8; 32]) -> Vec<u8> {
        let signature: Signature = self.0.sign_prehash(&digest).unwrap();
        signature.to_der().as_bytes().to_vec()
    }
}

const ARN: &str = "arn:aws:kms:eu-central-1:111122223333:key/";

/// A ring of these keys, the first of which signs.
fn of(keys: &[&Kms]) -> KeyRing {
    let named = keys.iter().enumerate().map(|(n, key)| (format!("{ARN}{n}"), key.spki()));
    KeyRing::of_kms(&named.collect::<Vec<_>>(), start()).unwrap()
}

fn signed(ring: &KeyRing, kms: &Kms, claims: &PermitClaims) -> String {
    let unsigned = ring.permit(claims).unwrap();
    assert_eq!(unsigned.signer(), Signer::Kms(&format!("{ARN}0")));
    let signature = kms.sign(unsigned.digest());
    unsigned.signed(&signature).unwrap()
}

#[test]
fn a_key_in_kms_signs_permits_and_nothing_of_it_is_in_the_ring() {
    let kms = Kms::new(1);
    let ring = of(&[&kms]);
    let permit = signed(&ring, &kms, &claims());
    assert_eq!(ring.public(start()).verify(&permit, 1_000).unwrap(), claims());
    // Which keys are trusted is in no text that somebody could write.
    assert!(matches!(KeyRing::parse(&ring.to_text()), Err(KeyError::Malformed)));
    // Another key with the same ARN: the ring would publish a key that does not verify.
    let unsigned = ring.permit(&claims()).unwrap();
    let foreign = Kms::new(2).sign(unsigned.digest());
    assert!(matches!(unsigned.signed(&foreign), Err(KeyError::Foreign)));
    // The ring cannot sign by itself.
    assert!(ring.permit(&claims()).unwrap().sign().is_err());
    // The same permit with a header for the other algorithm.
    let mut parts: Vec<_> = permit.split('.').collect();
    let kid = &ring.public(start()).keys[0].kid;
    let header = URL_SAFE_NO_PAD.encode(format!(r#"{{"alg":"EdDSA","kid":"{kid}"}}"#));
    parts[0] = &header;
    assert_eq!(ring.public(start()).verify(&parts.join("."), 1_000), Err(VerifyError::Signature));
}

/// By a library that knows nothing of our keys: the published key, as any client reads it.
#[test]
fn the_published_key_verifies_permits_and_statements() {
    let kms = Kms::new(3);
    let ring = of(&[&kms]);
    let text = serde_json::to_string(&ring.public(start())).unwrap();
    let set: jsonwebtoken::jwk::JwkSet = serde_json::from_str(&text).unwrap();
    let key = DecodingKey::from_jwk(&set.keys[0]).unwrap();
    let mut validation = Validation::new(Algorithm::ES256);
    validation.validate_exp = false;
    let permit = signed(&ring, &kms, &claims());
    assert_eq!(decode::<PermitClaims>(&permit, &key, &validation).unwrap().claims, claims());

    let unsigned = ring.attestation("text/plain", b"approved").unwrap();
    let signature = kms.sign(unsigned.digest());
    let envelope = unsigned.signed(&signature).unwrap();
    let der = STANDARD.decode(&envelope.signatures[0].sig).unwrap();
    let signature = Signature::from_der(&der).unwrap();
    let message = b"DSSEv1 10 text/plain 8 approved";
    kms.0.verifying_key().verify(message, &signature).unwrap();
}

#[test]
fn the_first_of_several_keys_in_kms_signs_and_the_others_are_published() {
    let (one, two) = (Kms::new(1), Kms::new(2));
    let old = signed(&of(&[&one]), &one, &claims());
    let ring = of(&[&two, &one]);
    let new = signed(&ring, &two, &claims());
    for permit in [&old, &new] {
        assert_eq!(ring.public(start()).verify(permit, 1_000).unwrap(), claims());
    }
    let kids = |ring: &KeyRing| -> Vec<String> {
        ring.public(start()).keys.into_iter().map(|key| key.kid).collect()
    };
    assert_eq!(kids(&ring)[0], key_id(&new).unwrap());
    // A key has one id, whatever its place.
    assert_eq!(kids(&ring)[1], kids(&of(&[&one]))[0]);
    assert_eq!(of(&[&two]).public(start()).verify(&old, 1_000), Err(VerifyError::UnknownKey));
    assert!(matches!(of(&[]).check(), Err(KeyError::NoneSigns)));
}

#[test]
fn other_keys_are_refused() {
    // Ed25519, and a P-256 key that is cut off.
    let ed =
        "302a300506032b657003210019bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1";
    let cut = Kms::new(1).spki()[..80].to_vec();
    for spki in [hex::decode(ed).unwrap(), cut, Vec::new()] {
        let ring = KeyRing::of_kms(&[(ARN.to_owned(), spki)], start());
        assert!(matches!(ring, Err(KeyError::Spec)));
    }
    let neither = r#"{"keys":[{"kid":"a","made_at":"2026-01-01T00:00:00Z"}]}"#;
    assert!(matches!(KeyRing::parse(neither), Err(KeyError::Malformed)));
}

/// Keys of a server that is not ours: one that is too short was a panic.
#[test]
fn keys_that_are_cut_off_verify_nothing() {
    let kms = Kms::new(1);
    for ring in [KeyRing::new(start()).unwrap(), of(&[&kms])] {
        let permit = match ring.permit(&claims()).unwrap() {
            unsigned if unsigned.signer() == Signer::Here => unsigned.sign().unwrap(),
            _ => signed(&ring, &kms, &claims()),
        };
        let mut public = ring.public(start());
        for x in ["", "AA", "%", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
            public.keys[0].x = x.to_owned();
            let refused = public.verify(&permit, 1_000).unwrap_err();
            assert!(matches!(refused, VerifyError::UnknownKey | VerifyError::Signature), "{x}");
        }
    }
}

/// As the build before wrote it.
#[test]
fn a_ring_of_an_earlier_build_is_read() {
    let text = r#"{"keys":[{"kid":"0011223344556677","pkcs8":"302e020100300506032b657004220420d4ee72dbf913584ad5b6d8f1f769f8ad3afe7c28cbf1d4fbe097a88f44755842","made_at":"2026-01-01T00:00:00Z","retired_at":null}]}"#;
    let ring = KeyRing::parse(text).unwrap();
    let permit = ring.permit(&claims()).unwrap().sign().unwrap();
    assert_eq!(ring.public(start()).verify(&permit, 1_000).unwrap(), claims());
}

proptest! {
    #[test]
    fn any_flipped_character_is_noticed(at: prop::sample::Index, with in "[A-Za-z0-9_-]") {
        let ring = KeyRing::new(start()).unwrap();
        let permit = ring.permit(&claims()).unwrap().sign().unwrap();
        let mut bytes = permit.clone().into_bytes();
        let at = at.index(bytes.len());
        let with = with.as_bytes()[0];
        prop_assume!(bytes[at] != with && bytes[at] != b'.');
        bytes[at] = with;
        let forged = String::from_utf8(bytes).unwrap();
        prop_assert!(ring.public(start()).verify(&forged, 1_000).is_err(), "{}", forged);
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,200}") {
        let ring = KeyRing::new(start()).unwrap();
        prop_assert!(ring.public(start()).verify(&text, 1_000).is_err());
    }
}
