//! Parses an answer as HCL and finds the texts in it.

use hcl::expr::{Expression, ObjectKey, TemplateExpr};
use hcl::structure::{Block, Body, Structure};

use super::Scored;

/// The parsed answer if it is HCL with at least one block; otherwise the problem.
pub(super) struct Parsed(Result<Body, String>);

impl Parsed {
    pub(super) fn of(answer: &str) -> Self {
        Self(match hcl::parse(answer) {
            Ok(body) if body.blocks().next().is_none() => Err("it has no blocks".to_owned()),
            Ok(body) => Ok(body),
            Err(error) => Err(error.to_string()),
        })
    }

    pub(super) fn parses(&self) -> Scored {
        match &self.0 {
            Ok(body) => {
                Scored { score: 1.0, evidence: format!("{} blocks", body.blocks().count()) }
            }
            Err(problem) => Scored::none(problem.as_str()),
        }
    }

    /// Scores the configuration with `ask`; the score is 0 if the answer is not HCL.
    pub(super) fn then(&self, ask: impl FnOnce(&Body) -> Scored) -> Scored {
        match &self.0 {
            Ok(body) => ask(body),
            Err(_) => Scored::none("it is not valid HCL"),
        }
    }
}

/// A text somewhere in a configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Text {
    /// `type.name` of the outermost block.
    pub(super) block: String,
    /// The nearest attribute or key that holds the text.
    pub(super) key: String,
    /// The text as written; `${…}` is not evaluated.
    pub(super) text: String,
}

/// Address of a block, as Terraform writes it.
pub(super) fn address(block: &Block) -> String {
    let labels: Vec<_> = block.labels.iter().map(hcl::BlockLabel::as_str).collect();
    match (block.identifier.as_str(), labels.as_slice()) {
        ("resource", labels @ [_, ..]) => labels.join("."),
        (kind, labels) => {
            std::iter::once(kind).chain(labels.iter().copied()).collect::<Vec<_>>().join(".")
        }
    }
}

/// Every text in a configuration.
pub(super) fn texts(body: &Body) -> Vec<Text> {
    let mut found = Vec::new();
    for structure in body {
        match structure {
            Structure::Block(block) => in_body(&address(block), &block.body, &mut found),
            Structure::Attribute(a) => in_expression("", a.key.as_str(), &a.expr, &mut found),
        }
    }
    found
}

fn in_body(block: &str, body: &Body, found: &mut Vec<Text>) {
    for structure in body {
        match structure {
            Structure::Block(inner) => in_body(block, &inner.body, found),
            Structure::Attribute(a) => in_expression(block, a.key.as_str(), &a.expr, found),
        }
    }
}

fn in_expression(block: &str, key: &str, expression: &Expression, found: &mut Vec<Text>) {
    let mut inside = |e: &Expression| in_expression(block, key, e, found);
    match expression {
        Expression::String(text) => found.push(text_of(block, key, text)),
        Expression::TemplateExpr(template) => {
            let text = match &**template {
                TemplateExpr::QuotedString(text) => text.clone(),
                TemplateExpr::Heredoc(heredoc) => heredoc.template.clone(),
            };
            found.push(text_of(block, key, &text));
        }
        Expression::Array(items) => items.iter().for_each(inside),
        Expression::Object(members) => {
            for (name, value) in members {
                in_expression(block, &key_of(name), value, found);
            }
        }
        Expression::FuncCall(call) => call.args.iter().for_each(inside),
        Expression::Parenthesis(inner) => inside(inner),
        Expression::Conditional(c) => {
            inside(&c.true_expr);
            inside(&c.false_expr);
        }
        Expression::ForExpr(f) => {
            inside(&f.collection_expr);
            inside(&f.value_expr);
        }
        _ => {}
    }
}

fn text_of(block: &str, key: &str, text: &str) -> Text {
    Text { block: block.to_owned(), key: key.to_owned(), text: text.to_owned() }
}

fn key_of(key: &ObjectKey) -> String {
    match key {
        ObjectKey::Identifier(name) => name.as_str().to_owned(),
        ObjectKey::Expression(Expression::String(name)) => name.clone(),
        other => other.to_string(),
    }
}

/// Names of the members of an object such as `tags`; `None` if it is not written out in the configuration.
pub(super) fn members(expression: &Expression) -> Option<Vec<String>> {
    match expression {
        Expression::Object(members) => Some(members.keys().map(key_of).collect()),
        // `merge(local.tags, { … })`: only the members that are written out.
        Expression::FuncCall(call) => {
            Some(call.args.iter().filter_map(members).flatten().collect())
        }
        _ => None,
    }
}
