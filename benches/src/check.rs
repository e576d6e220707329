//! `cargo check` of a generated crate alone: dependencies built before, incremental off, the crate itself rebuilt. Of the
//! repository's crates, and of large documents where the corpus is beside the repository.

use std::process::Command;

use crate::measure;

const CORPUS: &str = "../shared/corpus";
const LARGE: &str = "discord,stripe,github";

pub(crate) fn run() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    for package in ["qredex", "spree-admin"] {
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
    check_corpus(root);
}

/// Large documents, by the chore that tells what becomes of them: seconds and peak memory are the columns behind the lines.
fn check_corpus(root: &str) {
    if !std::path::Path::new(root).join(CORPUS).is_dir() {
        println!("  (no corpus of large documents beside the repository)");
        return;
    }
    let mut command = Command::new("cargo");
    command.args(["run", "--quiet", "--release", "--package", "xtask", "--", "corpus", CORPUS, "--check", "--only"]);
    if !command.arg(LARGE).current_dir(root).status().is_ok_and(|status| status.success()) {
        println!("  the large documents do not compile");
    }
}

fn check(root: &str, package: &str) -> bool {
    let mut command = Command::new("cargo");
    command.args(["check", "--quiet", "--package", package]).current_dir(root).env("CARGO_INCREMENTAL", "0");
    command.status().is_ok_and(|status| status.success())
}
