//! The stages in their order, each with what it hands to the next. What a stage does is its module's business.

use crate::api::Api;
use crate::diagnostic::{Collector, Diagnostic};
use crate::lower::lower;
use crate::name::{Names, name};
use crate::normalise::model::Model;
use crate::normalise::normalise;
use crate::output::{FileSet, Target};
use crate::plan::declaration::Plan;
use crate::plan::{Input, plan};
use crate::read::{Documents, read};
use crate::source::{FileId, Sources};

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

/// Runs all stages. There are files unless an error is among the diagnostics.
pub(crate) fn run(
    sources: &Sources,
    target: &Target,
    emit: fn(&Plan, &Target) -> FileSet,
) -> (Option<FileSet>, Vec<Diagnostic>) {
    let mut collector = Collector::new(target.profile);
    let files = analyse(sources, &mut collector).and_then(|analysis| {
        let plan = declare(sources, target, &analysis, &mut collector);
        (!collector.has_errors()).then(|| FileSet { left_out: analysis.model.left_out, ..emit(&plan, target) })
    });
    (files, collector.finish())
}

/// Plans the declarations of what was analysed.
pub(crate) fn declare(sources: &Sources, target: &Target, analysis: &Analysis, collector: &mut Collector) -> Plan {
    let name = sources.name(FileId(0));
    let document = name.rsplit('/').next().unwrap_or(name);
    let Analysis { documents, api, names, .. } = analysis;
    plan(&Input { api, names, target, document, tree: &documents.tree }, collector)
}
