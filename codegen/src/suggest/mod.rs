//! Facts that a document makes likely and does not declare: what `typewright lint --suggest` offers, as an overlay.
//!
//! Fewer and right is better than many and wrong: a fact is offered only if it is unambiguous and would work. One file per
//! fact; the overlay is written by `overlay.rs`. So far there is one fact, pagination. Keys of repetitions are not offered,
//! because no document tells whether the server takes a second request with the same key while the first one runs.

mod answer;
mod overlay;
mod pagination;
mod query;
mod signs;

pub use self::overlay::{Action, Group, Head, Suggestions};
use crate::diagnostic::{Collector, Diagnostic};
use crate::output::Target;
use crate::plan::{Candidates, Input};
use crate::source::{FileId, Sources};
use crate::stages::{Analysis, analyse, declare, on_large_stack};

/// Looks for facts. Nothing is offered for a document that has errors; all its faults are told, as generating would.
pub fn suggest(sources: &Sources, target: &Target) -> (Option<Suggestions>, Vec<Diagnostic>) {
    on_large_stack(&|| {
        let mut collector = Collector::new(target.profile);
        let offered = analyse(sources, target, &mut collector).and_then(|analysis| {
            declare(sources, target, &analysis, &mut collector);
            (!collector.has_errors()).then(|| offer(sources, target, &analysis))
        });
        (offered, collector.finish())
    })
}

fn offer(sources: &Sources, target: &Target, analysis: &Analysis) -> Suggestions {
    let Analysis { documents, api, names, .. } = analysis;
    let (tree, document) = (&documents.tree, sources.name(FileId(0)));
    let candidates = Candidates::new(&Input { api, names, target, document, tree });
    let mut offered = Suggestions { title: api.info.title.clone(), groups: Vec::new() };
    let Some(root) = documents.root(FileId(0)) else { return offered };
    for (operation, fits) in candidates.undeclared() {
        // An overlay changes the document alone, not the files that it refers to.
        if tree.pointer(root, &operation.pointer) != Some(operation.origin) {
            continue;
        }
        let Some(found) = pagination::read((api, tree, root), operation, fits) else { continue };
        let pointer = operation.pointer.clone();
        match offered.groups.iter_mut().find(|group| group.found == found) {
            Some(group) => group.pointers.push(pointer),
            None => offered.groups.push(Group { reasons: found.reasons(), found, pointers: vec![pointer] }),
        }
    }
    offered
}
