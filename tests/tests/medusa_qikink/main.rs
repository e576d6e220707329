//! The client of the Medusa plugin against a server on loopback, one module per subject.

#![forbid(unsafe_code)]

mod answers;
mod credentials;
mod errors;
mod sweep;
mod wire;
