//! `cargo xtask corpus --mutate`: broken copies of the folder's documents. None may make the generator panic or hang, and
//! what is generated from them compiles as well.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::documents::Entry;
use super::row::{Outcome, Row};
use super::{Corpus, Scratch};
use crate::document::value as document;
use crate::mutate::Dice;
use crate::mutate::value::mutate;

/// Documents above this many bytes cost seconds each time and have the constructs of the smaller ones.
const LARGEST: u64 = 3_000_000;
/// One in so many of the crates is checked by Cargo.
const SAMPLE: usize = 50;

/// Tries `count` mutations, and hands the row of each on. The documents of faults are kept in `target/corpus/faults`.
pub(super) fn run(
    scratch: &Scratch,
    program: &Path,
    entries: &[&Entry],
    count: usize,
    corpus: &Corpus,
    tell: &mut dyn FnMut(Row),
) {
    let small = |entry: &&&Entry| fs::metadata(&entry.path).is_ok_and(|file| file.len() <= LARGEST);
    let documents: Vec<(&str, Value)> =
        entries.iter().filter(small).filter_map(|entry| Some((entry.id.as_str(), document(&entry.path)?))).collect();
    let (mutants, faults) = (scratch.folder.join("mutants"), scratch.folder.join("faults"));
    let _ = (fs::create_dir_all(&mutants), fs::create_dir_all(&faults));
    let mut generated = 0;
    for seed in (corpus.seed..).take(count) {
        let mut dice = Dice::new(seed);
        let Some((id, value)) = documents.get(dice.below(documents.len())) else { return };
        let id = format!("{id}-{seed}");
        let path = mutants.join(format!("{id}.json"));
        let mut row = match fs::write(&path, mutate(value, &mut dice).to_string()) {
            Ok(()) => scratch.generate(program, &id, &path),
            Err(error) => Row::fault(&id, error.to_string()),
        };
        if row.outcome == Outcome::Generated {
            generated += 1;
            if corpus.check && generated % SAMPLE == 1 {
                scratch.check(&mut row);
            }
        }
        if matches!(row.outcome, Outcome::Fault(_)) {
            let _ = fs::copy(&path, faults.join(format!("{id}.json")));
        }
        let _ = fs::remove_file(&path);
        scratch.forget(&id);
        tell(row);
    }
}
