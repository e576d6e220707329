//! Nothing that a provider sends is lost: instances of every type of every client, made from the provider's document and
//! changed in places, are read and written again.
//!
//! The instances are those of `cargo xtask corpus --behave`; so is what judges them. Every run has the same.

#![forbid(unsafe_code)]

#[path = "../../lab/src/behave/judge.rs"]
mod judge;

use typewright_lab::behave;
use typewright_tests::document;

/// Instances of each type, five for each seed.
const SEEDS: [u64; 2] = [1, 1_001];

fn check(text: &str, api: &str, types: &[(&str, judge::Reader)]) {
    let (document, subjects) = (document::parse(text), behave::subjects(api));
    for seed in SEEDS {
        let cases = behave::cases(&document, &subjects, seed).lines;
        assert!(cases.lines().count() > subjects.len(), "hardly any cases: {}", cases.lines().count());
        let faults = judge::judge(types, &cases);
        assert!(faults.is_empty(), "{} of seed {seed}:\n{}", faults.len(), faults.join("\n"));
    }
}

macro_rules! lossless {
    ($($name:ident, $document:literal, $api:literal, $root:literal;)*) => {$(
        #[test]
        fn $name() {
            let types: &[(&str, judge::Reader)] = typewright_api_program::types!($api, $root, "judge::read");
            check(include_str!($document), include_str!(concat!("../", $api)), types);
        }
    )*};
}

lossless! {
    medusa_qikink, "../../specs/medusa-qikink.yaml", "../generated/medusa-qikink/api.txt", "::medusa_qikink::types::";
    perkamo, "../../specs/perkamo.yaml", "../generated/perkamo/api.txt", "::perkamo::types::";
    qikink, "../../specs/qikink.yaml", "../generated/qikink/api.txt", "::qikink::types::";
    qredex, "../../specs/qredex.yaml", "../generated/qredex/api.txt", "::qredex::types::";
    refport, "../../specs/refport.yaml", "../generated/refport/api.txt", "::refport::types::";
    spree_admin, "../../specs/spree-admin.yaml", "../generated/spree-admin/api.txt", "::spree_admin::types::";
}
