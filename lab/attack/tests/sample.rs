//! A small run of every kind of attack: what `cargo xtask attack` does at length.

use typewright_attack::{KINDS, Plan, table};

#[test]
fn a_small_attack_finds_nothing() {
    let plan = Plan { calls: 400, seed: 7 };
    let rows: Vec<_> = KINDS.iter().flat_map(|kind| (kind.run)(plan)).collect();
    assert!(rows.iter().all(|row| row.tried > 0), "a test tried nothing:\n{}", table(&rows));
    assert!(rows.iter().all(|row| row.violations.is_empty()), "{}", table(&rows));
}
