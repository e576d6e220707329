//! Attacks a generated client from outside, and counts broken promises.
//!
//! Owns the list of attacks ([`KINDS`]) and their order. What is promised stands in `docs/reliability.md`; each promise
//! names the kind that holds it. A run is seeded: the same seed gives the same faults in the same order for each call.

#![forbid(unsafe_code)]

mod chance;
mod faults;
mod kinds;
mod report;
mod server;

pub use report::{Row, table};

/// The client under attack, generated from `openapi.yaml`.
#[allow(missing_docs, unreachable_pub, dead_code, unused_imports, clippy::all, reason = "output of the generator")]
pub(crate) mod api {
    include!(concat!(env!("OUT_DIR"), "/mod.rs"));
}

/// What a run is to do.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Calls against the fault server; the other kinds scale with it.
    pub calls: usize,
    /// Seed of every choice.
    pub seed: u64,
}

/// One kind of attack.
#[derive(Debug)]
pub struct Kind {
    /// The name that `--only` takes.
    pub name: &'static str,
    /// One line for `--help`.
    pub about: &'static str,
    /// Runs it.
    pub run: fn(Plan) -> Vec<Row>,
}

/// All kinds, in the order in which they run.
pub static KINDS: &[Kind] = &[
    Kind { name: "faults", about: "Faults of the server at every point of an exchange", run: kinds::faults::run },
    Kind { name: "http2", about: "Resets and GOAWAY over TLS", run: kinds::http2::run },
    Kind { name: "cancel", about: "Calls and runtimes that end while a token is fetched", run: kinds::cancel::run },
    Kind { name: "stampede", about: "Thousands of calls that need one token", run: kinds::stampede::run },
    Kind { name: "hostile", about: "Responses that cost more than they weigh", run: kinds::hostile::run },
    Kind { name: "redirects", about: "Redirects and next links, and where credentials go", run: kinds::redirects::run },
    Kind { name: "injections", about: "Values that try to be more than a value", run: kinds::injections::run },
    Kind { name: "secrets", about: "Secrets in everything that is printed", run: kinds::secrets::run },
];
