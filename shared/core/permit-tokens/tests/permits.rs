//! Key rotation, and tokens that are not permits.
#![allow(clippy::unwrap_used)]

use headgate_permit_tokens::{
    KeyError, KeyRing, LIFETIME_SECONDS, PermitClaims, VerifyError, key_id,
};
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
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
    let permit = ring.sign(&claims()).unwrap();
    assert_eq!(ring.public(start()).verify(&permit, 1_000).unwrap(), claims());
    assert_eq!(ring.public(start()).verify(&permit, 1_899).unwrap(), claims());
    assert_eq!(ring.public(start()).verify(&permit, 1_900), Err(VerifyError::Expired));
    // Even with our own key, a lifetime that is too long is refused.
    let eternal = ring.sign(&PermitClaims { exp: i64::MAX, ..claims() }).unwrap();
    assert_eq!(ring.public(start()).verify(&eternal, 1_000), Err(VerifyError::Expired));
}

#[test]
fn a_rotated_key_still_verifies_and_then_goes() {
    let mut ring = KeyRing::new(start()).unwrap();
    let old = ring.sign(&claims()).unwrap();
    ring.rotate(start() + SignedDuration::from_secs(60)).unwrap();
    let new = ring.sign(&claims()).unwrap();
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
    let foreign = other.sign(&claims()).unwrap();
    assert_eq!(public.verify(&foreign, 1_000), Err(VerifyError::UnknownKey));
    // Another key with the id of ours.
    let mut parts: Vec<_> = foreign.split('.').map(str::to_owned).collect();
    parts[0] = ring.sign(&claims()).unwrap().split('.').next().unwrap().to_owned();
    assert_eq!(public.verify(&parts.join("."), 1_000), Err(VerifyError::Signature));
    // The public key used as a shared secret.
    let mut header = Header::new(Algorithm::HS256);
    header.kid = Some(kid);
    let secret = EncodingKey::from_secret(public.keys[0].x.as_bytes());
    let confused = encode(&header, &claims(), &secret).unwrap();
    assert_eq!(public.verify(&confused, 1_000), Err(VerifyError::Signature));
    let foreign = ring.sign(&PermitClaims { iss: "somebody".into(), ..claims() }).unwrap();
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
    assert!(matches!(none.sign(&claims()), Err(KeyError::NoneSigns)));
    let ring = KeyRing::new(start()).unwrap();
    assert!(!format!("{ring:?}").contains("pkcs8"), "{ring:?}");
}

proptest! {
    #[test]
    fn any_flipped_character_is_noticed(at: prop::sample::Index, with in "[A-Za-z0-9_-]") {
        let ring = KeyRing::new(start()).unwrap();
        let permit = ring.sign(&claims()).unwrap();
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
