//! `cargo check` of a generated crate alone: dependencies built before, incremental off, the crate itself rebuilt.

use std::process::Command;

use crate::measure;

pub(crate) fn run() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    for package in ["qredex"] {
        if !check(root, package) {
            println!("  {package}: does not compile");
            continue;
        }
        let touched = Command::new("touch").arg(format!("{root}/generated/{package}/src/lib.rs")).status();
        let before = measure::cpu_seconds();
        let fine = touched.is_ok() && check(root, package);
        println!(
            "  {package:<28}{:>9.2} s CPU{}",
            measure::cpu_seconds() - before,
            if fine { "" } else { " (failed)" }
        );
    }
}

fn check(root: &str, package: &str) -> bool {
    let mut command = Command::new("cargo");
    command.args(["check", "--quiet", "--package", package]).current_dir(root).env("CARGO_INCREMENTAL", "0");
    command.status().is_ok_and(|status| status.success())
}
