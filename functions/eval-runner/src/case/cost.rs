//! The maximum cost of a case.

use headgate_models::Models;
use headgate_suites::Candidate;
use headgate_suites::prompt::Ask;
use headgate_suites::suite::{Check, Suite, Task};

/// Upper bound for the bytes that the prompts add around quoted texts.
const AROUND: usize = 2_048;

/// Maximum cost in millionths of a US dollar: all possible calls, each with the maximum number of tokens.
pub(super) fn at_most(
    suite: &Suite,
    task: &Task,
    paraphrase: u32,
    candidate: &Candidate,
    models: &Models,
) -> u64 {
    let question = Ask::task(suite, task, paraphrase).bytes() + AROUND;
    let reply = usize::try_from(suite.output_tokens).unwrap_or(usize::MAX);
    let call = |model: &str, bytes: usize| {
        models.get(model).map_or(0, |m| m.price.at_most(bytes, suite.output_tokens))
    };
    // A quoted reply has at most as many tokens as the model may write.
    let asked = match candidate {
        Candidate::Model(model) => call(model, question),
        Candidate::Pair { generator, verifier } => {
            let checks = suite.verifier.as_ref().map_or(0, String::len);
            call(generator, question)
                + call(verifier, question + checks + reply)
                + call(generator, question + 2 * reply)
        }
    };
    let judges = task.graders.iter().filter_map(|g| match &g.check {
        Check::Judge { model, rubric } => Some(call(model, question + rubric.len() + reply)),
        _ => None,
    });
    asked + judges.sum::<u64>()
}
