//! The permit parser: no text but one that our key signed is a permit, and none breaks it.
#![no_main]

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use headgate_permits::{KeyRing, PermitClaims};
use libfuzzer_sys::fuzz_target;

static RING: LazyLock<KeyRing> =
    LazyLock::new(|| KeyRing::new(jiff::Timestamp::UNIX_EPOCH).expect("randomness"));
static PERMIT: LazyLock<String> = LazyLock::new(|| {
    let text = || "x".to_owned();
    RING.sign(&PermitClaims {
        iss: "headgate".to_owned(),
        sub: text(),
        jti: text(),
        iat: 0,
        exp: 900,
        change_id: text(),
        revision: 1,
        content_hash: text(),
        plan_hash: text(),
        account: text(),
        region: text(),
        environment: text(),
        lane: text(),
    })
    .expect("a permit")
});

fuzz_target!(|bytes: &[u8]| {
    let public = RING.public(jiff::Timestamp::UNIX_EPOCH);
    let verify = |token: &str| public.verify(token, 1);
    if let Ok(text) = std::str::from_utf8(bytes) {
        assert!(verify(text).is_err() || text == *PERMIT, "{text} is believed");
    }
    // Parts of a real permit, with the bytes as header, content or signature.
    let parts: Vec<_> = PERMIT.split('.').collect();
    let forged = URL_SAFE_NO_PAD.encode(bytes);
    for at in 0..3 {
        let mut token = parts.clone();
        token[at] = &forged;
        let token = token.join(".");
        assert!(verify(&token).is_err() || token == *PERMIT, "{token} is believed");
    }
});
