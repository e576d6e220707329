//! Raw tree to model: a visible list of passes, after which there is no OpenAPI version left.
//!
//! Each pass is one file that says what it changes. Faults are collected; passes go on behind them with what is sound, so
//! that a document's faults come out together, and the model exists only if none of them is an error.

mod assemble;
mod cycles;
mod defaults;
mod document;
pub(crate) mod enums;
mod extension;
pub mod facts;
pub mod model;
mod operations;
pub mod pattern;
mod patterns;
mod pointer;
mod references;
mod schema;
mod shape;
pub mod structure;
mod structure_table;
#[cfg(test)]
mod testing;

use crate::diagnostic::Collector;
use crate::read::Documents;
use crate::source::{FileId, Sources};
use crate::tree::{NodeId, Tree, Value};

pub(crate) use self::extension::{KEY, pagination_members};
use self::model::Model;
use self::pointer::Parents;
use self::references::References;
use self::structure::{Checked, Version};

/// What the passes that only look at the tree share.
pub(crate) struct Context<'a> {
    pub(crate) tree: &'a Tree,
    pub(crate) sources: &'a Sources,
    roots: &'a [Option<NodeId>],
    /// Top of the root document.
    pub(crate) root: NodeId,
    pub(crate) parents: &'a Parents,
}

impl Context<'_> {
    /// The top of a file that was read.
    pub(crate) fn file_root(&self, file: FileId) -> Option<NodeId> {
        self.roots.get(file.0 as usize).copied().flatten()
    }
}

/// Runs all passes. Without a model at least one error was reported, here or when the files were read.
pub fn normalise(documents: &mut Documents, sources: &Sources, collector: &mut Collector) -> Option<Model> {
    let root = documents.root(FileId(0))?;
    let Checked { version, left_out } = structure::check_structure(&mut documents.tree, root, collector)?;
    let references = resolve(documents, sources, (root, version), collector);
    let parents = Parents::new(&documents.tree);
    let (mut schemas, facts) = {
        let Documents { tree, roots } = &*documents;
        let context = Context { tree, sources, roots, root, parents: &parents };
        let mut schemas = schema::lift(&context, &references, collector);
        cycles::check(&context, &mut schemas, collector);
        patterns::check(&context, &mut schemas, collector);
        defaults::check(&context, &mut schemas, collector);
        enums::check(&context, &schemas, collector);
        let facts = extension::read(&context, &references, &mut schemas, collector);
        (schemas, facts)
    };
    let copied = document::copy(&mut documents.tree, root, &references, &mut schemas, collector);
    let Documents { tree, roots } = &*documents;
    let context = Context { tree, sources, roots, root, parents: &parents };
    let mut model = assemble::assemble(&context, copied, schemas, facts, collector)?;
    model.left_out += left_out;
    operations::check(&context, &mut model, collector);
    extension::check(&context, &model, collector);
    (!collector.has_errors()).then_some(model)
}

/// The references pass. What references alone reach has not seen the structure check; where there is such a part it is
/// checked, which may mend it, and references are followed again.
fn resolve(
    documents: &mut Documents,
    sources: &Sources,
    (root, version): (NodeId, Version),
    collector: &mut Collector,
) -> References {
    let follow = |documents: &Documents, collector: &mut Collector| {
        let Documents { tree, roots } = documents;
        let parents = Parents::new(tree);
        references::resolve(&Context { tree, sources, roots, root, parents: &parents }, collector)
    };
    let mut trial = collector.clone();
    let found = follow(documents, &mut trial);
    if found.outside.is_empty() {
        *collector = trial;
        return found;
    }
    for (kind, node) in found.outside {
        let sound = |part| structure::check_part(&mut documents.tree, node, part, version, collector);
        // What makes no sense is gone for whoever refers to it.
        if kind.part().map(sound) == Some(false) {
            documents.tree.set_value(node, Value::Null);
        }
    }
    follow(documents, collector)
}
