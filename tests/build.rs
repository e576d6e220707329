//! Writes a program for the `api.txt` of every crate below `generated`; `tests/api.rs` compiles them. Packaged, there is none.

use std::fs;
use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../generated");
    let entries = fs::read_dir("../generated").into_iter().flatten().flatten();
    let mut names: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    let text: String = names.iter().filter_map(|name| module(name)).collect();
    let out = std::env::var_os("OUT_DIR").expect("Cargo sets it");
    fs::write(Path::new(&out).join("api.rs"), text).expect("the folder is this script's");
}

fn module(name: &str) -> Option<String> {
    let lines = fs::read_to_string(format!("../generated/{name}/api.txt")).ok()?;
    let name = name.replace('-', "_");
    Some(typewright_api_program::module(&name, &format!("::{name}"), &lines))
}
