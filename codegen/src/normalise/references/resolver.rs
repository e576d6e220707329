//! Finds the node that a reference's text means.
//!
//! Owns `#/pointers`, anchors, `$id` and the names of files. A fragment is looked up in the nearest enclosing schema with
//! an `$id`, then in the file: documents that mix both habits exist, and each text has at most one sensible target.

use std::collections::BTreeMap;

use super::Context;
use crate::source::{FileId, Sources, resolve_name};
use crate::tree::{NodeId, Tree, Value};

/// Looks references up.
pub(super) struct Resolver<'a> {
    context: &'a Context<'a>,
    ids: BTreeMap<&'a str, NodeId>,
    anchors: BTreeMap<(FileId, &'a str), NodeId>,
    /// Members of objects that have many: every reference asks for one of them.
    large: BTreeMap<NodeId, BTreeMap<&'a str, NodeId>>,
}

/// From how many members on an object is indexed.
const LARGE: usize = 64;

/// Why nothing was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Lost {
    /// The file is there, the place in it is not.
    Nowhere,
    /// The file of this name is not there.
    NotLoaded(String),
    /// It was left out, or stands in what was; that has been told.
    LeftOut,
}

/// The node that a reference in `at` means by the names of files and by pointers alone.
pub(crate) fn find_in_files(
    (tree, sources, roots): (&Tree, &Sources, &[Option<NodeId>]),
    at: NodeId,
    reference: &str,
) -> Result<NodeId, Lost> {
    let file = sources.home(tree.place(at).file);
    let named = resolve_name(sources.name(file), reference);
    let (name, fragment) = named.ok_or_else(|| Lost::NotLoaded(reference.to_owned()))?;
    let root = sources.find(&name).and_then(|file| roots.get(file.0 as usize).copied().flatten());
    tree.pointer(root.ok_or(Lost::NotLoaded(name))?, fragment).ok_or(Lost::Nowhere)
}

impl<'a> Resolver<'a> {
    /// With the index of `$id` and `$anchor`.
    pub(super) fn new(context: &'a Context<'a>) -> Self {
        let mut resolver = Self::new_without_index(context);
        for (id, node) in context.tree.nodes() {
            let Value::Mapping(members) = &node.value else { continue };
            let file = context.sources.home(node.place.file);
            if members.len() >= LARGE {
                // The first of two equal keys counts, as it does for `Tree::member`.
                let index = members.iter().rev().map(|member| (&*member.key, member.value)).collect();
                resolver.large.insert(id, index);
            }
            for member in members {
                let Some(text) = context.tree.as_str(member.value) else { continue };
                match &*member.key {
                    "$id" | "$self" => drop(resolver.ids.entry(text.trim_end_matches('#')).or_insert(id)),
                    "$anchor" | "$dynamicAnchor" => drop(resolver.anchors.entry((file, text)).or_insert(id)),
                    _ => {}
                }
            }
        }
        resolver
    }

    /// For what names components and files only.
    pub(super) fn new_without_index(context: &'a Context<'a>) -> Self {
        Self { context, ids: BTreeMap::new(), anchors: BTreeMap::new(), large: BTreeMap::new() }
    }

    /// The node that `reference` means where it stands in `at`.
    pub(super) fn find(&self, at: NodeId, reference: &str) -> Result<NodeId, Lost> {
        match self.look_up(at, reference) {
            Ok(target) if self.context.left_out.contains(target) => Err(Lost::LeftOut),
            Err(Lost::Nowhere) if self.is_in_left_out(at, reference) => Err(Lost::LeftOut),
            found => found,
        }
    }

    /// Whether a reference that leads nowhere would lead into what was left out.
    fn is_in_left_out(&self, at: NodeId, reference: &str) -> bool {
        // Nothing lies deeper, and each step looks up the whole reference again.
        if reference.matches('/').count() > 2 * crate::tree::MAX_DEPTH {
            return false;
        }
        let mut outer = reference;
        while let Some((shorter, _)) = outer.rsplit_once('/').filter(|(shorter, _)| shorter.contains('#')) {
            outer = shorter;
            if let Ok(node) = self.look_up(at, outer) {
                return self.context.left_out.contains(node);
            }
        }
        false
    }

