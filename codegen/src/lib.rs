//! typewright-codegen turns OpenAPI documents into the files of a Rust client crate.
//!
//! It is a pure function of its sources: no clock, environment, network or hash order in it, and no file is read or
//! written here except by [`Builder`], the convenience for build scripts. The stages are in the order of the modules.

#![forbid(unsafe_code)]

pub mod api;
pub mod arena;
pub mod builder;
mod bundle;
pub mod diagnostic;
pub mod emit;
pub mod explain;
pub mod facts;
pub mod lower;
pub mod name;
pub mod normalise;
pub mod output;
mod overlay;
pub mod plan;
pub mod read;
pub mod selection;
pub mod source;
mod stages;
pub mod suggest;
pub mod tree;

pub use crate::builder::{BuildError, Builder};
pub use crate::bundle::{Bundle, bundle};

use crate::diagnostic::Diagnostic;
use crate::output::{FileSet, Target};
use crate::source::Sources;

/// Makes the crate that `target` describes of a document set. Without files there is at least one error among the
/// diagnostics.
pub fn generate(sources: &Sources, target: &Target) -> (Option<FileSet>, Vec<Diagnostic>) {
    stages::run(sources, target, emit::emit)
}

/// Makes the module tree of a client without the package around it: `mod.rs` is there to be `include!`d. [`Builder`] is
/// the usual way to it.
pub fn generate_modules(sources: &Sources, target: &Target) -> (Option<FileSet>, Vec<Diagnostic>) {
    stages::run(sources, target, emit::emit_modules)
}
