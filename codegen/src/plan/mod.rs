//! Names and model to declarations: every decision about the Rust that is written, as data.
//!
//! After this stage nobody decides anything: [`crate::emit`] only spells what stands here. Boxing, layout, docs, which
//! module and feature an item belongs to, how a member is read and written: all here.

pub mod declaration;
