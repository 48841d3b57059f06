//! Fuzzes the permit parser: it must accept only text that our key signed, and must never panic.
#![no_main]

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use headgate_permit_tokens::{KeyRing, PermitClaims, Unsigned};
use libfuzzer_sys::fuzz_target;

static RING: LazyLock<KeyRing> =
    LazyLock::new(|| KeyRing::new(jiff::Timestamp::UNIX_EPOCH).expect("a random key"));
static PERMIT: LazyLock<String> = LazyLock::new(|| {
    let text = || "x".to_owned();
    RING.permit(&PermitClaims {
        iss: "headgate".to_owned(),
        sub: text().into(),
        jti: text(),
        iat: 0,
        exp: 900,
        change_id: text().into(),
        revision: 1,
        content_hash: "x".into(),
        plan_hash: "x".into(),
        plan_file_sha256: "x".into(),
        files_sha256: None,
        account: text(),
        region: text(),
        environment: text(),
        lane: text(),
    })
    .and_then(Unsigned::sign)
    .expect("the key signs a permit")
});

fuzz_target!(|bytes: &[u8]| {
    let public = RING.public(jiff::Timestamp::UNIX_EPOCH);
    let verify = |token: &str| public.verify(token, 1);
    if let Ok(text) = std::str::from_utf8(bytes) {
        assert!(verify(text).is_err() || text == *PERMIT, "forged permit accepted: {text}");
    }
    // Replace the header, payload or signature of a real permit with the bytes.
    let parts: Vec<_> = PERMIT.split('.').collect();
    let forged = URL_SAFE_NO_PAD.encode(bytes);
    for at in 0..3 {
        let mut token = parts.clone();
        token[at] = &forged;
        let token = token.join(".");
        assert!(verify(&token).is_err() || token == *PERMIT, "forged permit accepted: {token}");
    }
});
