//! One document per rule, beside the overlay that is suggested for it.
//!
//! `tests/suggest/offset.yaml` is a document, `offset.overlay.yaml` the overlay; where nothing is suggested there is none.
//! Each overlay is applied: the document with it is generated in the strict profile, and its operations page.
//! `UPDATE_EXPECTED=1 cargo test` writes the overlays anew: read the diff.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use typewright_codegen::diagnostic::{Diagnostic, Profile};
use typewright_codegen::generate;
use typewright_codegen::output::Target;
use typewright_codegen::read::load_referenced;
use typewright_codegen::source::Sources;
use typewright_codegen::suggest::suggest;

fn target(profile: Profile) -> Target {
    Target { crate_name: "shelter".to_owned(), version: "0.1.0".to_owned(), profile, ..Target::default() }
}

fn read(path: &Path) -> Sources {
    let mut sources = Sources::default();
    sources.add(path.to_string_lossy(), fs::read(path).expect("a document"));
    load_referenced(&mut sources, &mut |name| fs::read(name).map_err(|error| error.to_string()));
    sources
}

/// What is told about a document, and the lines of `api.txt` that say what pages.
fn generated(sources: &Sources, profile: Profile) -> (Vec<String>, BTreeSet<String>) {
    let (files, faults) = generate(sources, &target(profile));
    let told = |fault: &Diagnostic| format!("{} {}", fault.code.id, fault.message);
    let api = files.map(|files| files.files["api.txt"].clone()).unwrap_or_default();
    let paged = api.lines().filter(|line| line.starts_with("paged ")).map(str::to_owned);
    (faults.iter().map(told).collect(), paged.collect())
}

/// Suggests, applies what is suggested, and suggests again.
fn check(sources: &Sources, profile: Profile, name: &str) -> String {
    let (offered, faults) = suggest(sources, &target(profile));
    let offered = offered.unwrap_or_else(|| panic!("{name}: {faults:#?}"));
    if offered.overlay.is_empty() {
        assert_eq!(offered.operations, 0, "{name}");
        return offered.overlay;
    }
    let (before, paged_before) = generated(sources, profile);
    let mut changed = sources.clone();
    changed.add_overlay("suggested.yaml", offered.overlay.as_bytes());
    let (after, paged) = generated(&changed, profile);
    assert_eq!(after, before, "{name}: the overlay brings no faults\n{}", offered.overlay);
    assert_eq!(
        paged.len(),
        paged_before.len() + offered.operations,
        "{name}: each operation pages\n{}",
        offered.overlay
    );
    let again = suggest(&changed, &target(profile)).0.expect("no faults");
    assert_eq!(again.overlay, "", "{name}: what is declared is not suggested again");
    offered.overlay
}

#[test]
fn each_rule_suggests_what_would_work() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suggest");
    let paths = fs::read_dir(&folder).expect("the folder of the cases").map(|entry| entry.expect("a case").path());
    let documents: Vec<PathBuf> = paths.filter(|path| !path.to_string_lossy().ends_with(".overlay.yaml")).collect();
    assert!(documents.len() >= 10, "{}", folder.display());
    for path in documents {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let overlay = check(&read(&path), Profile::Strict, &name);
        let beside = path.with_extension("overlay.yaml");
        if std::env::var_os("UPDATE_EXPECTED").is_some() && !overlay.is_empty() {
            fs::write(&beside, &overlay).expect("an overlay");
        }
        assert_eq!(overlay, fs::read_to_string(&beside).unwrap_or_default(), "{}", beside.display());
    }
}

#[test]
fn nothing_is_suggested_for_what_cannot_be_read() {
    let mut sources = Sources::default();
    sources.add("pets.yaml", "openapi: 9.9.9\n");
    let (offered, faults) = suggest(&sources, &target(Profile::Lenient));
    assert!(offered.is_none() && !faults.is_empty());
}

#[test]
fn what_is_suggested_for_real_documents_works() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    let folder = std::env::var_os("TYPEWRIGHT_CORPUS").map_or(beside, PathBuf::from).join("files");
    let wanted = ["intercom-2.16.yaml", "svix-server.json", "xero-files.yaml"];
    for name in wanted {
        let path = folder.join(name);
        if path.is_file() {
            assert_ne!(check(&read(&path), Profile::Lenient, name), "", "{name}");
        } else {
            eprintln!("{} is not here: nothing was checked", path.display());
        }
    }
}
