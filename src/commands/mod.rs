//! What each command does, one file per command.

pub(crate) mod codes;
pub(crate) mod explain;
pub(crate) mod generate;
pub(crate) mod lint;
pub mod repository;
