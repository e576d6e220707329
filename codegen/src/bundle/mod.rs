//! One document out of many: what the generator sees of a document set, all files and overlays in it.
//!
//! Before: a document, the files that its references name, and overlays. After: one document whose references all lead into
//! itself. Files stand below `x-files` by their names, relative to the document's folder. They are not moved to
//! `components`, because that would declare components that the document does not have: their keys would have to be made
//! up, and a client would have other types. A pointer into `x-files` names the file (`normalise::pointer`), so a bundle gives
//! the same crate as the files that it was made of. `merge.rs` puts the files in, `select.rs` takes out what was not asked for,
//! `json.rs` and `yaml.rs` write the result.

mod json;
mod merge;
mod select;
mod yaml;

use crate::diagnostic::{Collector, Diagnostic};
use crate::output::Target;
use crate::source::Sources;
use crate::stages::{bundled, on_large_stack};
use crate::tree::{NodeId, Tree};

/// One document, members in their order.
#[derive(Debug)]
pub struct Bundle {
    tree: Tree,
    root: NodeId,
    /// How many files there are in it, the document itself included.
    pub files: usize,
    /// How many operations it has.
    pub operations: usize,
}

/// Makes one document of a set. Nothing is made of a set with errors; all its faults are reported, as generating would.
/// Only the operations that `target` selects are in it, and the components and files that these need.
pub fn bundle(sources: &Sources, target: &Target) -> (Option<Bundle>, Vec<Diagnostic>) {
    on_large_stack(&|| {
        let mut collector = Collector::new(target.profile);
        let found = bundled(sources, target, &mut collector);
        let made = found.and_then(|(mut documents, chosen)| {
            let operations = select::select(&mut documents, sources, chosen.as_ref())?;
            let files = merge::merge(&mut documents, sources, chosen.is_some(), &mut collector)?;
            let root = documents.root(crate::source::FileId(0))?;
            Some(Bundle { tree: documents.tree, root, files, operations })
        });
        (made, collector.finish())
    })
}
