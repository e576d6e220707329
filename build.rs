//! Staleness guard: warns when a document changed after its crate was generated.
//!
//! Reads `typewright.toml`, the documents and the locks of the generated crates, and nothing else; never writes, never
//! fails a build, and does nothing in a published package, where there is no `typewright.toml`. It only reminds:
//! `cargo xtask generate --check` is what decides.

use std::fs;
use std::path::Path;

#[path = "src/hash.rs"]
mod hash;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/hash.rs");
    for line in instructions(Path::new("")) {
        println!("{line}");
    }
}

/// What Cargo is told about the repository in `root`.
pub(crate) fn instructions(root: &Path) -> Vec<String> {
    let Ok(config) = fs::read_to_string(root.join("typewright.toml")) else { return Vec::new() };
    let mut instructions = vec!["cargo::rerun-if-changed=typewright.toml".to_owned()];
    for (document, out) in crates(&config) {
        guard(root, &document, &out, &mut instructions);
    }
    instructions
}

/// Document and folder of every crate. A few lines of TOML in one known form do not deserve a parser in a build script.
fn crates(config: &str) -> Vec<(String, String)> {
    let mut crates: Vec<(String, String)> = Vec::new();
    let mut inside = false;
    for line in config.lines().map(str::trim) {
        if let Some(header) = line.strip_prefix('[') {
            let name = header.strip_prefix("crate.").and_then(|rest| rest.strip_suffix(']'));
            inside = name.is_some_and(|name| !name.contains('.'));
            crates.extend(name.filter(|_| inside).map(|name| (String::new(), format!("generated/{name}"))));
        } else if let (true, Some((key, value)), Some(last)) = (inside, line.split_once('='), crates.last_mut()) {
            let value = value.trim().trim_matches(['"', '\'']).to_owned();
            match key.trim() {
                "document" => last.0 = value,
                "out" => last.1 = value,
                _ => {}
            }
        }
    }
    crates
}

fn guard(root: &Path, document: &str, out: &str, instructions: &mut Vec<String>) {
    let path = format!("{out}/typewright.lock");
    let Ok(lock) = fs::read_to_string(root.join(&path)) else { return };
    instructions.push(format!("cargo::rerun-if-changed={path}"));
    let folder = Path::new(document).parent().unwrap_or(Path::new(""));
    let mut hasher = hash::Hasher::new();
    for name in lines(&lock, "document") {
        let path = folder.join(name);
        instructions.push(format!("cargo::rerun-if-changed={}", path.display()));
        // A file that is gone changes the hash like any other change.
        hasher.file(name, &fs::read(root.join(path)).unwrap_or_default());
    }
    if lines(&lock, "documents").next() != Some(hasher.finish().as_str()) {
        let warning = format!("{document} changed since {out} was written: run cargo xtask generate");
        instructions.push(format!("cargo::warning={warning}"));
    }
}

fn lines<'a>(lock: &'a str, key: &'a str) -> impl Iterator<Item = &'a str> {
    lock.lines().filter_map(move |line| line.strip_prefix(key)?.strip_prefix(' '))
}
