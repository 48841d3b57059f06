//! Files of a crate must not import each other in a cycle, directly or through other files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::root;

/// The files of a crate by module path, for example `["commands", "apply"]`.
fn modules(src: &Path) -> BTreeMap<Vec<String>, PathBuf> {
    let mut found = BTreeMap::new();
    let mut folders = vec![src.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            if path.extension().is_none_or(|e| e != "rs") {
                continue;
            }
            let inside = path.strip_prefix(src).unwrap().with_extension("");
            let mut parts: Vec<String> =
                inside.iter().map(|p| p.to_str().unwrap().to_owned()).collect();
            let last = parts.last().unwrap().as_str();
            if ["mod", "lib", "main"].contains(&last) {
                parts.pop();
            }
            found.entry(parts).or_insert(path);
        }
    }
    found
}

/// Paths in a file that begin with `crate::` or `super::`, with groups expanded, as absolute paths in the
/// crate.
fn paths(text: &str, module: &[String]) -> Vec<Vec<String>> {
    let code: String = text
        .lines()
        .take_while(|l| !l.starts_with("#[cfg(test)]"))
        .filter(|l| !l.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n");
    let mut found = Vec::new();
    for start in ["crate::", "super::"] {
        for (at, _) in code.match_indices(start) {
            if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':') {
                continue;
            }
            let mut base = if start == "crate::" { Vec::new() } else { module.to_vec() };
            let mut rest = &code[at..];
            while let Some(after) = rest.strip_prefix("super::") {
                base.pop();
                rest = after;
            }
            expand(rest.strip_prefix("crate::").unwrap_or(rest), base, &mut found);
        }
    }
    found
}

fn expand(text: &str, mut base: Vec<String>, found: &mut Vec<Vec<String>>) -> usize {
    let mut at = 0;
    loop {
        let rest = &text[at..];
        if rest.starts_with('{') {
            at += 1;
            loop {
                at += text[at..].len() - text[at..].trim_start().len();
                if text[at..].starts_with('}') || at >= text.len() {
                    return at + 1;
                }
                at += expand(&text[at..], base.clone(), found);
                at += text[at..].len() - text[at..].trim_start().len();
                if text[at..].starts_with(',') {
                    at += 1;
                }
            }
        }
        let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        if name.is_empty() {
            break;
        }
        at += name.len();
        base.push(name);
        match text[at..].strip_prefix("::") {
            Some(_) => at += 2,
            None => break,
        }
    }
    // Skips the new name of `x as y` in a group.
    if let Some(after) = text[at..].strip_prefix(" as ") {
        at += 4 + after.chars().take_while(|c| c.is_alphanumeric() || *c == '_').count();
    }
    found.push(base);
    at
}

/// The module whose file defines a path: the longest module that the path begins with. If that file
/// re-exports the next name from a child module (`pub use child::Name`), the child.
fn target(path: &[String], all: &BTreeMap<Vec<String>, PathBuf>) -> Option<Vec<String>> {
    let module = (0..=path.len()).rev().map(|n| &path[..n]).find(|p| all.contains_key(*p))?;
    let Some(name) = path.get(module.len()) else { return Some(module.to_vec()) };
    let text = std::fs::read_to_string(&all[module]).unwrap();
    for line in text.replace(",\n", ", ").replace("{\n", "{").lines() {
        let line = line.trim();
        let Some((_, used)) = line.split_once("use ") else { continue };
        if !line.starts_with("pub") {
            continue;
        }
        let child = used.trim_start_matches("self::").split("::").next().unwrap_or_default();
        let mut deeper = module.to_vec();
        deeper.push(child.to_owned());
        let named = used.split(|c: char| !(c.is_alphanumeric() || c == '_')).any(|w| w == name);
        if named && all.contains_key(&deeper) {
            return Some(deeper);
        }
    }
    Some(module.to_vec())
}

fn cycle(graph: &BTreeMap<Vec<String>, BTreeSet<Vec<String>>>) -> Option<Vec<Vec<String>>> {
    fn visit(
        at: &Vec<String>,
        graph: &BTreeMap<Vec<String>, BTreeSet<Vec<String>>>,
        path: &mut Vec<Vec<String>>,
        done: &mut BTreeSet<Vec<String>>,
    ) -> Option<Vec<Vec<String>>> {
        if let Some(begin) = path.iter().position(|p| p == at) {
            let mut found = path[begin..].to_vec();
            found.push(at.clone());
            return Some(found);
        }
        if done.contains(at) {
            return None;
        }
        path.push(at.clone());
        for next in graph.get(at).into_iter().flatten() {
            if let Some(found) = visit(next, graph, path, done) {
                return Some(found);
            }
        }
        path.pop();
        done.insert(at.clone());
        None
    }
    let mut done = BTreeSet::new();
    graph.keys().find_map(|at| visit(at, graph, &mut Vec::new(), &mut done))
}

fn graph_of(src: &Path) -> BTreeMap<Vec<String>, BTreeSet<Vec<String>>> {
    let all = modules(src);
    let mut graph = BTreeMap::new();
    for (module, file) in &all {
        let text = std::fs::read_to_string(file).unwrap();
        let uses = paths(&text, module).into_iter().filter_map(|path| target(&path, &all));
        graph.insert(module.clone(), uses.filter(|to| to != module).collect());
    }
    graph
}

#[test]
fn no_file_imports_itself_through_others() {
    let mut crates = vec![root().join("cli"), root().join("events"), root().join("xtask")];
    for folder in [
        "functions",
        "shared/core",
        "shared/messaging",
        "shared/aws",
        "shared/platform",
        "shared/evals",
    ] {
        crates.extend(std::fs::read_dir(root().join(folder)).unwrap().map(|e| e.unwrap().path()));
    }
    crates.push(root().join("tests"));
    let found: Vec<_> = crates
        .iter()
        .filter_map(|c| {
            let cycle = cycle(&graph_of(&c.join("src")))?;
            let names: Vec<_> = cycle.iter().map(|m| m.join("::")).collect();
            Some(format!("{}: {}", c.display(), names.join(" -> ")))
        })
        .collect();
    assert!(found.is_empty(), "import cycles:\n{}", found.join("\n"));
}

#[test]
fn a_planted_cycle_is_found() {
    let dir = std::env::temp_dir().join(format!("headgate-cycles-{}", std::process::id()));
    std::fs::create_dir_all(dir.join("b")).unwrap();
    std::fs::write(dir.join("lib.rs"), "mod a;\nmod b;\n").unwrap();
    std::fs::write(dir.join("a.rs"), "use crate::b::{self, Thing};\n").unwrap();
    std::fs::write(dir.join("b/mod.rs"), "mod c;\npub use c::Thing;\n").unwrap();
    std::fs::write(dir.join("b/c.rs"), "use super::super::a::Other;\n").unwrap();
    let found = cycle(&graph_of(&dir));
    std::fs::write(dir.join("b/c.rs"), "pub struct Thing;\n").unwrap();
    let none = cycle(&graph_of(&dir));
    std::fs::remove_dir_all(&dir).unwrap();
    assert!(found.is_some_and(|c| c.len() >= 3));
    assert_eq!(none, None);
}
