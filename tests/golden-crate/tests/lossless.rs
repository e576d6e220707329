//! Nothing is lost by the golden outputs: instances of their documents' schemas, changed in places, are read and written again.
//!
//! The instances are those of `cargo xtask corpus --behave`; so is what judges them. Every run has the same.

#![forbid(unsafe_code)]

#[path = "../../../lab/src/behave/judge.rs"]
mod judge;

use std::path::Path;

use typewright_lab::{behave, document};
use typewright_runtime::{Decode, DecodeError, Decoder, Encode, Encoder, Json};

/// Seeds, each of which makes five instances of each type.
fn seeds() -> u64 {
    if std::env::var_os("TYPEWRIGHT_THOROUGH").is_some() { 40 } else { 8 }
}

fn check(name: &str, types: &[(&str, judge::Reader)]) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../golden").join(name);
    let document = document::value(&folder.join("openapi.yaml")).expect("a document");
    let api = std::fs::read_to_string(folder.join("expected/api.txt")).expect("api.txt");
    let subjects = behave::subjects(&api);
    for seed in (1..=seeds()).map(|seed| seed * 1_000) {
        let cases = behave::cases(&document, &subjects, seed).lines;
        assert!(!cases.is_empty());
        let faults = judge::judge(types, &cases);
        assert!(faults.is_empty(), "{} of seed {seed}:\n{}", faults.len(), faults.join("\n"));
    }
}

/// A type that keeps everything, and takes every value for one that no variant fits.
#[derive(Debug)]
enum Careless {
    Unknown(Json),
}

impl Decode for Careless {
    fn decode(d: &mut Decoder<'_>) -> Result<Self, DecodeError> {
        d.json().map(Self::Unknown)
    }
}

impl Encode for Careless {
    fn encode(&self, e: &mut Encoder) {
        let Self::Unknown(value) = self;
        value.encode(e);
    }
}

#[test]
fn a_value_that_is_read_as_another_variant_is_a_fault() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../golden/union_by_tag");
    let document = document::value(&folder.join("openapi.yaml")).expect("a document");
    let api = std::fs::read_to_string(folder.join("expected/api.txt")).expect("api.txt");
    let subjects: Vec<_> = behave::subjects(&api).into_iter().filter(|subject| subject.ident == "Pet").collect();
    let cases = behave::cases(&document, &subjects, 1);
    assert_eq!((cases.told, cases.untold.len()), (6, 0), "two of each tag: {}", cases.lines);
    let faults = judge::judge(&[("Pet", judge::read::<Careless>)], &cases.lines);
    let wrong = faults.iter().filter(|fault| fault.contains("read as Unknown")).count();
    assert_eq!((wrong, faults.iter().any(|fault| fault.contains(": same"))), (6, false), "{}", faults.join("\n"));
}

macro_rules! lossless {
    ($($name:ident, $api:literal, $root:literal;)*) => {$(
        #[test]
        fn $name() {
            check(stringify!($name), typewright_api_program::types!($api, $root, "judge::read"));
        }
    )*};
}

lossless! {
    all_of, "../golden/all_of/expected/api.txt", "::typewright_golden::all_of::types::";
    defaults_of_members, "../golden/defaults_of_members/expected/api.txt", "::typewright_golden::defaults_of_members::types::";
    everything, "../golden/everything/expected/api.txt", "::typewright_golden::everything::types::";
    keywords_carried_or_told, "../golden/keywords_carried_or_told/expected/api.txt", "::typewright_golden::keywords_carried_or_told::types::";
    map_and_extra, "../golden/map_and_extra/expected/api.txt", "::typewright_golden::map_and_extra::types::";
    naming_obstacle_course, "../golden/naming_obstacle_course/expected/api.txt", "::typewright_golden::naming_obstacle_course::types::";
    nothing_lost, "../golden/nothing_lost/expected/api.txt", "::typewright_golden::nothing_lost::types::";
    nullable_ref_is_option, "../golden/nullable_ref_is_option/expected/api.txt", "::typewright_golden::nullable_ref_is_option::types::";
    open_enum, "../golden/open_enum/expected/api.txt", "::typewright_golden::open_enum::types::";
    read_write_split, "../golden/read_write_split/expected/api.txt", "::typewright_golden::read_write_split::types::";
    recursive, "../golden/recursive/expected/api.txt", "::typewright_golden::recursive::types::";
    tuples, "../golden/tuples/expected/api.txt", "::typewright_golden::tuples::types::";
    union_by_shape, "../golden/union_by_shape/expected/api.txt", "::typewright_golden::union_by_shape::types::";
    union_by_tag, "../golden/union_by_tag/expected/api.txt", "::typewright_golden::union_by_tag::types::";
    union_undecided, "../golden/union_undecided/expected/api.txt", "::typewright_golden::union_undecided::types::";
    union_with_a_default, "../golden/union_with_a_default/expected/api.txt", "::typewright_golden::union_with_a_default::types::";
    unions_by_members, "../golden/unions_by_members/expected/api.txt", "::typewright_golden::unions_by_members::types::";
    what_frameworks_write, "../golden/what_frameworks_write/expected/api.txt", "::typewright_golden::what_frameworks_write::types::";
}
