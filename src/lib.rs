//! The commands of Typewright: everything that reads and writes files and talks to a terminal.
//!
//! What becomes of a document is decided in `typewright-codegen`, which does neither. [`run`] is the whole command line;
//! [`commands::repository`] is what `cargo xtask` calls.

#![forbid(unsafe_code)]

mod cli;
mod codes;
pub mod commands;
mod config;
mod document;
pub mod exclusive;
mod exit;
mod folder;
mod hash;
pub mod host;
mod lock;
mod make;
mod progress;
mod report;
mod workspace;
mod yaml;

/// The version of typewright, and of the runtime that its crates need.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

pub use crate::commands::{refuse, run};
pub use crate::exit::Exit;
