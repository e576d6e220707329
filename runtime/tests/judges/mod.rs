//! What must hold of the runtime for whatever bytes a server sends, judged for the fuzz targets in `fuzz/` and for the seeded
//! tests in `fuzzing.rs`.
//!
//! Every judge takes any bytes and panics where a promise is broken. Nothing but the public interface is used.
#![allow(unreachable_pub, missing_docs, dead_code, reason = "part of two programs, each of which uses some of it")]

mod client;
mod values;

pub use self::client::{body, cookies, events, headers, link, location, records};
pub use self::values::decode;

/// A judge by the name of its fuzz target.
pub type Judge = fn(&[u8]);

/// All of them, each with texts to begin with.
pub const JUDGES: &[(&str, Judge, &[&str])] = &[
    ("decode", decode, values::SEEDS),
    ("events", events, client::EVENTS),
    ("records", records, client::RECORDS),
    ("cookies", cookies, client::COOKIES),
    ("headers", headers, client::HEADERS),
    ("location", location, client::LOCATIONS),
    ("link", link, client::LINKS),
    ("body", body, client::BODIES),
];
