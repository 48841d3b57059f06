//! Evaluates two recorded models and a pair of them on a separate emulator.

use anyhow::Result;

use crate::emulator::Kind;
use crate::progress::shown;
use crate::recorded::{self, Recorded};
use crate::stack::{Stack, headgate};
use crate::{build, paths};

const SUITE: &str = "evals/terraform-basics";
const CANDIDATES: [&str; 3] = ["strong", "small", "small+strong"];

pub fn eval_demo() -> Result<()> {
    build::zips()?;
    let dir = paths::home().join("eval-demo");
    recorded::with_models(Stack::new(Kind::Ministack, dir), run)
}

fn run(stack: &Stack, recorded: &Recorded) -> Result<()> {
    let deployed = recorded.launch(stack)?;
    let run = |who: &str, args: &[&str]| {
        println!("\n$ headgate {}", args.join(" "));
        let mut command = headgate(&deployed, &stack.config_file());
        shown(command.current_dir(paths::root()).args(["--as", who]).args(args))
    };
    run("eve", &["eval", "check", SUITE])?;
    let mut args = vec!["eval", "run", SUITE, "--run-id", "demo", "--repeats", "5"];
    CANDIDATES.iter().for_each(|c| args.extend(["--candidate", c]));
    args.extend(["--baseline", "strong", "--ceiling", "10"]);
    run("eve", &args)?;
    // Must exit with 1, because the small model alone is worse than the baseline.
    if run("vic", &["eval", "assert", "demo"]).is_ok() {
        anyhow::bail!("`headgate eval assert` passed a model that is worse than the baseline");
    }
    for candidate in CANDIDATES {
        run("vic", &["standing", "show", candidate])?;
    }
    Ok(())
}
