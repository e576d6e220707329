//! Small documents to expected files, byte for byte: one folder below `tests/golden` for each rule, named after it.
//!
//! The expected files are compiled, and what they do is tested, in `tests/golden-crate`. `UPDATE_GOLDEN=1 cargo test
//! -p typewright-tests --test golden` writes them anew.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use typewright_codegen::builder::read_documents;
use typewright_codegen::diagnostic::{Profile, Style, render_all};
use typewright_codegen::generate;
use typewright_codegen::output::Target;

fn golden() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("golden")
}

#[test]
fn every_document_gives_its_expected_files() {
    let mut cases: Vec<PathBuf> = fs::read_dir(golden()).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(!cases.is_empty());
    let stale: Vec<String> = cases.iter().flat_map(|case| differences(case)).collect();
    assert!(stale.is_empty(), "run UPDATE_GOLDEN=1 cargo test -p typewright-tests --test golden\n{}", stale.join("\n"));
}

#[test]
fn every_case_is_compiled() {
    let lib = fs::read_to_string(golden().join("../golden-crate/src/lib.rs")).unwrap();
    for entry in fs::read_dir(golden()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(lib.contains(&format!("include!(\"../../golden/{name}/expected/src/mod.rs\");")), "{name}");
    }
}

/// What differs between the expected files of a case and what its document gives; brings them up to date if asked to.
fn differences(case: &Path) -> Vec<String> {
    let made = generated(case);
    let folder = case.join("expected");
    let expected = read(&folder, "");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        write(&folder, &expected, &made);
        return Vec::new();
    }
    let names = made.keys().chain(expected.keys());
    let mut stale: Vec<String> = names
        .filter(|name| made.get(*name) != expected.get(*name))
        .map(|name| {
            format!("{}: {}", folder.join(name).display(), first_difference(expected.get(name), made.get(name)))
        })
        .collect();
    stale.dedup();
    stale
}

fn generated(case: &Path) -> BTreeMap<String, String> {
    let sources = read_documents(case, Path::new("openapi.yaml"), &[]);
    let target = Target {
        crate_name: case.file_name().unwrap().to_str().unwrap().replace('_', "-"),
        version: "0.1.0".to_owned(),
        profile: Profile::Lenient,
        ..Target::default()
    };
    let (files, diagnostics) = generate(&sources, &target);
    let Some(files) = files else {
        panic!("{}\n{}", case.display(), render_all(&sources, &diagnostics, Style::Plain));
    };
    files.files
}

fn read(folder: &Path, below: &str) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let entry = entry.unwrap();
        let name = format!("{below}{}", entry.file_name().into_string().unwrap());
        if entry.path().is_dir() {
            all.append(&mut read(&entry.path(), &format!("{name}/")));
        } else {
            all.insert(name, fs::read_to_string(entry.path()).unwrap());
        }
    }
    all
}

fn write(folder: &Path, old: &BTreeMap<String, String>, new: &BTreeMap<String, String>) {
    for name in old.keys().filter(|name| !new.contains_key(*name)) {
        fs::remove_file(folder.join(name)).unwrap();
    }
    for (name, text) in new {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

fn first_difference(expected: Option<&String>, made: Option<&String>) -> String {
    let (Some(expected), Some(made)) = (expected, made) else {
        return if made.is_some() { "is new".to_owned() } else { "is no longer made".to_owned() };
    };
    let lines = expected.lines().zip(made.lines()).enumerate();
    match lines.into_iter().find(|(_, (expected, made))| expected != made) {
        Some((line, (expected, made))) => format!("line {}\n  expected {expected}\n  made     {made}", line + 1),
        None => "one has more lines".to_owned(),
    }
}
