//! For every generated crate a program that uses each of its public items, made of `api.txt` alone.
//!
//! That it compiles is the test: a line that lacks something, or says it wrongly, ends the build. That no item lacks a line is a test of `repository/api.rs`.

#![forbid(unsafe_code)]
#![allow(
    dead_code,
    deprecated,
    unreachable_patterns,
    clippy::all,
    reason = "written by a program, for the compiler's eyes only"
)]

typewright_api_program::programs!("../generated", "api.txt", "::");
