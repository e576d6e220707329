//! The Qikink client against a server on loopback, one module per subject.

#![forbid(unsafe_code)]

mod answers;
mod config;
mod errors;
mod limits;
mod support;
mod sweep;
mod tokens;
mod wire;