    /// The node that `reference` means if its `$defs` are those of the nearest schema around `at` that has it.
    pub(super) fn find_nearest(&self, at: NodeId, reference: &str) -> Option<NodeId> {
        let fragment = reference.strip_prefix('#')?;
        if !fragment.starts_with("/$defs/") && !fragment.starts_with("/definitions/") {
            return None;
        }
        let mut around = Some(at);
        for _ in 0..=crate::tree::MAX_DEPTH {
            let schema = around?;
            if let Some(target) = self.within(schema, fragment) {
                return Some(target);
            }
            around = self.context.parents.parent(schema);
        }
        None
    }

    fn look_up(&self, at: NodeId, reference: &str) -> Result<NodeId, Lost> {
        let (location, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let file = self.context.sources.home(self.context.tree.place(at).file);
        if location.is_empty() {
            let resource = self.resource(at).and_then(|resource| self.within(resource, fragment));
            return resource.or_else(|| self.within(self.context.file_root(file)?, fragment)).ok_or(Lost::Nowhere);
        }
        if let Some(resource) = self.identified(at, location) {
            return self.within(resource, fragment).ok_or(Lost::Nowhere);
        }
        let Some((name, fragment)) = resolve_name(self.context.sources.name(file), reference) else {
            return Err(Lost::NotLoaded(location.to_owned()));
        };
        let root = self.context.sources.find(&name).and_then(|file| self.context.file_root(file));
        let Some(root) = root else { return Err(Lost::NotLoaded(name)) };
        self.within(root, fragment).ok_or(Lost::Nowhere)
    }

    fn within(&self, root: NodeId, fragment: &str) -> Option<NodeId> {
        if fragment.is_empty() || fragment.starts_with('/') {
            let tree = self.context.tree;
            // `+` is a space in forms, and in pointers of those who take one for the other.
            let member = |at: NodeId, key: &str| match self.large.get(&at) {
                Some(index) => index.get(key).copied(),
                None => tree.member(at, key),
            };
            let find = |fragment: &str| tree.pointer_by(root, fragment, member);
            let spaced = || fragment.contains('+').then(|| fragment.replace('+', " "));
            return find(fragment).or_else(|| find(&spaced()?));
        }
        let file = self.context.sources.home(self.context.tree.place(root).file);
        self.anchors.get(&(file, fragment)).copied()
    }

    /// The nearest schema around `at` that has an `$id`.
    fn resource(&self, at: NodeId) -> Option<NodeId> {
        if self.ids.is_empty() {
            return None;
        }
        let mut at = at;
        for _ in 0..=crate::tree::MAX_DEPTH {
            if self.context.tree.member_str(at, "$id").is_some() {
                return Some(at);
            }
            at = self.context.parents.parent(at)?;
        }
        None
    }

    /// The schema with this `$id`, as it is written or relative to the `$id` around it.
    fn identified(&self, at: NodeId, location: &str) -> Option<NodeId> {
        if let Some(node) = self.ids.get(location) {
            return Some(*node);
        }
        let base = self.resource(at).and_then(|resource| self.context.tree.member_str(resource, "$id"))?;
        let folder = base.rsplit_once('/').map_or("", |(folder, _)| folder);
        let joined = match location.strip_prefix('/') {
            Some(path) => format!("{}/{path}", origin_of(base)),
            None => format!("{folder}/{}", location.trim_start_matches("./")),
        };
        self.ids.get(joined.as_str()).copied()
    }
}

/// `https://example.com` of `https://example.com/schemas/pet`.
fn origin_of(url: &str) -> &str {
    let start = url.find("://").map_or(0, |at| at + 3);
    let end = url.get(start..).and_then(|rest| rest.find('/')).map_or(url.len(), |at| start + at);
    url.get(..end).unwrap_or(url)
}
