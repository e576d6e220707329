//! `typewright lint --suggest`: one document per rule, beside the overlay that is suggested for it.
//!
//! `tests/suggest/offset.yaml` is a document, `offset.overlay.yaml` the overlay; where nothing is suggested there is none.
//! Each overlay is applied: the document with it is generated in the strict profile, and its operations page.
//! `UPDATE_EXPECTED=1 cargo test` writes the overlays anew: read the diff.

#![forbid(unsafe_code)]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use support::Place;
use typewright::Exit;
use typewright_codegen::builder::read_documents;
use typewright_codegen::diagnostic::{Diagnostic, Profile};
use typewright_codegen::output::Target;
use typewright_codegen::source::Sources;
use typewright_codegen::suggest::suggest;

fn target(profile: Profile) -> Target {
    Target { crate_name: "shelter".to_owned(), version: "0.1.0".to_owned(), profile, ..Target::default() }
}

fn sources(document: &Path) -> Sources {
    read_documents(document.parent().expect("a folder"), document, &[])
}

/// What is told about a document, and the lines of `api.txt` that say what pages.
fn generated(sources: &Sources, profile: Profile) -> (Vec<String>, BTreeSet<String>) {
    let (files, faults) = typewright_codegen::generate(sources, &target(profile));
    let told = |fault: &Diagnostic| format!("{} {}", fault.code.id, fault.message);
    let api = files.map(|files| files.files["api.txt"].clone()).unwrap_or_default();
    let paged = api.lines().filter(|line| line.starts_with("paged ")).map(str::to_owned);
    (faults.iter().map(told).collect(), paged.collect())
}

/// Suggests, applies what is suggested, and suggests again.
fn check(document: &Path, profile: Profile) -> String {
    let place = Place::new();
    let name = document.to_string_lossy();
    let strict = if profile == Profile::Strict { &["--strict"][..] } else { &[] };
    let said = place.run(&[&["lint", &*name, "--suggest"], strict].concat());
    assert_eq!(said.exit, Exit::Fine, "{}", said.err);
    if said.out.is_empty() {
        assert!(said.err.contains("nothing to suggest"), "{}", said.err);
        return said.out;
    }
    let sources = sources(document);
    let (before, paged_before) = generated(&sources, profile);
    let mut changed = sources.clone();
    changed.add_overlay("suggested.yaml", said.out.as_bytes());
    let (after, paged) = generated(&changed, profile);
    assert_eq!(after, before, "{name}: the overlay brings no faults\n{}", said.out);
    let operations = said.out.matches("\n- target: ").count();
    assert!(operations > 0, "{name}: {}", said.out);
    assert_eq!(paged.len(), paged_before.len() + operations, "{name}: each operation pages\n{}", said.out);
    let again = suggest(&changed, &target(profile)).0.expect("no faults");
    assert_eq!(again.groups, [], "{name}: what is declared is not suggested again");
    said.out
}

#[test]
fn each_rule_suggests_what_would_work() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("suggest");
    let paths = fs::read_dir(&folder).expect("the folder of the cases").map(|entry| entry.expect("a case").path());
    let documents: Vec<PathBuf> = paths.filter(|path| !path.to_string_lossy().ends_with(".overlay.yaml")).collect();
    assert!(documents.len() >= 10, "{}", folder.display());
    for path in documents {
        let overlay = check(&path, Profile::Strict);
        let beside = path.with_extension("overlay.yaml");
        if std::env::var_os("UPDATE_EXPECTED").is_some() && !overlay.is_empty() {
            fs::write(&beside, &overlay).expect("an overlay");
        }
        assert_eq!(overlay, fs::read_to_string(&beside).unwrap_or_default(), "{}", beside.display());
    }
}

#[test]
fn what_is_suggested_for_real_documents_works() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    let folder = std::env::var_os("TYPEWRIGHT_CORPUS").map_or(beside, PathBuf::from).join("files");
    let wanted = ["intercom-2.16.yaml", "svix-server.json", "xero-files.yaml"];
    for name in wanted {
        let path = folder.join(name);
        if path.is_file() {
            assert_ne!(check(&path, Profile::Lenient), "", "{name}");
        } else {
            eprintln!("{} is not here: nothing was checked", path.display());
        }
    }
}
