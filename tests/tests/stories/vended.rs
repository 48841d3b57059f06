//! An apply with the credentials that the fleet gives for its plan: the real Terraform with the real provider of AWS.

use headgate_e2e::World;

use crate::sites::Site;

/// `examples/`, with names of its own.
fn orders(world: &World, environment: &'static str) -> (Site, String) {
    // Names follow {project}-{env}-{resource}.
    let name = format!("{}-{environment}", world.id("v").replace('-', ""));
    let main = include_str!("../../../examples/main.tf")
        .replace("orders-local", &name)
        .replace("\"local\"", &format!("\"{environment}\""));
    let versions = include_str!("../../../examples/versions.tf");
    (Site::within(world, environment, &format!("{versions}\n{main}")), name)
}

#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn an_apply_changes_what_its_plan_says_with_the_credentials_of_the_fleet() {
    let world = World::new();
    let (site, name) = orders(&world, "vended");
    let boundary = "arn:aws:iam::000000000000:policy/headgate-local-boundary";
    site.plan_with(&[&format!("-var=permissions_boundary={boundary}")]);
    let change = site.submit(&world);
    // Those who decide see what the apply may do.
    let (code, shown, _) = world.headgate("vic", &["change", "show", &change]);
    let queue = format!("arn:aws:sqs:us-east-1:000000000000:{name}-intake");
    assert!(code == 0 && shown.contains(&queue) && shown.contains("sqs:*"), "{shown}");
    let (code, said) = site.apply(&world, &change);
    assert_eq!(code, Some(0), "{said}");
    world.wait_status(&change, "executed");
    let sqs = aws_sdk_sqs::Client::new(&world.root());
    let found = world.block_on(sqs.get_queue_url().queue_name(format!("{name}-intake")).send());
    assert!(found.is_ok(), "{found:?}");
}

/// The session policy allows the role, but no apply may make one that could do more than the boundary says. Only MiniStack enforces that.
#[test]
#[ignore = "needs a deployed fleet: cargo xtask e2e"]
fn no_apply_makes_a_role_without_the_boundary() {
    let world = World::new();
    if world.is_slow() {
        return;
    }
    let (site, _) = orders(&world, "vended");
    site.plan_with(&[]);
    let change = site.submit(&world);
    let (code, said) = site.apply(&world, &change);
    assert!(
        code == Some(1) && said.contains("AccessDenied") && said.contains("CreateRole"),
        "{said}"
    );
    world.wait_status(&change, "execution_failed");
}
