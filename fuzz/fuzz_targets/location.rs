//! Any bytes as the target of a redirect.
#![no_main]

#[path = "../../runtime/tests/judges/mod.rs"]
mod judges;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| judges::location(bytes));
