//! A plan as people read it.

use headgate_domain::plan::{Effect, Plan, ShownResource, ShownValue};
use serde_json::{Value, json};

/// The change with the masks that Terraform writes, also if nothing is sensitive.
fn masked(change: &Value) -> Value {
    let mut change = change.clone();
    let members = change.as_object_mut().unwrap();
    for mask in ["before_sensitive", "after_sensitive"] {
        members.entry(mask).or_insert(json!({}));
    }
    change
}

fn shown(change: &Value) -> ShownResource {
    exactly(&masked(change))
}

fn exactly(change: &Value) -> ShownResource {
    shown_after(change, 0)
}

fn shown_after(change: &Value, seen: u32) -> ShownResource {
    let resource = json!({
        "address": "aws_sqs_queue.orders", "mode": "managed", "type": "aws_sqs_queue", "name": "orders",
        "provider_name": "registry.terraform.io/hashicorp/aws", "change": change,
    });
    let plan = json!({
        "format_version": "1.2", "terraform_version": "1.14.0", "resource_changes": [resource],
        "configuration": { "root_module": {} }, "complete": true,
    });
    let plan = Plan::parse(plan.to_string().as_bytes()).unwrap();
    let all = plan.changed();
    assert_eq!(all.len(), 1);
    all[0].shown(seen)
}

/// `path: before -> after`, one for each attribute.
fn lines(resource: &ShownResource) -> Vec<String> {
    let text = |value: &ShownValue| match value {
        ShownValue::Absent => "none".to_owned(),
        ShownValue::Known { text } => text.clone(),
        ShownValue::Sensitive => "(sensitive)".to_owned(),
        ShownValue::Unknown => "(unknown)".to_owned(),
    };
    let forced = |forced: bool| if forced { " !" } else { "" };
    let line = |a: &headgate_domain::plan::ShownAttribute| {
        let (before, after) = (text(&a.before), text(&a.after));
        format!("{}: {before} -> {after}{}", a.path, forced(a.forces_replacement))
    };
    resource.attributes.iter().map(line).collect()
}

#[test]
fn an_update_shows_what_changes_and_nothing_else() {
    let update = shown(&json!({
        "actions": ["update"],
        "before": { "name": "a", "delay": 0, "tags": { "team": "x", "old": "1" }, "rules": [{ "p": 1 }, { "p": 2 }] },
        "after": { "name": "a", "delay": 5, "tags": { "team": "x" }, "rules": [{ "p": 1 }, { "p": 3 }], "url": "u" },
        "after_unknown": { "arn": true, "name": false },
    }));
    assert_eq!(update.effect, Effect::Update);
    assert_eq!(
        lines(&update),
        [
            "arn: none -> (unknown)",
            "delay: 0 -> 5",
            "rules[1].p: 2 -> 3",
            "tags.old: 1 -> none",
            "url: none -> u",
        ]
    );
}

#[test]
fn a_replacement_shows_everything_and_what_forces_it() {
    let replaced = shown(&json!({
        "actions": ["delete", "create"],
        "before": { "name": "a", "fifo": false }, "after": { "name": "b", "fifo": false },
        "after_unknown": { "id": true }, "replace_paths": [["name"], ["set", 0, "x"]],
    }));
    assert_eq!(replaced.effect, Effect::Replace);
    assert_eq!(
        lines(&replaced),
        ["fifo: false -> false", "id: none -> (unknown)", "name: a -> b !"]
    );
}

#[test]
fn what_is_sensitive_is_not_shown_but_its_change_is() {
    let update = shown(&json!({
        "actions": ["update"],
        "before": { "password": "old", "same": "s", "env": { "A": "1" } },
        "after": { "password": "new", "same": "s", "env": { "A": "1" } },
        "after_unknown": { "env": { "B": true } },
        "before_sensitive": { "password": true, "same": true, "env": true },
        "after_sensitive": { "password": true, "same": true, "env": true },
    }));
    let lines = lines(&update);
    assert_eq!(lines, ["env: (sensitive) -> (sensitive)", "password: (sensitive) -> (sensitive)"]);
    let json = serde_json::to_string(&update).unwrap();
    assert!(!json.contains("old") && !json.contains("new"), "{json}");
}

