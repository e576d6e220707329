//! Any bytes as JSON lines and as a JSON text sequence.
#![no_main]

#[path = "../../runtime/tests/judges/mod.rs"]
mod judges;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| judges::records(bytes));
