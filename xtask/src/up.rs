//! `cargo xtask up` and `down`.

use std::time::Instant;

use anyhow::Result;

use crate::emulator::Kind;
use crate::stack::Stack;
use crate::stages::parallel;
use crate::{build, checks, demo, paths, tools};

fn stack() -> Stack {
    Stack::new(Kind::Ministack, paths::home())
}

pub fn up() -> Result<()> {
    let start = Instant::now();
    // Report missing tools before starting a long build.
    tools::terraform()?;
    tools::python(10)?;
    parallel(&[&checks::tools, &build::zips])?;
    let stack = stack();
    // 20 seconds is longer than the votes in the demo take. Shorter slices would only send reminders.
    let deployed = stack.launch(&[("approval_slice_seconds", "20".to_owned())])?;
    demo::run(&deployed, &stack)?;
    println!();
    println!("endpoint   {}", deployed.endpoint);
    println!("API        {}", deployed.api);
    println!("bus        {}", deployed.bus);
    println!("artifacts  s3://{}", deployed.artifact_bucket);
    println!("tokens     {}", deployed.token_dir.display());
    println!("headgate   {}", build::headgate().display());
    println!();
    println!("ready in {:.0} s; to stop it: `cargo xtask down`", start.elapsed().as_secs_f32());
    Ok(())
}

pub fn down() -> Result<()> {
    if stack().stop()? {
        println!("stopped");
    } else {
        println!("nothing is running");
    }
    Ok(())
}
