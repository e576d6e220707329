//! Any bytes as a response body, read as values of many types.
#![no_main]

#[path = "../../runtime/tests/judges/mod.rs"]
mod judges;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| judges::decode(bytes));
