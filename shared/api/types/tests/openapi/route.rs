//! One route, as the table in `routes.rs` describes it.

use schemars::{JsonSchema, Schema, SchemaGenerator};

/// Makes the schema of a body.
pub type Make = fn(&mut SchemaGenerator) -> Schema;

/// A query parameter: name, description, schema as JSON, whether it is required.
pub type Query = (&'static str, &'static str, &'static str, bool);

pub struct Route {
    pub method: &'static str,
    pub path: &'static str,
    /// The function that serves the route.
    pub function: &'static str,
    pub summary: &'static str,
    pub description: &'static str,
    /// Whether the route needs no token.
    pub public: bool,
    /// Whether requests with the same `Idempotency-Key` are one request.
    pub keyed: bool,
    pub query: Vec<Query>,
    pub request: Option<(Make, &'static str)>,
    pub status: u16,
    pub answer: Option<(Make, &'static str)>,
    /// Statuses of errors, besides those that `document.rs` derives from the rest of the route.
    pub errors: &'static [u16],
}

fn route(method: &'static str, function: &'static str, path: &'static str) -> Route {
    Route {
        method,
        path,
        function,
        summary: "",
        description: "",
        public: false,
        keyed: false,
        query: Vec::new(),
        request: None,
        status: 200,
        answer: None,
        errors: &[],
    }
}

pub fn get(function: &'static str, path: &'static str) -> Route {
    route("get", function, path)
}

pub fn post(function: &'static str, path: &'static str) -> Route {
    route("post", function, path)
}

impl Route {
    pub fn summary(self, summary: &'static str) -> Self {
        Self { summary, ..self }
    }

    pub fn description(self, description: &'static str) -> Self {
        Self { description, ..self }
    }

    pub fn public(self) -> Self {
        Self { public: true, ..self }
    }

    pub fn keyed(self) -> Self {
        Self { keyed: true, ..self }
    }

    pub fn query(mut self, query: Query) -> Self {
        self.query.push(query);
        self
    }

    /// Adds the parameters of a list that is read page by page.
    pub fn pages(self) -> Self {
        self.limit().query((
            "cursor",
            "The `next_cursor` of the previous page.",
            r#"{"type": "string"}"#,
            false,
        ))
    }

    pub fn limit(self) -> Self {
        self.query((
            "limit",
            "Number of items on a page.",
            r#"{"type": "integer", "minimum": 1, "maximum": 100, "default": 20}"#,
            false,
        ))
    }

    /// The type of the request, and the file of its example.
    pub fn takes<T: JsonSchema>(self, example: &'static str) -> Self {
        Self { request: Some((SchemaGenerator::subschema_for::<T>, example)), ..self }
    }

    /// The status and type of the answer, and the file of its example.
    pub fn answers<T: JsonSchema>(self, status: u16, example: &'static str) -> Self {
        Self { status, answer: Some((SchemaGenerator::subschema_for::<T>, example)), ..self }
    }

    pub fn errors(self, errors: &'static [u16]) -> Self {
        Self { errors, ..self }
    }
}
