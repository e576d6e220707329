//! The Refport client against a server on loopback, one module per subject.

#![forbid(unsafe_code)]

mod cookies;
mod errors;
mod sweep;
mod validation;
mod wire;
