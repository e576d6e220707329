//! Documents that nobody would write: broken ones, hostile ones, costly ones.

#![forbid(unsafe_code)]

mod bombs;
mod hostile;
mod mutation;