#[test]
fn every_kind_of_effect_is_named() {
    let effect = |change: Value| shown(&change).effect;
    let of =
        |actions: &[&str]| json!({ "actions": actions, "before": { "a": 1 }, "after": { "a": 1 } });
    assert_eq!(effect(of(&["create", "delete"])), Effect::Replace);
    assert_eq!(effect(of(&["delete"])), Effect::Delete);
    assert_eq!(effect(of(&["forget"])), Effect::Forget);
    assert_eq!(effect(of(&["create"])), Effect::Create);
    assert_eq!(effect(of(&["read"])), Effect::Read);
    let mut imported = of(&["no-op"]);
    imported["importing"] = json!({ "id": "x" });
    assert_eq!(effect(imported), Effect::Import);
}

/// The text comes from a plan that an agent made.
#[test]
fn values_cannot_drive_a_terminal_hide_or_fill_the_page() {
    let long = "x".repeat(100_000);
    let created = shown(&json!({
        "actions": ["create"], "before": null,
        "after": { "a": "\u{1b}[8mhidden", "b": "x\u{202e}y", "c": long, "k\u{1b}[2J": 1 },
    }));
    let json = serde_json::to_string(&created).unwrap();
    assert!(
        !json.contains("\\u001b") && !json.contains('\u{202e}') && json.len() < 70_000,
        "{json}"
    );
    let many: serde_json::Map<_, _> = (0..2_000).map(|n| (format!("a{n}"), json!(n))).collect();
    let created = shown(&json!({ "actions": ["create"], "before": null, "after": many }));
    assert_eq!((created.attributes.len(), created.further), (500, 1_500));
}

/// The attack: what matters is the last of very many attributes, or the second difference of a long document.
#[test]
fn nothing_is_too_far_down_to_be_seen() {
    let before: serde_json::Map<_, _> =
        (0..1_700).map(|n| (format!("a{n:04}"), json!({ "b": n, "same": 1 }))).collect();
    let mut after = before.clone();
    for (n, (_, value)) in after.iter_mut().enumerate() {
        value["b"] = json!(n + 1);
    }
    for actions in [json!(["update"]), json!(["delete", "create"])] {
        let change = json!({
            "actions": actions, "before": before, "after": after,
            "before_sensitive": false, "after_sensitive": false,
        });
        let (mut all, mut further, mut asked) = (Vec::new(), 1, 0);
        while further > 0 {
            let page = shown_after(&change, u32::try_from(all.len()).unwrap());
            assert!(!page.attributes.is_empty());
            (further, asked) = (page.further, asked + 1);
            all.extend(page.attributes.into_iter().map(|a| a.path));
        }
        let every = actions != json!(["update"]);
        assert_eq!((all.len(), asked), if every { (3_400, 7) } else { (1_700, 4) });
        let mut once = all.clone();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), all.len());
        assert!(all.contains(&"a1699.b".to_owned()));
    }
    let document = |first: &str, second: &str| format!("{first}{}{second}", "x".repeat(20_000));
    let change = json!({
        "actions": ["update"], "before_sensitive": false, "after_sensitive": false,
        "before": { "policy": document("one", "allow nobody") },
        "after": { "policy": document("two", "allow everybody") },
    });
    let json = serde_json::to_string(&shown(&change)).unwrap();
    assert!(json.contains("allow everybody"), "{}", json.len());
}

