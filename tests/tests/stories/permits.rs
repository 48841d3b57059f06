//! Permits: each allows one apply of one plan in one account before it expires.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use headgate_e2e::{ACCOUNT, Approved, BOT, World, plan_file_sha256, plan_hash};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

/// The permit id in a signed permit (its `jti` claim).
fn permit_id(body: &Value) -> String {
    let claims = body["permit"].as_str().unwrap().split('.').nth(1).unwrap();
    let claims = URL_SAFE_NO_PAD.decode(claims).unwrap();
    serde_json::from_slice::<Value>(&claims).unwrap()["jti"].as_str().unwrap().to_owned()
}

fn with(body: &Value, member: &str, value: Value) -> Value {
    let mut body = body.clone();
    body[member] = value;
    body
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn a_permit_is_for_one_plan_in_one_account_once() {
    let world = World::new();
    let change = Approved::new(&world, "dev");
    let (permit, body) = change.permit();
    let use_it = format!("{permit}/use");
    let try_with =
        |member: &str, value: Value| world.post(BOT, &use_it, &with(&body, member, value));
    try_with("account", json!("111111111111")).refused(403, "permit_account");
    try_with("plan_hash", json!("0".repeat(64))).refused(409, "plan_hash_mismatch");
    // The plan's JSON is right. Only the plan file is missing or another one.
    for other in [json!(null), json!("0".repeat(64))] {
        try_with("plan_file_sha256", other.clone()).refused(409, "plan_file_mismatch");
        let asked = with(&change.request, "plan_file_sha256", other);
        world.post(BOT, &change.permits(), &asked).refused(409, "plan_file_mismatch");
    }
    let token = body["permit"].as_str().unwrap();
    try_with("permit", json!("x")).refused(403, "permit_forged");
    // A changed signature, then another valid permit on this permit's path.
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let other = if signature.starts_with('A') { "B" } else { "A" };
    try_with("permit", json!(format!("{signed}.{other}{}", &signature[1..])))
        .refused(403, "permit_forged");
    let (_, second) = change.permit();
    try_with("permit", second["permit"].clone()).refused(409, "permit_mismatch");
    // Only an executor may use it, and only the one that it was issued to (see the tests of `functions/permits`).
    world.post("alice", &use_it, &body).refused(403, "role_missing");
    world
        .post(BOT, &format!("{permit}/report"), &json!({"outcome": "succeeded", "duration_ms": 1}))
        .refused(409, "permit_unused");

    let used = world.use_permit(BOT, &use_it, &body).ok();
    assert_eq!(used["environment"], "dev");
    world.post(BOT, &use_it, &body).refused(409, "permit_used");
    // One approval allows one apply. Neither the other permit nor a new one allows a second.
    let second_path = format!("{}/{}/use", change.permits(), permit_id(&second));
    world.post(BOT, &second_path, &second).refused(409, "not_approved");
    world.post(BOT, &change.permits(), &change.request).refused(409, "not_approved");
    world
        .post("alice", &format!("{permit}/report"), &json!({"outcome": "failed", "duration_ms": 1}))
        .refused(403, "permit_not_yours");
    change.report(&permit, "succeeded");
    // A second report changes nothing, even if its outcome differs.
    change.report(&permit, "failed");
    world.wait_status(&change.proposal.change, "executed");
    let executed = world.wait_event(&change.proposal.engagement, "change.executed.v1");
    assert_eq!(executed["data"]["verification"], "looked");
    assert_eq!(executed["actorid"], BOT);
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn a_permit_expires() {
    let world = World::new();
    let change = Approved::new(&world, "unhurried");
    let issued = world.post(BOT, &change.permits(), &change.request).ok();
    let expires: Timestamp = issued["expires_at"].as_str().unwrap().parse().unwrap();
    let path = format!("{}/{}/use", change.permits(), issued["permit_id"].as_str().unwrap());
    let body = json!({
        "permit": issued["permit"], "account": ACCOUNT, "plan_hash": plan_hash(),
        "plan_file_sha256": plan_file_sha256(),
    });
    let end = expires + SignedDuration::from_secs(1);
    world.wait_for("the permit to expire", || (Timestamp::now() > end).then_some(()));
    world.post(BOT, &path, &body).refused(409, "permit_expired");
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn kms_signs_permits_and_all_of_its_keys_are_published() {
    let world = World::new();
    let change = Approved::new(&world, "unhurried");
    let (permit, body) = change.permit();
    let keys = world.get("vic", "/v1/keys").ok()["keys"].clone();
    let listed: Vec<_> = keys.as_array().unwrap().iter().map(|key| &key["alg"]).collect();
    assert_eq!(listed, ["ES256", "ES256"], "the one that signs, and one that may have signed");
    let header = body["permit"].as_str().unwrap().split('.').next().unwrap();
    let header: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).unwrap()).unwrap();
    assert_eq!((&header["alg"], &header["kid"]), (&json!("ES256"), &keys[0]["kid"]));
    world.use_permit(BOT, &format!("{permit}/use"), &body).ok();
    change.report(&permit, "succeeded");
}

/// For a fleet without keys in KMS.
#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn a_key_in_a_secret_is_made_once_and_rotated() {
    let world = World::new();
    let secrets = aws_sdk_secretsmanager::Client::new(&world.root());
    let name = world.id("permit-key");
    world.block_on(secrets.create_secret().name(&name).send()).unwrap();
    let stored = || {
        let value = world.block_on(secrets.get_secret_value().secret_id(&name).send()).unwrap();
        serde_json::from_str::<Value>(value.secret_string().unwrap()).unwrap()
    };
    let run = |command: &str| {
        let (code, out, error) =
            world.headgate(BOT, &["keys", command, "--secret", &name, "--json"]);
        assert_eq!(code, 0, "{error}");
        serde_json::from_str::<Value>(&out).unwrap()
    };
    assert_eq!(run("init")["made"], true);
    let first = stored()["keys"][0]["kid"].clone();
    assert_eq!(run("init")["made"], false);
    let second = run("rotate")["kid"].clone();
    let keys = stored()["keys"].clone();
    assert_eq!((&keys[0]["kid"], &keys[1]["kid"]), (&second, &first));
    assert!(keys[0]["retired_at"].is_null() && keys[1]["retired_at"].is_string(), "{keys}");
    world.block_on(secrets.delete_secret().secret_id(&name).send()).unwrap();
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn one_apply_at_a_time_in_an_environment() {
    let world = World::new();
    let (first, second) = (Approved::new(&world, "busy"), Approved::new(&world, "busy"));
    let (one, body) = first.permit();
    world.post(BOT, &format!("{one}/heartbeat"), &json!({})).refused(409, "lock_lost");
    world.post(BOT, &format!("{one}/use"), &body).ok();
    let (two, other) = second.permit();
    let said = world.post(BOT, &format!("{two}/use"), &other).refused(409, "environment_locked");
    let said = said["message"].as_str().unwrap();
    let who = format!("{BOT} is applying {} to busy", first.proposal.change);
    assert!(said.starts_with(&who), "{said}");
    world.post(BOT, &format!("{one}/heartbeat"), &json!({})).ok();
    first.report(&one, "failed");
    // The refused use did not spend the second permit. The report released the first permit's lock.
    world.post(BOT, &format!("{two}/use"), &other).ok();
    world.post(BOT, &format!("{one}/heartbeat"), &json!({})).refused(409, "permit_reported");
    second.report(&two, "succeeded");
    world.wait_status(&first.proposal.change, "execution_failed");
    world.wait_status(&second.proposal.change, "executed");
    an_executor_that_falls_silent_holds_the_environment_until_an_operator_releases_it(&world);
}

/// In the same environment, so not a story of its own: stories run in parallel.
fn an_executor_that_falls_silent_holds_the_environment_until_an_operator_releases_it(
    world: &World,
) {
    let (silent, next) = (Approved::new(world, "busy"), Approved::new(world, "busy"));
    let (one, body) = silent.permit();
    world.post(BOT, &format!("{one}/use"), &body).ok();
    // While it is applied, nobody may replace it, and nobody may release it.
    let mut newer = silent.proposal.clone();
    newer.data["revision"] = json!(2);
    newer.send(world).ok();
    let refused = world.wait_event(&silent.proposal.engagement, "change.refused.v1");
    assert_eq!(refused["data"]["reasons"][0]["code"], "change_applying");
    let release = ["release", "busy", "--reason", "the runner is gone"];
    let (code, _, error) = world.headgate("olga", &release);
    assert!(code == 1 && error.contains("still sends heartbeats"), "{error}");
    // Its heartbeats stop.
    world.rewrite("/tables/ledger", ("ENVIRONMENT#busy", "LOCK"), &|body| {
        let mut lock: Value = serde_json::from_str(body).unwrap();
        lock["expires_at"] = json!(Timestamp::now() - SignedDuration::from_mins(1));
        lock.to_string()
    });
    let (two, other) = next.permit();
    world.post(BOT, &format!("{two}/use"), &other).refused(409, "apply_unreported");
    let (code, _, error) = world.headgate("alice", &release);
    assert!(code == 1 && error.contains("role_missing"), "{error}");
    let (code, said, error) = world.headgate("olga", &release);
    assert_eq!(code, 0, "{error}");
    assert!(said.starts_with("released busy; the apply of "), "{said}");
    world.use_permit(BOT, &format!("{two}/use"), &other).ok();
    // The executor comes back: too late.
    world.post(BOT, &format!("{one}/heartbeat"), &json!({})).refused(409, "permit_reported");
    let report = json!({ "outcome": "succeeded", "duration_ms": 1 });
    world.post(BOT, &format!("{one}/report"), &report).refused(409, "apply_released");
    world.wait_status(&silent.proposal.change, "execution_failed");
    let executed = world.wait_event(&silent.proposal.engagement, "change.executed.v1");
    assert_eq!(
        (&executed["actorid"], &executed["data"]["outcome"]),
        (&json!("olga"), &json!("failed"))
    );
    next.report(&two, "succeeded");
    world.wait_status(&next.proposal.change, "executed");
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn nothing_is_applied_in_a_freeze() {
    let world = World::new();
    let change = Approved::new(&world, "frozen");
    let refused = world.post(BOT, &change.permits(), &change.request);
    let said = refused.refused(409, "environment_frozen");
    assert_eq!(said["message"], "frozen is frozen until 2120-01-01T00:00:00Z: for a story");
}
