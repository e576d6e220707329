//! Any bytes as an overlay of a small document.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    typewright_tests::fuzz::judge_overlay(bytes);
});
