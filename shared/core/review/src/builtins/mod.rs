//! Functions of the review that policies call. They do in Rust what policies do for each value of a plan: the engine
//! interprets a function of a policy several times as slowly.

mod judge;
mod places;
mod shapes;

use regorus::{Engine, Value};

use crate::globs;

pub(crate) use judge::{Absent, Must, Row, Rows};

use judge::judge;

/// A function of values.
type Builtin = fn(&[Value]) -> Value;

/// Name, number of arguments, function.
const ALL: [(&str, u8, Builtin); 9] = [
    ("iam_covered", 2, globs::covered),
    ("iam_covers", 2, globs::builtin),
    ("places", 2, places::builtin),
    ("list_of", 1, shapes::list),
    ("part_unknown", 1, shapes::part_unknown),
    ("tags_of", 1, shapes::tags),
    ("text_of", 2, shapes::text),
    ("texts_of", 2, shapes::texts),
    ("is_empty", 1, shapes::is_empty),
];

/// Makes the functions known to an engine. `rows` are the rows of all tables.
///
/// # Errors
/// The engine's message if it already knows one of the names.
pub(crate) fn add(engine: &mut Engine, rows: Rows) -> Result<(), String> {
    for (name, arguments, function) in ALL {
        let function = Box::new(move |arguments: Vec<Value>| Ok(function(&arguments)));
        let added = engine.add_extension(name.to_owned(), arguments, function);
        added.map_err(|e| e.to_string())?;
    }
    let judge = Box::new(move |arguments: Vec<Value>| Ok(judge(&rows, &arguments)));
    engine.add_extension("judge".to_owned(), 3, judge).map_err(|e| e.to_string())
}
