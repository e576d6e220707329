//! One document per fault that the readers and `normalise` find, beside the text that it prints.
//!
//! `tests/diagnostics/TW0106_yaml.yaml` is a document, `TW0106_yaml.expected` the whole text in the lenient profile; the
//! name begins with the code that must be in it. `UPDATE_EXPECTED=1 cargo test` writes the texts anew: read the diff.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use typewright_codegen::diagnostic::{Collector, Profile, Style, codes, render_all};
use typewright_codegen::normalise::normalise;
use typewright_codegen::read::read;
use typewright_codegen::source::{MAX_FILE_BYTES, Sources};

/// What a document set prints.
fn printed(sources: &Sources, profile: Profile) -> String {
    let mut collector = Collector::new(profile);
    let mut documents = read(sources, &mut collector);
    let _ = normalise(&mut documents, sources, &mut collector);
    render_all(sources, &collector.finish(), Style::Plain)
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics")
}

/// The documents, by name, with their content.
fn cases() -> Vec<(PathBuf, Vec<u8>)> {
    let entries = fs::read_dir(folder()).expect("the folder of the cases");
    let paths = entries.map(|entry| entry.expect("a case").path());
    let mut paths: Vec<PathBuf> = paths.filter(|path| path.extension().is_some_and(|it| it != "expected")).collect();
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), fs::read(path).expect("a document"))).collect()
}

fn sources(path: &Path, bytes: Vec<u8>) -> Sources {
    let mut sources = Sources::default();
    sources.add(path.file_name().unwrap_or_default().to_string_lossy(), bytes);
    sources
}

#[test]
fn every_fault_prints_as_expected() {
    let mut wrong = Vec::new();
    for (path, bytes) in cases() {
        let found = printed(&sources(&path, bytes), Profile::Lenient);
        let expected_path = path.with_extension("expected");
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            fs::write(&expected_path, &found).expect("a writable folder");
        }
        let expected = fs::read_to_string(&expected_path).unwrap_or_default();
        let code = path.file_name().unwrap_or_default().to_string_lossy()[..6].to_owned();
        if found != expected || !found.contains(&format!("[{code}]")) {
            wrong.push(format!("{}:\n{found}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_code_of_reading_and_normalising_has_a_case() {
    let names: BTreeSet<String> = cases()
        .iter()
        .map(|(path, _)| path.file_name().unwrap_or_default().to_string_lossy()[..6].to_owned())
        .collect();
    // The first three are files that no repository can hold; they have tests of their own below.
    let of_later_stages = ["TW0403", "TW0404", "TW0405", "TW0406", "TW0506", "TW0510"];
    let stages = ["TW01", "TW02", "TW03", "TW04", "TW05", "TW07"];
    let ours = codes::ALL.iter().filter(|code| code.id >= "TW0104" && stages.contains(&&code.id[..4]));
    let ours = ours.filter(|code| !of_later_stages.contains(&code.id));
    let missing: Vec<&str> = ours.map(|code| code.id).filter(|id| !names.contains(*id)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_fault_has_a_help_line() {
    for (path, bytes) in cases() {
        let sources = sources(&path, bytes);
        let mut collector = Collector::new(Profile::Lenient);
        let mut documents = read(&sources, &mut collector);
        let _ = normalise(&mut documents, &sources, &mut collector);
        for fault in collector.finish() {
            assert!(!fault.help.is_empty() && !fault.label.is_empty(), "{}: {fault:?}", path.display());
        }
    }
}

#[test]
fn recoverable_faults_are_errors_in_the_strict_profile() {
    for (path, bytes) in cases() {
        let text = printed(&sources(&path, bytes), Profile::Strict);
        for line in text.lines().filter(|line| line.starts_with("warning[")) {
            assert!(line.starts_with("warning[TW0205]"), "{}: {line}", path.display());
        }
        assert!(!text.contains("recovered:"), "{}", path.display());
    }
}

#[test]
fn files_that_cannot_be_read() {
    let mut unreadable = Sources::default();
    unreadable.add_unreadable("specs/pets.yaml", "No such file or directory");
    let expected = "\
error[TW0101]: cannot read `specs/pets.yaml`: No such file or directory
  = help: check the path and its permissions

";
    assert_eq!(printed(&unreadable, Profile::Lenient), expected);

    let mut latin = Sources::default();
    latin.add("pets.yaml", b"openapi: 3.0.3\ninfo: {title: Caf\xe9s, version: '1'}\n".to_vec());
    let expected = "\
error[TW0102]: `pets.yaml` is not UTF-8
 --> pets.yaml:2:18
  |
2 | info: {title: Caf\u{fffd}s, version: '1'}
  |                  ^ this byte belongs to no character
  |
  = help: save the file as UTF-8

";
    assert_eq!(printed(&latin, Profile::Lenient), expected);

    let mut large = Sources::default();
    large.add("pets.yaml", vec![b' '; MAX_FILE_BYTES + 1]);
    let text = printed(&large, Profile::Lenient);
    assert!(text.starts_with("error[TW0103]: `pets.yaml` has 48 MiB, and 48 MiB is the limit\n"), "{text}");
}

#[test]
fn a_file_with_a_fault_does_not_hide_those_of_the_others() {
    let mut sources = Sources::default();
    sources.add("a.json", "{");
    sources.add("b.yaml", "a: 1\na: 2\n");
    sources.add_unreadable("c.yaml", "only references name it");
    let text = printed(&sources, Profile::Lenient);
    assert!(text.contains("error[TW0105]") && text.contains("error[TW0106]") && !text.contains("TW0101"), "{text}");
}
