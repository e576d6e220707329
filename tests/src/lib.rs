//! What the end-to-end tests and the examples share: a loopback server that records what it was sent, and a small stand-in
//! for the provider's own server. The tests themselves live under `tests/`, the examples under `examples/`.

#![forbid(unsafe_code)]

pub mod demo;
pub mod document;
pub mod fuzz;
pub mod medusa_qikink_server;
pub mod perkamo_server;
pub mod qikink_server;
pub mod qredex_server;
pub mod refport_server;
pub mod server;
pub mod spree_admin_server;
pub mod sweep;

/// Whether seeded tests run at length: where `TYPEWRIGHT_THOROUGH` is set, as `.ci/run` does. Otherwise they run a sample.
pub fn thorough() -> bool {
    std::env::var_os("TYPEWRIGHT_THOROUGH").is_some()
}

/// The code of the first page that people read.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