#[test]
fn what_is_destroyed_comes_first() {
    let resource = |name: &str, actions: &[&str]| {
        json!({
            "address": name, "mode": "managed", "type": "t", "name": "n", "provider_name": "p",
            "change": { "actions": actions, "before": { "a": 1 }, "after": { "a": 2 } },
        })
    };
    let plan = json!({
        "format_version": "1.2", "terraform_version": "1.14.0", "complete": true,
        "configuration": { "root_module": {} }, "action_invocations": [{ "address": "action.x" }],
        "output_changes": {
            "o": { "actions": ["create"], "before": null, "after": "v", "before_sensitive": false, "after_sensitive": false },
            "same": { "actions": ["no-op"], "before": 1, "after": 1 },
        },
        "resource_changes": [
            resource("t.a", &["create"]), resource("t.b", &["delete"]), resource("t.c", &["update"]),
            resource("t.d", &["delete", "create"]), resource("t.e", &["no-op"]),
        ],
    });
    let plan = Plan::parse(plan.to_string().as_bytes()).unwrap();
    let addresses: Vec<_> = plan.changed().iter().map(|r| r.address.clone()).collect();
    // `t.e` differs although the plan says that nothing is done.
    assert_eq!(addresses, ["t.b", "t.d", "t.a", "t.c", "t.e", "output.o"]);
    assert_eq!(plan.notes(), ["provider actions that the apply invokes: 1"]);
}

/// The attack: a secret in a block that is replaced as a whole, or that only one side marks.
#[test]
fn a_secret_is_not_shown_whatever_covers_it() {
    let secret = "-----BEGIN";
    let cases = [
        json!({
            "before": { "auth": [{ "key": secret }] }, "after": {}, "after_unknown": { "auth": true },
            "before_sensitive": { "auth": [{ "key": true }] }, "after_sensitive": {},
        }),
        json!({
            "before": { "auth": { "key": secret } }, "after": { "auth": { "key": "x" } },
            "before_sensitive": { "auth": { "key": true } }, "after_sensitive": { "auth": true },
        }),
        json!({
            "before": { "key": secret }, "after": { "key": "new" },
            "before_sensitive": {}, "after_sensitive": { "key": true },
        }),
        json!({
            "before": { "key": secret }, "after": { "key": "new" },
            "before_sensitive": { "key": { "odd": true } }, "after_sensitive": {},
        }),
        json!({ "before": { "key": secret }, "after": null, "before_sensitive": true, "after_sensitive": false }),
        // A plan that does not say what is sensitive.
        json!({ "before": { "key": secret }, "after": { "key": "new" } }),
    ];
    for mut change in cases {
        for actions in [["update"].as_slice(), &["delete", "create"], &["delete"]] {
            change["actions"] = json!(actions);
            let resource = exactly(&change);
            let json = serde_json::to_string(&resource).unwrap();
            assert!(!json.contains("BEGIN"), "{json}");
            assert!(!resource.attributes.is_empty(), "{change}");
        }
    }
}

/// The attack: a mask, a change of type or an empty value under which a difference disappears.
#[test]
fn every_difference_is_shown() {
    let cases = [
        (
            json!({ "p": "good" }),
            json!({ "p": "evil" }),
            json!({ "p": { "z": false } }),
            ["p: good -> evil"],
        ),
        (json!({ "p": { "a": 1 } }), json!({ "p": "x" }), json!({}), ["p: {\"a\":1} -> x"]),
        (json!({ "p": [null] }), json!({ "p": [] }), json!({}), ["p: [null] -> []"]),
        (json!({ "p": {} }), json!({ "p": [] }), json!({ "p": { "z": false } }), ["p: {} -> []"]),
        (json!({ "p": [1] }), json!({ "p": { "0": 1 } }), json!({}), ["p: [1] -> {\"0\":1}"]),
    ];
    for (before, after, unknown, expected) in cases {
        let change = json!({ "actions": ["update"], "before": before, "after": after, "after_unknown": unknown });
        assert_eq!(lines(&shown(&change)), expected, "{change}");
    }
    // Behind what is cut.
    let long = "x".repeat(5_000);
    let change = json!({
        "actions": ["update"], "before": { "p": format!("{long}good") }, "after": { "p": format!("{long}evil") },
    });
    let lines = lines(&shown(&change));
    assert!(lines[0].contains("good") && lines[0].contains("evil"), "{lines:?}");
}
