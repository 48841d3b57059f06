//! Where in the plan a result is: at the address that the tool names, or at the block in the source that it quotes.

use std::collections::{BTreeMap, HashMap};

use headgate_domain::plan::{Config, block_of};
use headgate_domain::text::one_line;

use super::MAX_PLACES;

/// Longest address of a finding, in bytes.
const MAX_ADDRESS: usize = 900;

/// What a tool says about the place of a result.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// Names that the tool gives, such as addresses.
    pub(super) names: Vec<String>,
    pub(super) file: String,
    pub(super) line: Option<u64>,
    /// Type and name of the block in the source.
    pub(super) block: Option<String>,
}

/// The blocks of a configuration, by what a source says about them.
pub(crate) struct Places<'a> {
    config: &'a Config,
    /// Folder and address of each block of a local module, by its type and name.
    blocks: HashMap<&'a str, Vec<(Vec<&'a str>, &'a str)>>,
    /// What was looked up before, by block and folder.
    known: BTreeMap<(String, String), Vec<String>>,
}

impl<'a> Places<'a> {
    /// Reads the blocks of a configuration.
    pub(crate) fn of(config: &'a Config) -> Self {
        let mut folders: HashMap<&str, Option<Vec<&str>>> = HashMap::new();
        let mut blocks: HashMap<&str, Vec<(Vec<&str>, &str)>> = HashMap::new();
        for block in &config.blocks {
            let folder = folders
                .entry(&block.module)
                .or_insert_with(|| source_folder(config, &block.module));
            // An address that is too long to be shown is no place.
            let (Some(folder), true) = (folder, block.address.len() <= MAX_ADDRESS) else {
                continue;
            };
            let name = match block.module.len() {
                0 => block.address.as_str(),
                length => block.address.get(length + 1..).unwrap_or_default(),
            };
            blocks.entry(name).or_default().push((folder.clone(), &block.address));
        }
        Self { config, blocks, known: BTreeMap::new() }
    }

    /// The addresses of a result. If it is about no block of the plan, the file and line.
    pub(super) fn addresses(&mut self, place: &Place) -> Vec<String> {
        let named: Vec<_> =
            place.names.iter().filter(|name| self.is_block(&block_of(name))).cloned().collect();
        if !named.is_empty() {
            return named;
        }
        let block = place.block.as_ref().or_else(|| place.names.iter().find(|n| n.contains('.')));
        let blocks = block.map(|block| self.called(block, &place.file)).unwrap_or_default();
        if !blocks.is_empty() {
            return blocks;
        }
        let file = if place.file.is_empty() { "(no place)" } else { place.file.as_str() };
        let line = place.line.map(|line| format!(":{line}")).unwrap_or_default();
        vec![format!("{}{line}", one_line(file, 200))]
    }

    fn is_block(&self, address: &str) -> bool {
        self.config.blocks.binary_search_by(|b| b.address.as_str().cmp(address)).is_ok()
    }

    /// The addresses of a block of a file: one for each call of its module.
    fn called(&mut self, block: &str, file: &str) -> Vec<String> {
        let folder = folder(file);
        let key = (block.to_owned(), folder.join("/"));
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let all = self.blocks.get(block).into_iter().flatten();
        let fits: Vec<_> = all.filter(|(source, _)| folder.ends_with(source)).collect();
        // The root module's folder is the end of every folder, so the longest counts.
        let longest = fits.iter().map(|(source, _)| source.len()).max().unwrap_or_default();
        let longest = fits.into_iter().filter(|(source, _)| source.len() == longest);
        let found: Vec<_> =
            longest.take(MAX_PLACES).map(|(_, address)| (*address).to_owned()).collect();
        self.known.insert(key, found.clone());
        found
    }
}

/// The folders of a path or `file:` URI.
fn folder(file: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    enter(&mut parts, file.trim_start_matches("file://"));
    parts.pop();
    parts
}

/// Goes along a relative path: `.` stays, and `..` leaves.
fn enter<'a>(parts: &mut Vec<&'a str>, path: &'a str) {
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
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
        enter(&mut parts, source);
        at = next;
    }
    Some(parts)
}
