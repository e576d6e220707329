//! typewright-codegen turns OpenAPI documents into the files of a Rust client crate.
//!
//! It is a pure function of its sources: no clock, environment, network or hash order in it, and no file is read or
//! written here except by [`Builder`], the convenience for build scripts. The stages are in the order of the modules.

#![forbid(unsafe_code)]

pub mod api;
pub mod builder;
pub mod diagnostic;
pub mod emit;
pub mod explain;
pub mod lower;
pub mod name;
pub mod normalise;
pub mod output;
pub mod plan;
pub mod read;
pub mod source;
mod stages;
pub mod tree;

pub use crate::builder::{BuildError, Builder};

use crate::diagnostic::{Collector, Diagnostic};
use crate::output::{FileSet, Target};
use crate::source::Sources;

/// Makes the crate that `target` describes of a document set. Without files there is at least one error among the diagnostics.
pub fn generate(sources: &Sources, target: &Target) -> (Option<FileSet>, Vec<Diagnostic>) {
    generate_by(sources, target, emit::emit)
}

/// The module tree of that crate alone, for build scripts: `mod.rs` at its top is there to be `include!`d.
pub fn generate_modules(sources: &Sources, target: &Target) -> (Option<FileSet>, Vec<Diagnostic>) {
    generate_by(sources, target, emit::emit_modules)
}

fn generate_by(
    sources: &Sources,
    target: &Target,
    emit: fn(&plan::declaration::Plan, &Target) -> FileSet,
) -> (Option<FileSet>, Vec<Diagnostic>) {
    let mut collector = Collector::new(target.profile);
    let files = stages::analyse(sources, &mut collector).and_then(|analysis| {
        let document = sources.files.first().map_or("", |file| file.name.as_str());
        let input = plan::Input {
            api: &analysis.api,
            names: &analysis.names,
            target,
            document: document.rsplit('/').next().unwrap_or(document),
            tree: &analysis.documents.tree,
        };
        let plan = plan::plan(&input, &mut collector);
        (!collector.has_errors()).then(|| FileSet { left_out: analysis.model.left_out, ..emit(&plan, target) })
    });
    (files, collector.finish())
}
