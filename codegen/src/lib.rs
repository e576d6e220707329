//! typewright-codegen turns OpenAPI documents into the files of a Rust client crate.
//!
//! In a build script [`Builder`] is all you need. A program of your own brings the texts of a document as
//! [`Sources`], says which crate it wants as a [`Target`], and calls [`generate`]:
//!
//! ```
//! use typewright_codegen::diagnostic::{Style, render_all};
//! use typewright_codegen::output::Target;
//! use typewright_codegen::source::Sources;
//!
//! let mut sources = Sources::default();
//! sources.add("pets.yaml", "openapi: 3.1.0\ninfo: { title: Pets, version: '1' }\npaths: {}\n");
//! let target = Target { crate_name: "pets".to_owned(), version: "0.1.0".to_owned(), ..Target::default() };
//! let (files, diagnostics) = typewright_codegen::generate(&sources, &target);
//! eprint!("{}", render_all(&sources, &diagnostics, Style::Plain));
//! for (path, text) in files.expect("no errors").files {
//!     println!("{path}: {} bytes", text.len());
//! }
//! ```
//!
//! [`generate`] is a pure function of its sources: no clock, environment, network or hash order in it, and no file is read
//! or written here except by [`builder`]. Faults of a document are returned as
//! [`Diagnostic`]s, all of them at once, each with a stable code and a place.

#![forbid(unsafe_code)]
// The stages are private modules; `pub` in them is what a stage offers to the others.
#![allow(unreachable_pub)]

#[allow(dead_code, reason = "it says all that is known, whether the client that is written needs it or not")]
mod api;
#[allow(dead_code, reason = "it says all that is known, whether the client that is written needs it or not")]
mod arena;
pub mod builder;
mod bundle;
pub mod diagnostic;
mod emit;
pub mod explain;
mod facts;
mod lower;
mod name;
#[allow(dead_code, reason = "it says all that is known, whether the client that is written needs it or not")]
mod normalise;
pub mod output;
mod overlay;
#[allow(dead_code, reason = "it says all that is known, whether the client that is written needs it or not")]
mod plan;
pub mod read;
pub mod selection;
pub mod source;
mod stages;
pub mod suggest;
#[cfg(test)]
mod tests;
mod tree;

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
