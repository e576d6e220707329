//! Texts to raw trees: one reader per format, chosen by the file's name, else by its first character.
//!
//! Owns what both formats share: limits, duplicate keys, faults of whole files, and the question which other files a
//! document names. Knows `$ref` and nothing else of OpenAPI. A file with a syntax fault gives no tree; the others are
//! read all the same, so that all faults come at once.

mod json;
mod references;
mod yaml;

use std::collections::BTreeMap;

use crate::diagnostic::{Collector, codes};
use crate::source::{FileFault, FileId, MAX_FILE_BYTES, Place, SourceFile, Sources};
use crate::tree::{Member, NodeId, Tree};

pub use self::references::{load_referenced, missing_files};

/// Values in all files together, aliases expanded. GitHub's document has 0.26 million; a document of this many values
/// still fits the memory that hostile documents are allowed to cost.
pub const MAX_NODES: usize = 2_500_000;

/// What was read of a document set.
#[derive(Clone, Debug, Default)]
pub struct Documents {
    /// The nodes of all files.
    pub(crate) tree: Tree,
    /// By [`FileId`]: the top of each file, `None` where it could not be read.
    pub(crate) roots: Vec<Option<NodeId>>,
}

impl Documents {
    /// A file as JSON: what was read of it, without places. Nothing where it could not be read.
    pub fn json(&self, file: FileId) -> Option<String> {
        self.root(file).map(|root| self.tree.json_text(root))
    }

    /// The top of a file.
    pub(crate) fn root(&self, file: FileId) -> Option<NodeId> {
        self.roots.get(file.0 as usize).copied().flatten()
    }
}

/// Reads every file of the set. An unreadable file that only a reference names is no fault here: the reference is.
pub fn read(sources: &Sources, collector: &mut Collector) -> Documents {
    let mut documents = Documents::default();
    for (index, file) in sources.files.iter().enumerate() {
        let id = FileId(u32::try_from(index).unwrap_or(u32::MAX));
        let root = if file.is_overlay { None } else { read_file(id, file, &mut documents.tree, collector) };
        documents.roots.push(root);
    }
    documents
}

/// Reads one file of the set into a tree of its own.
pub(crate) fn read_tree(id: FileId, sources: &Sources, collector: &mut Collector) -> Option<(Tree, NodeId)> {
    let mut tree = Tree::default();
    let root = read_file(id, sources.file(id)?, &mut tree, collector)?;
    Some((tree, root))
}

fn read_file(id: FileId, file: &SourceFile, tree: &mut Tree, collector: &mut Collector) -> Option<NodeId> {
    if let Some(fault) = &file.fault {
        report_file_fault(id, file, fault, collector);
        return None;
    }
    let len = tree.len();
    let root = match format_of(file) {
        Format::Json => json::read_json(id, &file.text, tree, collector),
        Format::Yaml => yaml::read_yaml(id, &file.text, tree, collector),
    };
    if root.is_none() {
        tree.rewind(len);
    }
    root
}

/// A notation of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Json,
    Yaml,
}

fn format_of(file: &SourceFile) -> Format {
    match file.name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase()).as_deref() {
        Some("json") => Format::Json,
        Some("yaml" | "yml") => Format::Yaml,
        _ if file.text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '[']) => Format::Json,
        _ => Format::Yaml,
    }
}

fn report_file_fault(id: FileId, file: &SourceFile, fault: &FileFault, collector: &mut Collector) {
    let place = |start: usize, end: usize| Place { file: id, start: offset(start), end: offset(end) };
    match fault {
        FileFault::Unreadable(_) | FileFault::Outside(_) if id.0 > 0 && !file.is_overlay => {}
        FileFault::Unreadable(reason) | FileFault::Outside(reason) => {
            let report = collector.report(&codes::UNREADABLE_FILE, None);
            let help = match file.name.contains("://") {
                true => "nothing is downloaded: save the document as a file first",
                false => "check the path and its permissions",
            };
            report.message(format!("cannot read `{}`: {reason}", file.name)).help(help);
        }
        FileFault::NotUtf8(at) => {
            let report = collector.report(&codes::NOT_UTF8, place(*at, at + '\u{fffd}'.len_utf8()));
            let report =
                report.message(format!("`{}` is not UTF-8", file.name)).label("this byte belongs to no character");
            report.help("save the file as UTF-8");
        }
        FileFault::TooLarge(_) => {
            let report = collector.report(&codes::FILE_TOO_LARGE, place(0, 0));
            let limit = MAX_FILE_BYTES >> 20;
            report
                .message(format!("`{}` has more than {limit} MiB, which is the limit", file.name))
                .help("split the document, or leave out what the client does not need");
        }
    }
}

/// A byte offset as places hold it; files are far shorter than 4 GiB.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Reports every key that stands twice in an object, and keeps the last, as most readers of JSON do: later stages trust that
/// keys are unique.
fn unique_members(mut members: Vec<Member>, collector: &mut Collector) -> Vec<Member> {
    let mut repeated = repeated_keys(&members);
    if repeated.is_empty() {
        return members;
    }
    repeated.sort_unstable();
    for &(second, first) in &repeated {
        if let (Some(first), Some(second)) = (members.get(first), members.get(second)) {
            report_duplicate_key(first, second, collector);
        }
    }
    // By the place where a key stood first; the pairs are in order, so the last one stays.
    let last: BTreeMap<usize, usize> = repeated.iter().map(|&(again, first)| (first, again)).collect();
    let counts = |index: usize| match repeated.binary_search_by_key(&index, |pair| pair.0) {
        Ok(pair) => repeated.get(pair).and_then(|(_, first)| last.get(first)) == Some(&index),
        Err(_) => !last.contains_key(&index),
    };
    let mut index = 0..;
    members.retain(|_| index.next().is_none_or(counts));
    members
}

/// Places of members whose key stood before, each with the place where it stood first.
fn repeated_keys(members: &[Member]) -> Vec<(usize, usize)> {
    // Most objects are small, and comparing beats sorting there.
    const SMALL: usize = 12;
    if members.len() <= SMALL {
        let first = |(index, member): (usize, &Member)| {
            Some((index, members.iter().take(index).position(|first| first.key == member.key)?))
        };
        return members.iter().enumerate().filter_map(first).collect();
    }
    let mut sorted: Vec<(usize, &Member)> = members.iter().enumerate().collect();
    sorted.sort_by(|left, right| left.1.key.cmp(&right.1.key));
    let same = sorted.chunk_by(|left, right| left.1.key == right.1.key);
    same.filter_map(|group| group.split_first())
        .flat_map(|(first, rest)| rest.iter().map(|again| (again.0, first.0)))
        .collect()
}

fn report_duplicate_key(first: &Member, second: &Member, collector: &mut Collector) {
    collector
        .report(&codes::DUPLICATE_KEY, second.key_place)
        .message(format!("the key `{}` stands twice in one object", second.key))
        .label("here again")
        .help("remove or rename one of the two: readers disagree which one counts")
        .recovery("the last one counts")
        .related(first.key_place, "first here");
}

fn report_depth(place: Place, collector: &mut Collector) {
    collector
        .report(&codes::TOO_DEEP, place)
        .message(format!("lists and objects are nested more than {} deep", crate::tree::MAX_DEPTH))
        .label("one level too many")
        .help("move the inner part to `components` and refer to it");
}

fn report_count(place: Place, collector: &mut Collector) {
    collector
        .report(&codes::TOO_MANY_VALUES, place)
        .message(format!("the document set has more than {MAX_NODES} values, aliases expanded"))
        .label("the limit is passed here")
        .help("split the document, or use `$ref` instead of aliases");
}
