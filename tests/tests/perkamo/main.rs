//! The Perkamo client against a server on loopback, one module per subject.

#![forbid(unsafe_code)]

mod answers;
mod config;
mod errors;
mod signing;
mod stream;
mod sweep;
mod validation;
mod webhooks;
mod wire;
