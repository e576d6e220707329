//! Raw tree to model: a visible list of passes, after which there is no OpenAPI version left.
//!
//! Each pass is one file that says what it changes. Faults are collected; passes go on behind them with what is sound, so
//! that a document's faults come out together, and the model exists only if none of them is an error.

mod cycles;
mod defaults;
mod document;
pub(crate) mod enums;
mod extension;
pub mod model;
mod operations;
pub mod pattern;
mod patterns;
mod pointer;
mod references;
pub mod structure;
#[cfg(test)]
mod testing;

use std::collections::BTreeSet;

use crate::diagnostic::Collector;
use crate::read::Documents;
use crate::source::{FileId, Sources};
use crate::tree::{NodeId, Tree};

pub(crate) use self::document::{Noun, operations_in};
pub(crate) use self::extension::{KEY, pagination_members};
use self::model::Model;
use self::pointer::Parents;
pub(crate) use self::pointer::{FILES, escape};
use self::references::References;
pub(crate) use self::references::{Links, mapped_by_key};
use self::structure::{Checked, LeftOut};

/// What the passes that only look at the tree share.
pub(crate) struct Context<'a> {
    pub(crate) tree: &'a Tree,
    pub(crate) sources: &'a Sources,
    roots: &'a [Option<NodeId>],
    /// Top of the root document.
    pub(crate) root: NodeId,
    pub(crate) parents: &'a Parents,
    /// What the structure check left out.
    pub(crate) left_out: &'a LeftOut,
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
    let mut checked = structure::check_structure(documents, sources, collector)?;
    let references = resolve(documents, sources, (root, &mut checked), collector);
    let (version, left_out) = (checked.version, &checked.left_out);
    let parents = Parents::new(&documents.tree);
    let Documents { tree, roots } = &*documents;
    let context = Context { tree, sources, roots, root, parents: &parents, left_out };
    let mut schemas = document::lift_schemas(&context, &references, collector);
    cycles::check(&context, &references, &mut schemas, collector);
    patterns::check(&context, &mut schemas, collector);
    defaults::check(&context, &mut schemas, collector);
    enums::check(&context, &schemas, collector);
    let facts = extension::read(&context, &references, &mut schemas, collector);
    let document = document::lift(&context, version, &references, schemas, collector);
    let mut model = Model {
        document,
        facts: facts.root,
        operation_facts: facts.operations,
        parameter_facts: facts.parameters,
        chosen: None,
        undeclared_schemes: Vec::new(),
        left_out: 0,
    };
    model.left_out += left_out.operations;
    operations::check(&context, &mut model, collector);
    extension::check(&context, &model, collector);
    (!collector.has_errors()).then_some(model)
}

/// How often parts may come to light in parts that were checked before. Real documents need one round or two.
const ROUNDS: usize = 16;

/// The references pass. What references alone reach has not seen the structure check; where there is such a part it is
/// checked, which may mend it, and references are followed again.
fn resolve(
    documents: &mut Documents,
    sources: &Sources,
    (root, checked): (NodeId, &mut Checked),
    collector: &mut Collector,
) -> References {
    let mut known = BTreeSet::new();
    let mut round = 0;
    loop {
        let Documents { tree, roots } = &*documents;
        let parents = Parents::new(tree);
        let context = Context { tree, sources, roots, root, parents: &parents, left_out: &checked.left_out };
        let mut trial = collector.clone();
        let mut found = references::resolve(&context, &mut trial);
        found.outside.retain(|(_, node)| known.insert(*node));
        if found.outside.is_empty() || round == ROUNDS {
            *collector = trial;
            return found;
        }
        round += 1;
        for part in found.outside {
            structure::check_part((documents, sources), part, checked, collector);
        }
    }
}
