//! Any bytes as a document in JSON.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    typewright_tests::fuzz::judge_json(bytes);
});
