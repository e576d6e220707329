//! The stages in their order, each with what it hands to the next. What a stage does is its module's business.

use crate::api::Api;
use crate::diagnostic::Collector;
use crate::lower::lower;
use crate::name::{Names, name};
use crate::normalise::model::Model;
use crate::normalise::normalise;
use crate::read::{Documents, read};
use crate::source::Sources;

/// What is known of a document before a target is looked at.
pub(crate) struct Analysis {
    pub(crate) documents: Documents,
    pub(crate) model: Model,
    pub(crate) api: Api,
    pub(crate) names: Names,
}

/// Runs the stages that find faults in a document. A stage collects all faults that it can; the next one starts only if
/// none of them is an error, so that nobody is told what follows from a fault as if it were one.
pub(crate) fn analyse(sources: &Sources, collector: &mut Collector) -> Option<Analysis> {
    let mut documents = read(sources, collector);
    let model = normalise(&mut documents, sources, collector)?;
    let api = lower(&model, &documents.tree, collector);
    let names = name(&api, &documents.tree, collector);
    (!collector.has_errors()).then_some(Analysis { documents, model, api, names })
}
