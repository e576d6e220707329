//! Tells the crate whether the golden outputs are there, and writes a program for the `api.txt` of each. They stand beside this
//! package, so `cargo package` builds it without them.

use std::fs;
use std::path::Path;

fn main() {
    println!("cargo::rustc-check-cfg=cfg(golden)");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../golden");
    if Path::new("../golden").is_dir() {
        println!("cargo::rustc-cfg=golden");
    }
    let entries = fs::read_dir("../golden").into_iter().flatten().flatten();
    let mut names: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    let text: String = names.iter().filter_map(|name| module(name)).collect();
    let out = std::env::var_os("OUT_DIR").expect("Cargo sets it");
    fs::write(Path::new(&out).join("api.rs"), text).expect("the folder is this script's");
}

fn module(name: &str) -> Option<String> {
    let lines = fs::read_to_string(format!("../golden/{name}/expected/api.txt")).ok()?;
    Some(typewright_api_program::module(name, &format!("::typewright_golden::{name}"), &lines))
}
