//! Documents that nobody would write: broken ones, hostile ones, costly ones; and documents that grow.

#![forbid(unsafe_code)]

mod bombs;
mod hostile;
mod mutation;
mod names;
