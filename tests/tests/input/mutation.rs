//! Documents that were broken on purpose never make the generator panic or leave its folder.
//!
//! Seeded mutations of the repository's own documents, of a document in JSON and of an overlay, and hostile texts in the
//! values of the small ones: a sample, and ten times as many where `TYPEWRIGHT_THOROUGH` is set, as `.ci/run` does.
//! `cargo fuzz` runs the same judgement on bytes of its own choice (see `fuzz/`).

use std::path::{Path, PathBuf};

use typewright_lab::mutate::text::{mutate, replace_value};
use typewright_lab::mutate::{Dice, HOSTILE};
use typewright_tests::fuzz;

/// How many mutations there are.
fn mutations() -> u64 {
    if typewright_tests::thorough() { 2_000 } else { 200 }
}

/// The providers' documents and those of the golden tests.
fn documents() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = files_in(&root.join("../specs"));
    paths.extend(files_in(&root.join("golden")).iter().map(|case| case.join("openapi.yaml")));
    paths.retain(|path| path.is_file() && path.extension().is_some_and(|extension| extension == "yaml"));
    paths.iter().map(|path| std::fs::read_to_string(path).expect("it is readable")).collect()
}

fn files_in(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    paths
}

#[test]
fn mutated_documents_never_panic() {
    let documents = documents();
    let mut generated = 0_u64;
    for seed in 0..mutations() {
        let mut dice = Dice::new(seed);
        let text = &documents[dice.below(documents.len())];
        generated += u64::from(typewright_tests::fuzz::judge(&mutate(text, &mut dice)).is_some());
    }
    // If nearly every mutation were refused by the reader, the later stages would not be tested at all.
    assert!(generated > mutations() / 10, "only {generated} of {} mutations were generated from", mutations());
}

#[test]
fn mutated_json_and_overlays_never_panic() {
    type Judge = fn(&[u8]) -> Option<typewright_codegen::output::FileSet>;
    let judges: [(&str, Judge); 2] = [(fuzz::BASE, fuzz::judge_json), (fuzz::OVERLAY, fuzz::judge_overlay)];
    for (text, judge) in judges {
        assert!(judge(text.as_bytes()).is_some(), "it is right to begin with: {text}");
        let outcomes = (0..mutations() / 4).map(|seed| judge(&mutate(text, &mut Dice::new(seed))));
        let generated = outcomes.flatten().count();
        assert!(generated as u64 > mutations() / 80, "only {generated} mutations were generated from: {text}");
    }
}

#[test]
fn hostile_texts_in_every_value_never_panic() {
    // In the sample every line takes one text, and the texts take turns.
    let step = if typewright_tests::thorough() { 1 } else { HOSTILE.len() };
    for document in documents().iter().filter(|document| document.len() < 4_000) {
        let lines: Vec<&str> = document.lines().collect();
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.contains(": ")) {
            for hostile in HOSTILE.iter().skip(at % step).step_by(step) {
                let line = replace_value(line, hostile);
                let text = [&lines[..at], &[line.as_str()], &lines[at + 1..]].concat().join("\n");
                typewright_tests::fuzz::judge(text.as_bytes());
            }
        }
    }
}
