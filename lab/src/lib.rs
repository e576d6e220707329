//! The laboratory: what Typewright is tried with. It belongs to the repository and is not part of what people install.
//!
//! [`corpus`] generates every document of a folder, [`behave`] makes the instances that a crate is held to, [`mutate`]
//! breaks documents. The tests use the last two as well.

#![forbid(unsafe_code)]

pub mod behave;
pub mod corpus;
pub mod document;
pub mod mutate;
