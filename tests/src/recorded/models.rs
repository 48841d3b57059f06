//! The recorded models and their answers.

use std::path::Path;

use headgate_domain::canonical::sha256_hex;
use headgate_suites::suite::{Files, Suite};
use serde_json::Value;

/// A model's response to one call.
pub(super) enum Said {
    Text { text: String, kind: &'static str, task: String },
    Refused { status: u16, headers: &'static str },
    Nothing,
}

impl Said {
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Text { kind, .. } => kind,
            Self::Refused { .. } => "refused",
            Self::Nothing => "nothing",
        }
    }

    pub(super) fn task(&self) -> &str {
        match self {
            Self::Text { task, .. } => task,
            _ => "",
        }
    }
}

/// A known task, and the answers recorded for it.
struct Known {
    task: String,
    prompts: Vec<String>,
    good: String,
    flawed: String,
}

/// All recorded models.
pub(super) struct Models {
    known: Vec<Known>,
    verifier: String,
}

impl Models {
    pub(super) fn read(evals: &Path) -> Self {
        let files = Files::from_folder(&evals.join("terraform-basics")).unwrap();
        let suite = Suite::read(&files).unwrap();
        let recorded = |task: &str, which: &str| {
            std::fs::read_to_string(evals.join(format!("recorded/{task}/{which}.hcl"))).unwrap()
        };
        let known = suite.tasks.iter().map(|task| Known {
            task: task.name.clone(),
            prompts: task.prompts.clone(),
            good: recorded(&task.name, "good"),
            flawed: recorded(&task.name, "flawed"),
        });
        Self { known: known.collect(), verifier: suite.verifier.clone().unwrap() }
    }

    /// The response of `model` to a conversation that it receives for the `nth` time, starting at 0.
    pub(super) fn say(&self, model: &str, messages: &Value, nth: u32) -> Said {
        match model {
            "down" => return Said::Refused { status: 503, headers: "" },
            "hanging" => return Said::Nothing,
            "busy" if nth == 0 => {
                return Said::Refused { status: 429, headers: "Retry-After: 1\r\n" };
            }
            _ => {}
        }
        let of = |role: &str| {
            let all = messages.as_array().into_iter().flatten();
            let own = all.filter(move |m| m["role"] == role);
            own.map(|m| m["content"].as_str().unwrap_or_default()).collect::<Vec<_>>()
        };
        let (systems, questions) = (of("system"), of("user"));
        let question = questions.first().copied().unwrap_or_default();
        let again = questions.len() > 1;
        let known = self.known.iter().find(|k| k.prompts.iter().any(|p| question.contains(p)));
        let Some(known) = known else {
            let text = "I do not know that question.".to_owned();
            return Said::Text { text, kind: "unknown", task: String::new() };
        };
        let luck = luck(&format!("{model}\n{messages}\n{nth}"));
        let (text, kind) = if systems.first().is_some_and(|s| *s == self.verifier) {
            (verdict(known, question, luck), "verified")
        } else {
            let skill = match (model, again) {
                ("strong", false) => 0.95,
                ("strong", true) => 0.99,
                (_, false) => 0.60,
                // A revision follows a review that named the problems.
                (_, true) => 0.90,
            };
            let answer = if luck < skill { &known.good } else { &known.flawed };
            let padding = if model == "huge" { "# ".repeat(1024 * 1024) } else { String::new() };
            let text = format!("Here it is:\n\n```hcl\n{answer}```\n{padding}");
            (text, if again { "revised" } else { "answered" })
        };
        Said::Text { text, kind, task: known.task.clone() }
    }
}

/// A verifier's reply. It judges an answer correctly 95 % of the time.
fn verdict(known: &Known, asked: &str, luck: f64) -> String {
    if asked.contains(known.good.trim()) == (luck < 0.95) {
        "{\"verdict\": \"accept\"}".to_owned()
    } else {
        "{\"verdict\": \"revise\", \"reasons\": \"Something that was asked for is missing.\"}"
            .to_owned()
    }
}

/// A number from 0 to 1, derived from a hash of the text.
fn luck(text: &str) -> f64 {
    let digest = sha256_hex(text.as_bytes());
    let part = u32::from_str_radix(&digest[..8], 16).unwrap();
    f64::from(part) / f64::from(u32::MAX)
}
