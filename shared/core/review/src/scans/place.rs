//! Where in the plan a result is: at the address that the tool names, or at the block in the source that it quotes.

use headgate_domain::plan::{Config, block_of};
use headgate_domain::text::one_line;

use super::{MAX_PLACES, blocks};

/// What a tool says about the place of a result.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) names: Vec<String>,
    pub(super) file: String,
    pub(super) line: Option<u64>,
    pub(super) snippet: String,
}

/// The addresses of a result. If it is about no block of the plan, the file and line.
pub(super) fn addresses(config: &Config, place: &Place) -> Vec<String> {
    let known = |name: &&String| is_block(config, &block_of(name));
    let named: Vec<_> = place.names.iter().filter(known).take(MAX_PLACES).cloned().collect();
    if !named.is_empty() {
        return named;
    }
    let blocks = blocks::first(&place.snippet)
        .or_else(|| place.names.iter().find(|n| n.split('.').count() > 1).cloned())
        .map(|block| called(config, &block, &place.file))
        .unwrap_or_default();
    if !blocks.is_empty() {
        return blocks;
    }
    let file = if place.file.is_empty() { "(no place)" } else { place.file.as_str() };
    let line = place.line.map(|line| format!(":{line}")).unwrap_or_default();
    vec![format!("{}{line}", one_line(file, 200))]
}

fn is_block(config: &Config, address: &str) -> bool {
    config.blocks.binary_search_by(|b| b.address.as_str().cmp(address)).is_ok()
}

/// The addresses of a block of a file: one for each call of its module.
fn called(config: &Config, block: &str, file: &str) -> Vec<String> {
    let folder = folder(file);
    let mut found: Vec<(usize, &str)> = Vec::new();
    for known in &config.blocks {
        let in_module = match known.address.strip_suffix(block) {
            Some("") => known.module.is_empty(),
            Some(prefix) => prefix.strip_suffix('.') == Some(&known.module),
            None => false,
        };
        if !in_module {
            continue;
        }
        let Some(source) = source_folder(config, &known.module) else { continue };
        if folder.ends_with(&source) {
            found.push((source.len(), &known.address));
        }
    }
    // The root module's folder is the end of every folder, so the longest counts.
    let longest = found.iter().map(|(length, _)| *length).max().unwrap_or_default();
    let longest = found.into_iter().filter(|(length, _)| *length == longest);
    longest.take(MAX_PLACES).map(|(_, address)| address.to_owned()).collect()
}

/// The folders of a path or `file:` URI, without `.` and what `..` leaves.
fn folder(file: &str) -> Vec<&str> {
    let mut parts = normal(file.trim_start_matches("file://"));
    parts.pop();
    parts
}

fn normal(path: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts
}

/// The folder of a module's sources, relative to the root module. `None` if it is not part of this configuration.
fn source_folder<'a>(config: &'a Config, module: &str) -> Option<Vec<&'a str>> {
    let mut parts = Vec::new();
    let mut at = 0;
    while at < module.len() {
        let next = module[at + 1..].find(".module.").map_or(module.len(), |n| at + 1 + n);
        let address = &module[..next];
        let call = config.modules.binary_search_by(|m| m.address.as_str().cmp(address)).ok()?;
        let source = &config.modules.get(call)?.source;
        if !source.starts_with("./") && !source.starts_with("../") {
            return None;
        }
        for part in source.split('/') {
            match part {
                "" | "." => {}
                ".." => drop(parts.pop()),
                part => parts.push(part),
            }
        }
        at = next;
    }
    Some(parts)
}
