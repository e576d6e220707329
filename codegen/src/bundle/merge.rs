//! Puts the files of a set into its document, and makes every reference lead to where things stand then.

use std::collections::BTreeSet;

use crate::diagnostic::Collector;
use crate::diagnostic::codes::WRONG_TYPE;
use crate::normalise::{FILES, Links, escape};
use crate::read::Documents;
use crate::source::{FileId, Place, Sources, relative_name, resolve_name};
use crate::tree::{Member, NodeId, Tree, Value};

/// Merges, and tells how many files the document is made of. With `needed` only files that references lead to are put in.
pub(super) fn merge(
    documents: &mut Documents,
    sources: &Sources,
    needed: bool,
    collector: &mut Collector,
) -> Option<usize> {
    let root = documents.root(FileId(0))?;
    let links = Links::new(documents, sources)?;
    let wanted = needed.then(|| reached(documents, sources, root, &links));
    let names = names(documents, sources, wanted.as_ref());
    if !names.is_empty() && is_in_the_way(&documents.tree, root, collector) {
        return None;
    }
    let texts: Vec<(NodeId, String)> = links
        .found
        .iter()
        .filter_map(|link| {
            let home = sources.home(documents.tree.place(link.at).file);
            let text = match link.target {
                Some(target) => pointer(documents, sources, (&links, &names), (home, target))?,
                None => lost(sources, &names, home, documents.tree.as_str(link.text)?)?,
            };
            Some((link.text, text))
        })
        .collect();
    for (node, text) in texts {
        documents.tree.set_value(node, Value::String(text.into()));
    }
    put(documents, root, &names);
    Some(1 + names.len())
}

/// Reports a member of the document's own where the files go: to replace it would lose it.
fn is_in_the_way(tree: &Tree, root: NodeId, collector: &mut Collector) -> bool {
    let Some(other) = tree.member(root, FILES).filter(|files| tree.as_mapping(*files).is_none()) else { return false };
    collector
        .report(&WRONG_TYPE, tree.place(other))
        .message(format!("`{FILES}` is {}, and a bundle has its files there", tree.kind_name(other)))
        .label(format!("expected an object, found {}", tree.kind_name(other)))
        .help("rename it, or remove it with an overlay");
    true
}

/// Files other than the document, each with its key below `x-files`.
type Names = Vec<(FileId, String)>;

fn names(documents: &Documents, sources: &Sources, wanted: Option<&BTreeSet<FileId>>) -> Names {
    let taken = documents.root(FileId(0)).and_then(|root| documents.tree.member(root, FILES));
    let taken = taken.and_then(|files| documents.tree.as_mapping(files)).unwrap_or_default();
    let mut names = Names::new();
    for (index, file) in sources.files.iter().enumerate().skip(1) {
        let Ok(id) = u32::try_from(index).map(FileId) else { continue };
        if file.is_overlay || documents.root(id).is_none() || wanted.is_some_and(|wanted| !wanted.contains(&id)) {
            continue;
        }
        let mut name = relative_name(sources.name(FileId(0)), &file.name);
        // A bundle may be a part of another one.
        while taken.iter().any(|member| *member.key == name) {
            name.insert_str(0, "./");
        }
        names.push((id, name));
    }
    names
}

/// Every file that the document needs, by its references and theirs.
fn reached(documents: &Documents, sources: &Sources, root: NodeId, links: &Links) -> BTreeSet<FileId> {
    let tree = &documents.tree;
    let mut files = BTreeSet::new();
    let mut open = vec![root];
    while let Some(top) = open.pop() {
        for node in super::select::below(tree, top) {
            for link in links.at(node) {
                let file = link.target.map(|target| sources.home(tree.place(target).file));
                if let Some(file) = file.filter(|file| *file != FileId(0) && files.insert(*file)) {
                    open.extend(documents.root(file));
                }
            }
        }
    }
    files
}

/// The text of a reference to `target` where the files stand in the document; nothing where the text stays.
fn pointer(
    documents: &Documents,
    sources: &Sources,
    (links, names): (&Links, &Names),
    (home, target): (FileId, NodeId),
) -> Option<String> {
    let file = sources.home(documents.tree.place(target).file);
    if home == FileId(0) && file == FileId(0) {
        return None;
    }
    let pointer = links.pointer(&documents.tree, sources, target);
    if file == FileId(0) {
        return Some(fragment(&pointer));
    }
    let below = pointer.strip_prefix(&relative_name(sources.name(FileId(0)), sources.name(file)))?.strip_prefix('#')?;
    inside(names, file, below)
}

fn inside(names: &Names, file: FileId, below: &str) -> Option<String> {
    let (_, name) = names.iter().find(|(id, _)| *id == file)?;
    Some(fragment(&format!("#/{FILES}/{}{below}", escape(name))))
}

/// The same for a reference that leads nowhere, which it still does afterwards.
fn lost(sources: &Sources, names: &Names, home: FileId, text: &str) -> Option<String> {
    if home == FileId(0) {
        return None;
    }
    if let Some(below) = text.strip_prefix('#') {
        return inside(names, home, below);
    }
    let (name, below) = resolve_name(sources.name(home), text)?;
    let name = relative_name(sources.name(FileId(0)), &name);
    Some(if below.is_empty() { name } else { format!("{name}#{below}") })
}

/// A pointer as a fragment of a URI: what a fragment cannot hold is escaped.
fn fragment(pointer: &str) -> String {
    let mut text = String::with_capacity(pointer.len());
    for (at, byte) in pointer.bytes().enumerate() {
        match byte {
            b'#' if at == 0 => text.push('#'),
            byte if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?".contains(&byte) => {
                text.push(char::from(byte))
            }
            byte => text.push_str(&format!("%{byte:02X}")),
        }
    }
    text
}

/// Adds the files under `x-files`, the last key of the document, after any that it already has.
fn put(documents: &mut Documents, root: NodeId, names: &Names) {
    if names.is_empty() {
        return;
    }
    let Documents { tree, roots } = documents;
    let place = Place { file: FileId(0), start: 0, end: 0 };
    let files = names.iter().filter_map(|(id, name)| {
        let value = roots.get(id.0 as usize).copied().flatten()?;
        Some(Member { key: name.as_str().into(), key_place: place, value })
    });
    let mut members = known(tree, root);
    members.extend(files);
    let node = tree.push(place, Value::Mapping(members));
    tree.set_member(root, FILES, place, node);
}

fn known(tree: &Tree, root: NodeId) -> Vec<Member> {
    let known = tree.member(root, FILES).and_then(|files| tree.as_mapping(files));
    known.map(<[Member]>::to_vec).unwrap_or_default()
}
