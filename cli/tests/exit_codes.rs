//! Exit codes and error messages, without a fleet.
#![allow(clippy::unwrap_used)]

use std::path::PathBuf;
use std::process::Command;

fn headgate(args: &[&str]) -> (i32, String) {
    let out = Command::new(env!("CARGO_BIN_EXE_headgate"))
        .args(args)
        .env_clear()
        .env("HEADGATE_API", "http://127.0.0.1:1/local")
        .env("HEADGATE_TOKEN", "t")
        .current_dir(std::env::temp_dir())
        .output()
        .unwrap();
    (out.status.code().unwrap(), String::from_utf8(out.stderr).unwrap())
}

fn fixture() -> String {
    format!("{}/../examples/dossier.json", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn a_fleet_that_cannot_be_reached_is_3() {
    let (code, message) = headgate(&["change", "list"]);
    assert_eq!(code, 3, "{message}");
    assert!(message.starts_with("headgate: cannot reach the API: "), "{message}");
}

#[test]
fn wrong_usage_and_unreadable_input_are_2() {
    assert_eq!(headgate(&["change"]).0, 2);
    let (code, message) = headgate(&["change", "list", "--as", "alice"]);
    assert_eq!(
        (code, message.as_str()),
        (
            2,
            "headgate: --as needs `token_dir` in the configuration file; set it, or use HEADGATE_TOKEN\n"
        )
    );
    let dossier = fixture();
    let submit = |plan: &str| {
        headgate(&[
            "change",
            "submit",
            "c",
            "--dossier",
            &dossier,
            "--plan",
            plan,
            "--engagement",
            "e",
            "--environment",
            "dev",
            "--account",
            "0",
            "--region",
            "r",
        ])
    };
    let (code, message) = submit("/nowhere/plan.json");
    assert_eq!(code, 2);
    assert!(message.contains("/nowhere/plan.json: No such file"), "{message}");
    // The dossier is JSON, but not a plan.
    let (code, message) = submit(&dossier);
    assert_eq!(code, 2);
    assert!(message.contains("this is JSON without a format_version, not a plan"), "{message}");
    let (code, message) = headgate(&["--config", &dossier, "timeline", "verify", "e"]);
    assert_eq!(code, 3, "{message}");
    let (code, message) = headgate(&["--config", "/nowhere.json", "change", "list"]);
    assert_eq!((code, message.contains("/nowhere.json")), (2, true), "{message}");
}

#[test]
fn a_local_issuer_keeps_its_key_and_its_tokens_private() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir: PathBuf = std::env::temp_dir().join(format!("headgate-issuer-{}", std::process::id()));
    let path = dir.to_str().unwrap();
    for _ in 0..2 {
        assert_eq!(headgate(&["token", "init", "--dir", path]).0, 0);
    }
    let mint = ["token", "mint", "--dir", path, "--subject", "alice", "--role", "approver"];
    assert_eq!(headgate(&mint).0, 0);
    for file in ["issuer.json", "alice.jwt"] {
        let mode = std::fs::metadata(dir.join(file)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{file}");
    }
    std::fs::remove_dir_all(dir).unwrap();
}
