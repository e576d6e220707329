//! Any bytes as a request body that is sent in parts.
#![no_main]

#[path = "../../runtime/tests/judges/mod.rs"]
mod judges;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| judges::body(bytes));
