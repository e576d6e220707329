//! Any bytes as a stream of server-sent events.
#![no_main]

#[path = "../../runtime/tests/judges/mod.rs"]
mod judges;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| judges::events(bytes));
