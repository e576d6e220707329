//! The staleness guard in the root's build script: when it warns, and what makes Cargo run it again.

#![forbid(unsafe_code)]

#[path = "../../build.rs"]
#[allow(dead_code)]
mod guard;
mod support;

use support::{PETS, Place};

#[test]
fn a_document_that_changed_is_warned_of_until_its_crate_is_written_again() {
    let place = Place::new();
    place.put("typewright.toml", "[defaults]\nlicense = 'MIT'\n[crate.pets]\ndocument = \"specs/pets.yaml\"\n");
    place.put("specs/pets.yaml", PETS);
    assert_eq!(guard::instructions(&place.path), ["cargo::rerun-if-changed=typewright.toml"]);

    place.repository(&[]).assert_fine();
    let calm = [
        "cargo::rerun-if-changed=typewright.toml",
        "cargo::rerun-if-changed=generated/pets/typewright.lock",
        "cargo::rerun-if-changed=specs/pets.yaml",
    ];
    assert_eq!(guard::instructions(&place.path), calm);

    place.put("specs/pets.yaml", &format!("{PETS}# more\n"));
    let warning = "cargo::warning=specs/pets.yaml changed since generated/pets was written: run cargo xtask generate";
    assert_eq!(guard::instructions(&place.path).last().map(String::as_str), Some(warning));

    place.repository(&[]).assert_fine();
    assert_eq!(guard::instructions(&place.path), calm);
}

#[test]
fn outside_of_a_repository_it_is_silent() {
    assert!(guard::instructions(&Place::new().path).is_empty());
}
